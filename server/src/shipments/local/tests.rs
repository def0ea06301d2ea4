use super::*;
use crate::shipments::model::EtaBasis;
use std::collections::HashSet;
use uuid::Uuid;

const HANDED_OVER: i64 = 1_795_449_600_000_000;

fn parcel(number: &str, crosses_border: bool, state: ParcelState) -> ParcelRow {
    ParcelRow {
        scope_id: Uuid::nil(),
        id: Uuid::nil(),
        order_id: Uuid::nil(),
        batch_id: Uuid::nil(),
        carrier: LOCAL_CARRIER.to_owned(),
        number: number.to_owned(),
        state,
        origin: "JP".to_owned(),
        destination: "ES".to_owned(),
        crosses_border,
        eta_from: 0,
        eta_to: 0,
        eta_basis: EtaBasis {
            trips: None,
            share_percent: None,
        },
        lane: None,
        shipped_at: Some(HANDED_OVER),
        shop: String::new(),
        last_event_at: HANDED_OVER,
        events: 1,
    }
}

fn numbers() -> impl Iterator<Item = String> {
    (0..400).map(|serial| format!("CS{serial:08}JP"))
}

#[test]
fn every_way_is_in_order_and_as_long_as_the_lane_says_or_a_day_or_two_more() {
    for number in numbers() {
        for crosses_border in [true, false] {
            let parcel = parcel(&number, crosses_border, ParcelState::InfoReceived);
            let way = way(&parcel, HANDED_OVER, (5, 9));
            for pair in way.windows(2) {
                assert!(pair[0].1 < pair[1].1, "{number} {pair:?}");
                assert!(pair[0].0.state.rank() <= pair[1].0.state.rank(), "{pair:?}");
            }
            let names: HashSet<_> = way.iter().map(|(leg, _)| leg.key).collect();
            assert_eq!(names.len(), way.len(), "a scan has a name of its own");
            let (last, seconds) = way.last().expect("an end");
            assert_eq!(last.state, ParcelState::Delivered);
            let days = *seconds as f64 / DAY_SECONDS as f64;
            assert!((4.5..=12.0).contains(&days), "{number} {days}");
            let is_customs = |leg: &Leg| leg.key.starts_with("customs");
            assert_eq!(way.iter().any(|(leg, _)| is_customs(leg)), crosses_border);
        }
    }
}

#[test]
fn about_one_of_eight_is_held_and_at_about_one_of_eight_doors_nobody_opens() {
    let fates: Vec<Fate> = numbers().map(|number| Fate::of(&number)).collect();
    let held = fates.iter().filter(|fate| fate.is_held).count();
    let missed = fates.iter().filter(|fate| fate.is_missed).count();
    assert!((30..=70).contains(&held), "{held} of 400");
    assert!((30..=70).contains(&missed), "{missed} of 400");
}

#[test]
fn vans_leave_by_day() {
    for number in numbers() {
        let parcel = parcel(&number, true, ParcelState::InfoReceived);
        let way = way(&parcel, HANDED_OVER, (5, 9));
        let van = way.iter().find(|(leg, _)| *leg == ON_THE_VAN);
        let at = HANDED_OVER / 1_000_000 + van.expect("a van").1;
        let hour = at.rem_euclid(DAY_SECONDS) / HOUR_SECONDS;
        assert!((8..18).contains(&hour), "{number} at {hour}");
    }
}

#[test]
fn the_clock_says_each_scan_once_and_then_waits_for_the_next() {
    let mut parcel = parcel("CS00000007JP", true, ParcelState::InfoReceived);
    let whole = way(&parcel, HANDED_OVER, (5, 9)).len();
    let (mut now, mut told) = (HANDED_OVER, HashSet::new());
    loop {
        let (reports, wait) = by_the_clock(&parcel, HANDED_OVER, (5, 9), now);
        for report in reports {
            assert!(report.at <= now);
            parcel.state = report.state;
            told.insert(report.event_id);
        }
        let Some(seconds) = wait else { break };
        assert!(seconds > 0);
        now += seconds * 1_000_000;
    }
    assert_eq!((told.len(), parcel.state), (whole, ParcelState::Delivered));
}

#[test]
fn a_tap_leads_to_the_next_state_with_the_scans_between_and_never_back() {
    let transit = parcel("CS00000007JP", true, ParcelState::InTransit);
    let said: Vec<String> = reports_to_next(&transit, 1)
        .into_iter()
        .map(|report| report.event_id)
        .collect();
    let keys: Vec<&str> = said.iter().filter_map(|id| id.split(':').nth(1)).collect();
    assert_eq!(keys, ["sorted", "left", "arrived", "customs"]);
    let done = parcel("CS00000007JP", true, ParcelState::Delivered);
    assert!(reports_to_next(&done, 1).is_empty() && next_state(&done).is_none());
    let held = parcel("CS00000007JP", true, ParcelState::CustomsHeld);
    assert_eq!(next_state(&held), Some(ParcelState::CustomsCleared));
}

#[test]
fn reports_of_one_moment_follow_each_other() {
    let parcel = parcel("CS00000007JP", true, ParcelState::InTransit);
    let now = HANDED_OVER + 4_000;
    let mut reports = reports_to_next(&parcel, now);
    spread(&parcel, &mut reports, now);
    let times: Vec<i64> = reports
        .iter()
        .map(|report| report.at - HANDED_OVER)
        .collect();
    assert_eq!(times, [1_000, 2_000, 3_000, 4_000]);
}
