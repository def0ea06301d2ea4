//! What a push service's answer means for the message, its subscription and the service itself.

use crate::platform::outward::retry_after_seconds;
use sampan_engine::time::Timestamp;

const DEFAULT_PAUSE_SECONDS: i64 = 60;
const MAX_PAUSE_SECONDS: i64 = 24 * 3_600;
/// Our key is refused: somebody must look, and until then every message there would be refused as well.
const KEY_PAUSE_SECONDS: i64 = 900;

/// What became of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Delivered,
    /// The subscription is no more.
    Gone,
    /// The message is at fault and is dropped; the subscription stays.
    Refused,
    TooBig,
    /// The service asks for a pause.
    Busy {
        seconds: i64,
    },
    /// Our signature was not accepted there.
    KeyRefused {
        seconds: i64,
    },
    /// No answer, or the service's own fault: try again later.
    Failed,
}

/// Reads an answer.
pub fn judge(status: u16, retry_after: Option<&str>, now: Timestamp) -> Verdict {
    let pause = || {
        retry_after
            .and_then(|text| retry_after_seconds(text, now))
            .unwrap_or(DEFAULT_PAUSE_SECONDS)
            .clamp(1, MAX_PAUSE_SECONDS)
    };
    match status {
        200..=299 => Verdict::Delivered,
        401 | 403 => Verdict::KeyRefused {
            seconds: KEY_PAUSE_SECONDS,
        },
        404 | 410 => Verdict::Gone,
        406 | 429 => Verdict::Busy { seconds: pause() },
        413 => Verdict::TooBig,
        503 if retry_after.is_some() => Verdict::Busy { seconds: pause() },
        500..=599 => Verdict::Failed,
        // A redirection is never followed: the address was checked, its target was not.
        _ => Verdict::Refused,
    }
}

/// The pause before try `attempts + 1`: doubling from half a minute to an hour, less a random part up to a quarter so
/// that many messages do not come back at once.
pub fn pause_seconds(attempts: i64, chance: u8) -> i64 {
    let full = 30_i64 << attempts.clamp(0, 7);
    let full = full.min(3_600);
    full - full * i64::from(chance) / 1_024
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_464_000);

    #[test]
    fn each_answer_has_one_meaning() {
        for (status, retry_after, expected) in [
            (201, None, Verdict::Delivered),
            (204, None, Verdict::Delivered),
            (301, None, Verdict::Refused),
            (307, None, Verdict::Refused),
            (400, None, Verdict::Refused),
            (401, None, Verdict::KeyRefused { seconds: 900 }),
            (403, None, Verdict::KeyRefused { seconds: 900 }),
            (404, None, Verdict::Gone),
            (406, None, Verdict::Busy { seconds: 60 }),
            (410, None, Verdict::Gone),
            (413, None, Verdict::TooBig),
            (429, Some("30"), Verdict::Busy { seconds: 30 }),
            (
                429,
                Some("Mon, 23 Nov 2026 20:02:00 GMT"),
                Verdict::Busy { seconds: 120 },
            ),
            (429, Some("soon"), Verdict::Busy { seconds: 60 }),
            (429, Some("-5"), Verdict::Busy { seconds: 1 }),
            (429, Some("999999999"), Verdict::Busy { seconds: 86_400 }),
            (500, None, Verdict::Failed),
            (503, None, Verdict::Failed),
            (503, Some("7"), Verdict::Busy { seconds: 7 }),
        ] {
            assert_eq!(
                judge(status, retry_after, NOW),
                expected,
                "{status} {retry_after:?}"
            );
        }
    }

    #[test]
    fn pauses_grow_and_differ_but_stay_within_an_hour() {
        assert_eq!(pause_seconds(0, 0), 30);
        assert_eq!(pause_seconds(3, 0), 240);
        assert_eq!(pause_seconds(30, 0), 3_600);
        assert!(pause_seconds(3, 255) < 240 && pause_seconds(3, 255) > 150);
    }
}
