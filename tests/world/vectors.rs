//! The oracle's own reckoning of a line agrees with the golden cases, as the engine's must.

use super::merge::{LastEff, Line, Place, Verdict};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Default)]
struct Replay {
    lines: BTreeMap<String, Line>,
    last: LastEff,
    known: BTreeSet<(Uuid, i64)>,
}

impl Replay {
    /// The verdicts on the ops of one exchange that were new.
    fn exchange(&mut self, exchange: &Value) -> Vec<(i64, Verdict)> {
        let device: Uuid = exchange["device"]
            .as_str()
            .expect("a device")
            .parse()
            .expect("an id");
        let mut verdicts = Vec::new();
        for op in exchange["ops"].as_array().expect("ops") {
            let number = |name: &str| op[name].as_i64().expect("a number");
            if !self.known.insert((device, number("seq"))) {
                continue;
            }
            let place = Place {
                device,
                seq: number("seq"),
                rev: exchange["rev"].as_i64().expect("a revision"),
                base: number("base"),
                base_at: number("base_at"),
                waited: exchange["sent_at"].as_i64().expect("a time") - number("at"),
                received_at: exchange["received_at"].as_i64().expect("a time"),
                wound_back: false,
            };
            let line = self
                .lines
                .entry(op["line"].as_str().expect("a line").to_owned())
                .or_default();
            let verdict = match op["kind"].as_str() {
                Some("add") => line.add(&place, number("delta")),
                Some("set") => line.set(&place, number("quantity"), &mut self.last),
                _ => line.set(&place, 0, &mut self.last),
            };
            verdicts.push((place.seq, verdict));
        }
        verdicts
    }
}

#[test]
fn the_oracle_agrees_with_every_case_of_the_vectors() {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../vectors/cart-merge.json")).expect("readable vectors");
    assert!(cases.len() >= 90, "the vectors are all there");
    for case in &cases {
        let mut replay = Replay::default();
        for exchange in case["exchanges"].as_array().expect("exchanges") {
            let name = format!("{} at revision {}", case["name"], exchange["rev"]);
            let told = exchange["outcomes"]
                .as_array()
                .expect("outcomes")
                .iter()
                .map(|told| {
                    let seq = told["seq"].as_i64().expect("a seq");
                    (seq, super::oracle::verdict_of(told))
                });
            assert_eq!(
                replay.exchange(exchange),
                told.collect::<Vec<_>>(),
                "{name}"
            );
            let cart: BTreeMap<String, i64> =
                serde_json::from_value(exchange["cart"].clone()).expect("a cart");
            let held = replay
                .lines
                .iter()
                .map(|(sku, line)| (sku.clone(), line.quantity()));
            assert_eq!(
                held.filter(|(_, quantity)| *quantity > 0)
                    .collect::<BTreeMap<_, _>>(),
                cart,
                "{name}"
            );
        }
    }
}
