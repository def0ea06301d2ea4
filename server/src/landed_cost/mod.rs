//! What a purchase costs to the door: goods at today's tiers and freight from a dated table, frozen in a quote.
//!
//! Invariant: every derived amount names its rule, rate, source and date; what is not worked out yet is null and said
//! so, never zero by silence. A quote is stored whole and holds for thirty minutes.

mod countries;
mod freight;
mod model;
mod reckon;
mod routes;
mod rules;
mod storage;

pub use countries::is_country;
pub use freight::{crosses_border, load_what_ships};
pub use model::{Buyer, Days, LineProblem, Quote, QuoteDestination, QuoteLine, QuoteShop};
pub use reckon::{Ask, AskError, LandedCost};
pub use routes::routes;
pub use rules::{RuleMistake, WHAT_SHIPS, read as read_rules};
pub use storage::find;
