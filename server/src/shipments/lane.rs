//! A lane and what its parcels took. Pure: trips come in, days go out.
//!
//! Where the range comes from: the days of the last trips, sorted, are `x(1) … x(n)`. The next parcel, if it is like them,
//! lies between `x(j)` and `x(k)` with probability `(k − j) / (n + 1)`, whatever the days are distributed like (order
//! statistics as distribution-free limits: S. S. Wilks, "Determination of sample sizes for setting tolerance limits",
//! Annals of Mathematical Statistics 12, 1941). With `j = ⌊(n + 1)/10⌋` and `k = ⌈9(n + 1)/10⌉` that is at least 8 in 10;
//! below nine trips there is no such `j`, and the freight row's days stand.
//!
//! Only arrived parcels are trips, so a lane that has come to a halt looks as it did until its parcels arrive. The range
//! is not narrowed while a parcel is under way: how long each leg takes is not known by lane.

use crate::shipments::model::{EtaBasis, ParcelRow};
use sampan_engine::parcel::ParcelState;
use serde::Serialize;

const DAY: i64 = 86_400_000_000;
/// The fewest trips that make a range: of fewer, none lies below the lowest tenth.
pub const MIN_TRIPS: usize = 9;
/// The newest trips that a range rests on, so that it follows a lane that changes.
pub const RANGE_TRIPS: i64 = 100;
/// Of a hundred parcels at least so many come within a range.
pub const SHARE_PERCENT: i64 = 80;
/// The newest trips of a lane that are kept.
pub const KEPT_TRIPS: i64 = 500;
/// Older trips say nothing of today.
pub const KEPT_DAYS: i64 = 365;
/// A delivery later than this after the hand-over is another parcel's: carriers use their numbers again.
const LONGEST_DAYS: i64 = 180;

/// A way that parcels go, as alike as can be told before they leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Customs territory it leaves from, such as `EU`; the country where no rule names a territory.
    pub origin: String,
    /// Customs territory it goes to, likewise.
    pub destination: String,
    /// In small letters, so that "CTT" and "ctt" are one.
    pub carrier: String,
    /// What was paid for: `post`, `express`, `consolidated`; empty when the order does not say. An express parcel must
    /// not be promised the post's days.
    pub service: String,
}

/// One parcel's way from the hand-over to the door; all in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trip {
    pub promised_from: i64,
    pub promised_to: i64,
    pub shipped_at: i64,
    pub delivered_at: i64,
}

/// When a parcel should arrive, and what that rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Whole days after the hand-over.
    pub days_from: i64,
    pub days_to: i64,
    pub basis: Basis,
}

/// What a parcel's range rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The lane's own trips, so many.
    Lane { trips: i64 },
    /// The freight row's days; the lane had so many trips, too few.
    Carrier { trips: i64 },
}

impl Lane {
    pub fn new(origin: &str, destination: &str, carrier: &str, service: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            destination: destination.to_owned(),
            carrier: carrier.trim().to_lowercase(),
            service: service.to_owned(),
        }
    }
}

impl Trip {
    /// The parcel's trip if it has arrived: at its earliest delivery, whatever order the events came in. None for parcels
    /// without a lane, and while no delivery is plausible.
    pub fn of(parcel: &ParcelRow, events: &[(i64, ParcelState)]) -> Option<Self> {
        let shipped_at = parcel.shipped_at?;
        let latest = shipped_at.saturating_add(LONGEST_DAYS * DAY);
        let delivered_at = events
            .iter()
            .filter(|(at, state)| {
                *state == ParcelState::Delivered && (shipped_at..=latest).contains(at)
            })
            .map(|(at, _)| *at)
            .min()?;
        Some(Self {
            promised_from: parcel.eta_from,
            promised_to: parcel.eta_to,
            shipped_at,
            delivered_at,
        })
    }

    fn took(&self) -> i64 {
        self.delivered_at - self.shipped_at
    }

    /// By the calendar day in UTC, as a promise is told in days; early is on time.
    fn is_on_time(&self) -> bool {
        self.delivered_at.div_euclid(DAY) <= self.promised_to.div_euclid(DAY)
    }
}

impl Expected {
    /// From the lane's newest trips when there are enough, else from the freight row. The range is widened to whole days.
    pub fn of(trips: &[Trip], freight_days: (i64, i64)) -> Self {
        let took = sorted(trips.iter().map(Trip::took));
        let next = took.len() + 1;
        let (low, high) = (next / 10, (9 * next).div_ceil(10));
        let count = took.len() as i64;
        if took.len() < MIN_TRIPS {
            return Self {
                days_from: freight_days.0,
                days_to: freight_days.1,
                basis: Basis::Carrier { trips: count },
            };
        }
        Self {
            days_from: took[low - 1].div_euclid(DAY),
            days_to: (took[high - 1] + DAY - 1).div_euclid(DAY),
            basis: Basis::Lane { trips: count },
        }
    }

    /// As it is stored with the parcel.
    pub fn told(&self) -> EtaBasis {
        match self.basis {
            Basis::Lane { trips } => EtaBasis {
                trips: Some(trips),
                share_percent: Some(SHARE_PERCENT),
            },
            Basis::Carrier { trips } => EtaBasis {
                trips: Some(trips),
                share_percent: None,
            },
        }
    }
}

