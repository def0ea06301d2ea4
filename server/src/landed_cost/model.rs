//! A quote: shapes and the rules that need no database.

use crate::{catalog::Listing, landed_cost::buyer::Buyer, stock::Wanted};
use sampan_engine::{
    freight::Service,
    landed_cost::{Confidence, Range},
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
    /// `YYYY-MM-DD`: the day whose rules it was worked out by.
    #[serde(default)]
    pub day: String,
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
    pub ship_to: QuoteDestination,
    /// What was wished for besides; a checkout prices by it again.
    #[serde(flatten)]
    pub wishes: Wishes,
    pub lines: Vec<QuoteLine>,
    /// One parcel a shop and place it leaves from.
    pub shops: Vec<QuoteShop>,
    pub goods: Money,
    pub freight: Money,
    /// Null: not known of every parcel.
    pub duty: Option<Money>,
    /// Set where six digits leave several rates open; the high one is charged.
    #[serde(default)]
    pub duty_range: Option<Range>,
    /// Null: not known of every parcel.
    pub tax: Option<Money>,
    /// Of the border, and of the carrier who pays there in advance; null: not known of every parcel.
    pub fees: Option<Money>,
    /// What is paid now.
    pub total: Money,
    /// What the door will ask besides; null: not known.
    #[serde(default)]
    pub at_door: Option<Money>,
    /// `total`, and `at_door` where it is known, for one piece at this quantity.
    pub per_piece: Option<Money>,
    /// The least certain of its parts.
    pub confidence: Confidence,
    pub rules: Vec<QuoteRule>,
    /// Rules for persons that do not hold because a business buys.
    #[serde(default)]
    pub changed_for_business: Vec<QuoteRule>,
}

/// What a shopper may choose of a quote besides the goods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Wishes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
    /// Who pays at the border; without a wish the seller does wherever all of it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// Without a wish the cheapest that takes the parcel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "post")]
    pub service: Option<Service>,
}

/// Incoterms 2020: who pays duty, tax and fees at the border.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Terms {
    /// Delivered, duty paid: the seller, out of what was paid now.
    Ddp,
    /// Delivered at place: the buyer, at the door.
    #[default]
    Dap,
}

/// Why a parcel has its terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermsWhy {
    Asked,
    /// All of it is known, so it can be paid now.
    Known,
    /// Something is not known, so it cannot be paid now.
    #[default]
    NotKnown,
    NoBorder,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteDestination {
    #[schema(value_type = String, example = "PT")]
    pub country: CountryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteLine {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    /// The shop's slug; empty for an unknown SKU.
    pub shop: String,
    /// The parcel it travels in; empty where it travels in none.
    #[serde(default)]
    pub parcel: String,
    /// The shared warehouse it leaves from; null: from the maker.
    #[serde(default)]
    pub warehouse: Option<Uuid>,
    pub quantity: i64,
    pub unit_price: Money,
    /// Zero for a line that cannot be bought at all.
    pub goods: Money,
    /// Its part of the parcel's freight, by weight.
    pub freight: Option<Money>,
    pub duty: Option<Money>,
    pub tax: Option<Money>,
    pub problem: Option<LineProblem>,
    /// `YYYY-MM-DD`: the day the goods are expected where it leaves from; null: they lie there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ships_on: Option<String>,
    /// Goods code; null: nobody has classified it.
    #[serde(default)]
    pub hs: Option<String>,
    /// ISO 3166-1 of where it was made.
    #[serde(default)]
    pub origin: String,
    /// What is missing for its duty and tax.
    #[serde(default)]
    pub unknown: Option<Missing>,
}

/// What no rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nobody has classified the goods.
    Hs,
    /// The tariff at hand does not have the goods.
    Duty,
    Tax,
    /// No rules for the country.
    Territory,
    /// No rate of exchange into the country's currency.
    Exchange,
}

/// One shop's parcel from one place.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteShop {
    /// What lines and rules call the parcel: the shop's slug, and `@` with the warehouse's where it leaves from one.
    #[serde(default)]
    pub parcel: String,
    pub slug: String,
    pub name: String,
    /// Where it leaves from.
    pub country: String,
    #[serde(default)]
    pub ships_from: QuoteOrigin,
    pub tint: String,
    pub weight_grams: i64,
    /// What the carrier counts: weight or room, whichever is more.
    #[serde(default)]
    pub chargeable_grams: i64,
    pub goods: Money,
    pub freight: Money,
    #[serde(default)]
    pub duty: Option<Money>,
    #[serde(default)]
    pub duty_range: Option<Range>,
    #[serde(default)]
    pub tax: Option<Money>,
    #[serde(default)]
    pub fees: Option<Money>,
    /// What is paid now.
    pub total: Money,
    #[serde(default)]
    pub at_door: Option<Money>,
    #[serde(default)]
    pub terms: Terms,
    #[serde(default)]
    pub terms_why: TermsWhy,
    /// The seller collects the tax with the sale, whatever the terms.
    #[serde(default)]
    pub tax_at_sale: bool,
    #[serde(default = "unsure")]
    pub confidence: Confidence,
    #[serde(default = "by_post")]
    #[schema(value_type = String, example = "post")]
    pub service: Service,
    #[serde(default)]
    pub carrier: String,
    /// What could carry it.
    #[serde(default)]
    pub services: Vec<QuoteService>,
    /// From order to door: making it ready and the way.
    pub days: Days,
    /// From hand-over to door.
    pub transit_days: Days,
    /// `YYYY-MM-DD`: the day the last of its goods is expected, from which `days` counts; null: all lie there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ships_on: Option<String>,
}

