//! The rules that ship.

use crate::landed_cost::rules::{
    files,
    kinds::kind,
    layers::Layer,
    row::{RuleMistake, RuleRow},
};
use std::sync::{Arc, OnceLock};

/// The files that ship, by the name of their kind.
pub const WHAT_SHIPS: [(&str, &str); 11] = [
    (
        "territories",
        include_str!("../../../rules/territories.csv"),
    ),
    ("taxes", include_str!("../../../rules/taxes.csv")),
    ("thresholds", include_str!("../../../rules/thresholds.csv")),
    (
        "flat_duties",
        include_str!("../../../rules/flat_duties.csv"),
    ),
    ("fees", include_str!("../../../rules/fees.csv")),
    ("duty_rates", include_str!("../../../rules/duty_rates.csv")),
    ("layers", include_str!("../../../rules/layers.csv")),
    (
        "preferences",
        include_str!("../../../rules/preferences.csv"),
    ),
    ("zones", include_str!("../../../rules/zones.csv")),
    ("cards", include_str!("../../../rules/cards.csv")),
    (
        "dangerous_goods",
        include_str!("../../../rules/dangerous_goods.csv"),
    ),
];

/// The lowest layer.
pub fn layer() -> Layer {
    static ROWS: OnceLock<Arc<[RuleRow]>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        read().unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!(
                "BUG: the rules that ship are read by a test:\n{}",
                told.join("\n")
            )
        })
    });
    Layer {
        origin: None,
        rows: rows.clone(),
    }
}

fn read() -> Result<Arc<[RuleRow]>, Vec<RuleMistake>> {
    let mut rows = Vec::new();
    for (name, text) in WHAT_SHIPS {
        if let Some(kind) = kind(name) {
            rows.extend(files::rows(kind, text)?);
        }
    }
    Ok(rows.into())
}