/// What was promised on a lane and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct LaneFigures {
    /// Parcels that arrived in the last 365 days, the newest 500 at most.
    pub trips: usize,
    pub promised_days: PromisedDays,
    pub actual_days: ActualDays,
    /// Of a hundred parcels so many came on the last promised day or before.
    pub on_time_percent: i64,
    /// A new parcel's range rests on these trips; false: there are too few.
    pub is_enough: bool,
}

/// The middle promise in days after the hand-over, to a tenth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PromisedDays {
    pub from: f64,
    pub to: f64,
}

/// Days from the hand-over to the door, to a tenth: so many took at most so long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ActualDays {
    pub p10: f64,
    pub median: f64,
    pub p90: f64,
}

impl LaneFigures {
    /// None without trips.
    pub fn of(trips: &[Trip]) -> Option<Self> {
        let took = sorted(trips.iter().map(Trip::took));
        let from = sorted(
            trips
                .iter()
                .map(|trip| trip.promised_from - trip.shipped_at),
        );
        let to = sorted(trips.iter().map(|trip| trip.promised_to - trip.shipped_at));
        let on_time = trips.iter().filter(|trip| trip.is_on_time()).count();
        Some(Self {
            trips: trips.len(),
            promised_days: PromisedDays {
                from: days(quantile(&from, 50)?),
                to: days(quantile(&to, 50)?),
            },
            actual_days: ActualDays {
                p10: days(quantile(&took, 10)?),
                median: days(quantile(&took, 50)?),
                p90: days(quantile(&took, 90)?),
            },
            on_time_percent: (100 * on_time / trips.len()) as i64,
            is_enough: trips.len() >= MIN_TRIPS,
        })
    }
}

fn sorted(values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut values: Vec<i64> = values.collect();
    values.sort_unstable();
    values
}

/// The nearest rank: the smallest value that so many of a hundred do not exceed. Always a value that was there.
fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (percent * sorted.len()).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Microseconds as days, to a tenth.
fn days(micros: i64) -> f64 {
    (micros + DAY / 20).div_euclid(DAY / 10) as f64 / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A trip that took so many tenths of a day, promised 3 to 5 days, shipped at noon.
    fn trip(tenths: i64) -> Trip {
        let shipped_at = 20_000 * DAY + DAY / 2;
        Trip {
            promised_from: shipped_at + 3 * DAY,
            promised_to: shipped_at + 5 * DAY,
            shipped_at,
            delivered_at: shipped_at + tenths * DAY / 10,
        }
    }

    fn trips(tenths: impl IntoIterator<Item = i64>) -> Vec<Trip> {
        tenths.into_iter().map(trip).collect()
    }

    #[test]
    fn a_range_rests_on_nine_trips_and_leaves_a_tenth_on_either_side() {
        let freight = (3, 6);
        let table = [
            (trips([]), (3, 6), Basis::Carrier { trips: 0 }),
            (trips([50; 8]), (3, 6), Basis::Carrier { trips: 8 }),
            // Nine: the lowest and the highest of them.
            (
                trips([90, 20, 30, 40, 50, 60, 70, 80, 11]),
                (1, 9),
                Basis::Lane { trips: 9 },
            ),
            // Nineteen: the second and the eighteenth; one stray parcel on either side moves nothing.
            (
                trips((0..17).map(|at| 40 + at).chain([1, 900])),
                (4, 6),
                Basis::Lane { trips: 19 },
            ),
            // A whole day stays one.
            (trips([20; 9]), (2, 2), Basis::Lane { trips: 9 }),
        ];
        for (trips, (days_from, days_to), basis) in table {
            let due = Expected {
                days_from,
                days_to,
                basis,
            };
            assert_eq!(Expected::of(&trips, freight), due, "{} trips", trips.len());
        }
    }

    #[test]
    fn a_lanes_figures_are_those_of_known_numbers() {
        let figures = LaneFigures::of(&trips((1..=10).map(|day| day * 10))).expect("trips");
        assert_eq!(figures.promised_days, PromisedDays { from: 3.0, to: 5.0 });
        let due = ActualDays {
            p10: 1.0,
            median: 5.0,
            p90: 9.0,
        };
        assert_eq!(figures.actual_days, due);
        assert_eq!((figures.on_time_percent, figures.is_enough), (50, true));
        assert_eq!(LaneFigures::of(&[]), None);
        let one = LaneFigures::of(&trips([54])).expect("a trip");
        // Noon and 5.4 days end on the last promised day, though later than its noon.
        assert_eq!((one.on_time_percent, one.actual_days.p90), (100, 5.4));
        let late = LaneFigures::of(&trips([56])).expect("a trip");
        assert_eq!((late.on_time_percent, late.is_enough), (0, false));
    }

    #[test]
    fn the_same_lane_is_written_in_one_way() {
        let written = Lane::new("EU", "US", " CTT Expresso ", "post");
        assert_eq!(written, Lane::new("EU", "US", "ctt expresso", "post"));
        assert_ne!(written, Lane::new("EU", "US", "ctt expresso", "express"));
    }

    proptest! {
        #[test]
        fn at_least_eight_of_ten_of_its_own_trips_lie_in_a_range(
            tenths in proptest::collection::vec(0_i64..600, MIN_TRIPS..120)
        ) {
            let trips = trips(tenths);
            let range = Expected::of(&trips, (1, 1));
            let within = trips.iter().filter(|trip| {
                (range.days_from * DAY..=range.days_to * DAY).contains(&trip.took())
            });
            prop_assert!(range.days_from <= range.days_to);
            prop_assert!(within.count() * 100 >= trips.len() * SHARE_PERCENT as usize);
        }
    }
}