/// The place a parcel leaves from, and why that one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteOrigin {
    /// Slug of the shared warehouse; null: the maker's own.
    pub warehouse: Option<String>,
    pub name: String,
    pub place: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub why: AllocationWhy,
    /// What it would have been from one other place, the maker's if it can; null where there was no choice.
    pub instead: Option<Instead>,
}

/// Why a parcel leaves from where it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AllocationWhy {
    /// The goods lie nowhere else.
    #[default]
    Only,
    CheaperAndSooner,
    Cheaper,
    /// Dearer, by less than the days are worth.
    Sooner,
    /// From here the border's part is known.
    Known,
    /// No one place has everything, or two parcels cost less than one.
    Split,
}

/// What another place would have meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Instead {
    pub place: String,
    pub country: String,
    /// So much more at the door; below zero: less.
    pub dearer: Money,
    /// So many days later; below zero: sooner.
    pub days_later: i64,
}

/// One way to send a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteService {
    #[schema(value_type = String, example = "express")]
    pub service: Service,
    pub carrier: String,
    /// Null where it is refused.
    pub freight: Option<Money>,
    pub days: Days,
    pub transit_days: Days,
    pub refused: Option<QuoteRefusal>,
}

/// Why a carrier does not take a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteRefusal {
    /// `too_heavy`, `too_long`, `dangerous_goods`, …
    pub code: String,
    /// UN number of dangerous goods.
    pub un: Option<String>,
    pub limit: Option<String>,
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
    /// No carrier takes it there.
    NotCarried,
}

/// How one part was worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QuoteRule {
    /// `goods`, `freight`, `duty`, `tax` or `fees`.
    pub part: String,
    #[serde(default = "unknown_kind")]
    pub kind: RuleKind,
    /// Which parcel's; null: of all.
    #[serde(default, alias = "shop")]
    pub parcel: Option<String>,
    /// The tariff's code, the tax, the agreement, the carrier.
    pub name: String,
    /// `12%`, `3.00 EUR`, `EUR/GBP 0.8463800000`
    #[serde(default)]
    pub rate: String,
    /// What the rule's own row remarks.
    pub detail: String,
    /// What it came to; null for a rule that only decides.
    #[serde(default)]
    pub amount: Option<Money>,
    pub source: String,
    /// `YYYY-MM-DD`
    pub as_of: String,
    /// First day, `YYYY-MM-DD`; null: always.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`; null: open.
    #[serde(default)]
    pub to: Option<String>,
    /// After this day it is only an estimate.
    #[serde(default)]
    pub review_by: Option<String>,
    pub confidence: Confidence,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = QuoteRuleKind)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Exchange,
    Freight,
    Duty,
    Preference,
    PreferencePossible,
    Layer,
    FlatDuty,
    DutyRelief,
    Tax,
    TaxRelief,
    TaxAtSale,
    ReverseCharge,
    NoBorder,
    Fee,
    AdvanceFee,
    Unknown,
}

fn unknown_kind() -> RuleKind {
    RuleKind::Unknown
}

fn unsure() -> Confidence {
    Confidence::Unknown
}

fn by_post() -> Service {
    Service::Post
}

impl Terms {
    pub const fn as_str(self) -> &'static str {
        match self {
            Terms::Ddp => "ddp",
            Terms::Dap => "dap",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Terms::Ddp, Terms::Dap]
            .into_iter()
            .find(|terms| terms.as_str() == text)
    }
}

impl QuoteShop {
    /// What the rules of its quote call it; quotes of older servers name the shop alone.
    pub fn key(&self) -> &str {
        if self.parcel.is_empty() {
            &self.slug
        } else {
            &self.parcel
        }
    }

    pub fn crosses_border(&self) -> bool {
        self.terms_why != TermsWhy::NoBorder
    }
}

impl Quote {
    /// The rules that one parcel rests on.
    pub fn rules_of(&self, parcel: &str) -> Vec<&QuoteRule> {
        let concerns = |rule: &&QuoteRule| rule.parcel.as_deref().is_none_or(|each| each == parcel);
        self.rules.iter().filter(concerns).collect()
    }

    /// The first line that cannot be ordered.
    pub fn problem(&self) -> Option<LineProblem> {
        self.lines.iter().find_map(|line| line.problem)
    }

    /// What every line takes from which shelf.
    pub fn held(&self) -> Vec<Wanted> {
        let held = |line: &QuoteLine| Wanted {
            sku: line.sku.clone(),
            quantity: line.quantity,
            warehouse: line.warehouse,
            ships_on: line.ships_on.clone(),
        };
        self.lines.iter().map(held).collect()
    }

    /// Does a line wait for goods, longer than the quote said that its shopper accepted?
    pub fn waits_longer_than(&self, accepted: Option<&Quote>) -> bool {
        let accepted = |sku: &str| {
            let lines = &accepted?.lines;
            lines.iter().find(|line| line.sku == sku)?.ships_on.as_ref()
        };
        self.lines.iter().any(|line| {
            let day = line.ships_on.as_ref();
            day.is_some_and(|day| accepted(&line.sku).is_none_or(|until| day > until))
        })
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
