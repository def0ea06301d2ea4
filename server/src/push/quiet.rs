//! The hours in which a phone does not ring, in the time of the place it is in.

use jiff::{
    Timestamp as Instant,
    civil::{Time, time},
    tz::TimeZone,
};
use sampan_engine::time::Timestamp;
use serde::{Deserialize, Serialize};

/// From when to when, as a clock on the wall shows it; from the evening into the morning, or within a day. Both alike: never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Minutes after midnight.
    #[schema(maximum = 1439)]
    pub from: u16,
    /// Minutes after midnight.
    #[schema(maximum = 1439)]
    pub to: u16,
}

const MINUTES_A_DAY: u16 = 24 * 60;

impl QuietHours {
    /// Ten in the evening to eight in the morning, unless the shopper says otherwise.
    pub const USUAL: QuietHours = QuietHours {
        from: 22 * 60,
        to: 8 * 60,
    };

    pub const fn is_clock(self) -> bool {
        self.from < MINUTES_A_DAY && self.to < MINUTES_A_DAY
    }

    /// When it may ring again; None while it may ring now, and in a zone that nobody knows.
    pub fn until(self, zone: Option<&str>, now: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::get(zone?).ok()?;
        let here = Instant::from_microsecond(now.micros())
            .ok()?
            .to_zoned_datetime(zone.clone());
        let minute = u16::try_from(i32::from(here.hour()) * 60 + i32::from(here.minute())).ok()?;
        let is_quiet = if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        };
        if !is_quiet {
            return None;
        }
        let is_today = minute < self.to;
        let day = if is_today {
            here.date()
        } else {
            here.date().tomorrow().ok()?
        };
        let end = zone.to_timestamp(day.to_datetime(self.end())).ok()?;
        Some(Timestamp::from_micros(end.as_microsecond()))
    }

    fn end(self) -> Time {
        let part = |number: u16| i8::try_from(number).unwrap_or(0);
        time(part(self.to / 60 % 24), part(self.to % 60), 0, 0)
    }
}

/// Is it a zone of the IANA's database, such as Asia/Tokyo?
pub fn is_zone(name: &str) -> bool {
    name.len() <= 64 && TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a time")
    }

    #[test]
    fn a_night_lasts_until_eight_where_the_phone_is() {
        let until = |zone, text: &str| {
            QuietHours::USUAL
                .until(Some(zone), at(text))
                .map(Timestamp::rfc3339)
        };
        let madrid = "Europe/Madrid";
        assert_eq!(until(madrid, "2026-11-26T20:59:59Z"), None);
        assert_eq!(
            until(madrid, "2026-11-26T21:00:00Z").as_deref(),
            Some("2026-11-27T07:00:00Z")
        );
        assert_eq!(
            until(madrid, "2026-11-27T06:59:59Z").as_deref(),
            Some("2026-11-27T07:00:00Z")
        );
        assert_eq!(until(madrid, "2026-11-27T07:00:00Z"), None);
        assert_eq!(
            until("Asia/Tokyo", "2026-11-26T14:00:00Z").as_deref(),
            Some("2026-11-26T23:00:00Z")
        );
        // The clocks go back in this night, which is an hour longer.
        assert_eq!(
            until(madrid, "2026-10-24T21:00:00Z").as_deref(),
            Some("2026-10-25T07:00:00Z")
        );
        assert_eq!(
            until(madrid, "2026-10-24T20:30:00Z").as_deref(),
            Some("2026-10-25T07:00:00Z")
        );
    }

    #[test]
    fn a_rest_at_noon_lies_within_a_day_and_none_is_none() {
        let rest = QuietHours {
            from: 13 * 60,
            to: 14 * 60 + 30,
        };
        let until = |text| {
            rest.until(Some("Africa/Accra"), at(text))
                .map(Timestamp::rfc3339)
        };
        assert_eq!(until("2026-11-26T12:59:00Z"), None);
        assert_eq!(
            until("2026-11-26T13:00:00Z").as_deref(),
            Some("2026-11-26T14:30:00Z")
        );
        let never = QuietHours { from: 480, to: 480 };
        assert_eq!(
            never.until(Some("Africa/Accra"), at("2026-11-26T08:00:00Z")),
            None
        );
        assert_eq!(
            QuietHours::USUAL.until(None, at("2026-11-26T23:00:00Z")),
            None
        );
        assert_eq!(
            QuietHours::USUAL.until(Some("Mars/Olympus"), at("2026-11-26T23:00:00Z")),
            None
        );
        assert!(is_zone("America/Argentina/Buenos_Aires") && !is_zone("../etc/passwd"));
    }
}
