//! A quote: shapes and the rules that need no database.

use crate::catalog::Listing;
use sampan_engine::{
    money::{Currency, Money},
    time::Timestamp,
    trade::CountryCode,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a purchase costs, frozen until it expires. Orders store it whole.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Quote {
    pub id: Uuid,
    #[schema(value_type = String)]
    pub expires_at: Timestamp,
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
    pub ship_to: QuoteDestination,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
    pub lines: Vec<QuoteLine>,
    /// One parcel a shop.
    pub shops: Vec<QuoteShop>,
    pub goods: Money,
    pub freight: Money,
    /// Null: not calculated yet.
    pub duty: Option<Money>,
    /// Null: not calculated yet.
    pub tax: Option<Money>,
    pub fees: Money,
    pub total: Money,
    /// The total for one piece at this quantity.
    pub per_piece: Option<Money>,
    /// The least certain of its parts.
    pub confidence: Confidence,
    pub rules: Vec<QuoteRule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteDestination {
    #[schema(value_type = String, example = "PT")]
    pub country: CountryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

/// Who buys; rules that depend on it come with duty and tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    pub kind: BuyerKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eori: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BuyerKind {
    Person,
    Business,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteLine {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    /// The shop's slug; empty for an unknown SKU.
    pub shop: String,
    pub quantity: i64,
    pub unit_price: Money,
    /// Zero for a line that cannot be bought at all.
    pub goods: Money,
    /// Its part of the parcel's freight, by weight.
    pub freight: Option<Money>,
    pub duty: Option<Money>,
    pub tax: Option<Money>,
    pub problem: Option<LineProblem>,
}

/// One shop's parcel.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteShop {
    pub slug: String,
    pub name: String,
    /// Where it leaves from.
    pub country: String,
    pub tint: String,
    pub weight_grams: i64,
    pub goods: Money,
    pub freight: Money,
    pub total: Money,
    /// From order to door: making it ready and the way.
    pub days: Days,
    /// From hand-over to door.
    pub transit_days: Days,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = DayRange)]
pub struct Days {
    pub from: i64,
    pub to: i64,
}

/// Why a line cannot be ordered as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = QuoteLineProblem)]
#[serde(rename_all = "snake_case")]
pub enum LineProblem {
    Unlisted,
    BelowMinimum,
    NotInSteps,
    AboveMaximum,
    ShortStock,
}

/// How sure an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Firm,
    Estimate,
    Unknown,
}

/// How one part was worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteRule {
    /// `goods`, `freight`, `duty` or `tax`.
    pub part: String,
    pub name: String,
    pub detail: String,
    pub source: String,
    /// `YYYY-MM-DD`
    pub as_of: String,
    pub confidence: Confidence,
}

impl Quote {
    /// The first line that cannot be ordered.
    pub fn problem(&self) -> Option<LineProblem> {
        self.lines.iter().find_map(|line| line.problem)
    }

    /// SKU and quantity of every line.
    pub fn wanted(&self) -> Vec<(String, i64)> {
        self.lines
            .iter()
            .map(|line| (line.sku.clone(), line.quantity))
            .collect()
    }
}

/// May this quantity be bought of this listing, with so many free on the shelf?
pub fn line_problem(listing: &Listing, quantity: i64, available: i64) -> Option<LineProblem> {
    if !listing.is_listed {
        Some(LineProblem::Unlisted)
    } else if quantity < listing.minimum_quantity() {
        Some(LineProblem::BelowMinimum)
    } else if listing.max_per_order.is_some_and(|most| quantity > most) {
        Some(LineProblem::AboveMaximum)
    } else if quantity % listing.pack_step.max(1) != 0 {
        Some(LineProblem::NotInSteps)
    } else if quantity > available {
        Some(LineProblem::ShortStock)
    } else {
        None
    }
}
