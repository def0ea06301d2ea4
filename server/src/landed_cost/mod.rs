//! What a purchase costs at the door: goods at today's tiers, freight by the carriers' cards, and what the border adds,
//! by dated rules, frozen in a quote.
//!
//! Invariant: every derived amount names its rule, rate, source and date; what no rule says is null and said so, never
//! zero by silence. A quote is stored whole and holds for thirty minutes.

mod allocate;
mod buyer;
mod compare;
mod freight_rows;
mod import;
mod model;
mod nomenclature;
mod operate;
mod parcel;
mod quote;
mod routes;
mod rules;
mod slice;
mod storage;
mod told;

pub use buyer::{Buyer, BuyerKind};
pub use import::Format;
pub use model::{
    Days, LineProblem, Quote, QuoteDestination, QuoteLine, QuoteOrigin, QuoteRule, QuoteShop,
    Terms, Wishes,
};
pub use nomenclature::meaning as meaning_of_code;
pub use operate::routes as operator_routes;
pub use quote::{Ask, AskError, LandedCost};
pub use routes::routes;
pub use rules::{ImportAsk, ImportError, ImportReport, RuleBook, RuleMistake};
pub use storage::{SWEEP_JOB, SWEEP_SECONDS, find, sweep};
