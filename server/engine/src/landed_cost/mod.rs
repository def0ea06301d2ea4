//! What goods cost at the door: goods, freight, duty, tax and fees, worked out from dated rules.
//!
//! The life of a reckoning: a consignment (`Consignment`) meets the rules of its destination as they stand on its day
//! (`Rules`): `relief` says what is levied at all, `duty` takes the longest matching code of the tariff (`rate`) or what
//! stands in its place, `tax` the base that the law names, `reckon` adds it up. What no rule says is `None`, never 0.
//!
//! Amounts are whole minor units; percents are whole millionths; nothing here is a float.

mod duty;
mod rate;
mod reckon;
mod relief;
mod rules;
mod tax;
#[cfg(test)]
mod tests;

pub use rate::{DutyRate, Measure, RateError, Term};
pub use reckon::{
    Applied, AppliedKind, Buyer, Confidence, Consignment, Good, LandedCost, LineCost, Range,
    ReckonError, Unknown, reckon,
};
pub use rules::{
    Base, Basis, CustomsRate, DutyRow, Fee, FeeWhen, FlatDuty, Layer, Limit, Per, Percent,
    Preference, Relief, Rounding, Rules, RulesBuilder, Stacks, Tax, Territory, Test, Threshold,
    Validity,
};
