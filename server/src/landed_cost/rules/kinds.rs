//! The kinds of rule files: their columns, what tells two rows apart, and what a later row takes the place of.

use crate::landed_cost::rules::row::Kind;

/// All kinds, in the order in which an operator reads them.
pub const KINDS: [Kind; 12] = [
    Kind {
        name: "territories",
        columns: &[
            "territory",
            "name",
            "countries",
            "currency",
            "duty_basis",
            "tax_basis",
            "rounding",
            "note",
        ],
        key: &["territory"],
        place: &["territory"],
    },
    Kind {
        name: "taxes",
        columns: &["country", "name", "rate", "hs_prefix", "note"],
        key: &["country", "hs_prefix"],
        place: &["country", "hs_prefix"],
    },
    Kind {
        name: "thresholds",
        columns: &[
            "territory",
            "country",
            "relieves",
            "amount",
            "currency",
            "tests",
            "limit",
            "buyer",
            "origin",
            "collected",
            "note",
        ],
        key: THRESHOLD,
        place: THRESHOLD,
    },
    Kind {
        name: "flat_duties",
        columns: &[
            "territory",
            "amount",
            "percent",
            "minus",
            "currency",
            "per",
            "goods_up_to",
            "buyer",
            "origin",
            "note",
        ],
        key: &["territory", "buyer", "origin", "goods_up_to"],
        place: &["territory", "buyer", "origin", "goods_up_to"],
    },
    Kind {
        name: "fees",
        columns: &[
            "territory",
            "country",
            "name",
            "amount",
            "percent",
            "minimum",
            "maximum",
            "currency",
            "per",
            "applies",
            "goods_above",
            "goods_up_to",
            "goods_currency",
            "note",
        ],
        key: &["territory", "country", "name", "goods_above", "goods_up_to"],
        place: &["territory", "country", "name", "goods_above", "goods_up_to"],
    },
    Kind {
        name: "duty_rates",
        columns: &["territory", "hs", "variant", "rate", "description", "note"],
        key: &["territory", "hs", "variant"],
        place: &["territory", "hs"],
    },
    Kind {
        name: "layers",
        columns: &[
            "territory",
            "name",
            "percent",
            "origin",
            "not_origin",
            "hs_prefix",
            "stacks",
            "note",
        ],
        key: &["territory", "name", "origin", "hs_prefix"],
        place: &["territory", "name", "origin", "hs_prefix"],
    },
    Kind {
        name: "preferences",
        columns: &[
            "territory",
            "origin",
            "agreement",
            "hs_prefix",
            "rate",
            "proof",
            "note",
        ],
        key: &["territory", "origin", "agreement", "hs_prefix"],
        place: &["territory", "origin", "agreement", "hs_prefix"],
    },
    Kind {
        name: "customs_rates",
        columns: &["territory", "currency", "per_unit"],
        key: &["territory", "currency"],
        place: &["territory", "currency"],
    },
    Kind {
        name: "zones",
        columns: &["country", "zone"],
        key: &["country"],
        place: &["country"],
    },
    Kind {
        name: "cards",
        columns: &[
            "carrier",
            "service",
            "origin",
            "zone",
            "up_to_grams",
            "base",
            "per_kg",
            "currency",
            "divisor",
            "max_side_mm",
            "min_grams",
            "days_from",
            "days_to",
            "advance_fee_percent",
            "advance_fee_min",
            "accepts",
            "note",
        ],
        key: &["carrier", "service", "origin", "zone", "up_to_grams"],
        place: &["carrier", "service", "origin", "zone", "up_to_grams"],
    },
    Kind {
        name: "dangerous_goods",
        columns: &[
            "un",
            "name",
            "service",
            "taken",
            "max_pieces",
            "max_grams",
            "note",
        ],
        key: &["un", "service"],
        place: &["un", "service"],
    },
];

const THRESHOLD: &[&str] = &[
    "territory",
    "country",
    "relieves",
    "tests",
    "buyer",
    "origin",
    "collected",
];

/// The kind of this name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// The kind whose columns a heading has; the one with the most where several fit.
pub fn kind_of(headings: &[&str]) -> Option<&'static Kind> {
    let fits = |kind: &&Kind| kind.columns.iter().all(|column| headings.contains(column));
    KINDS
        .iter()
        .filter(fits)
        .max_by_key(|kind| kind.columns.len())
}
