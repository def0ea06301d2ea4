//! The dated rules that a quote rests on: what ships with Sampan, with imports laid over it, read once and kept until
//! somebody imports.
//!
//! Invariant: a row is never changed. A set is taken whole or not at all, and a refused one is answered with every
//! mistake: file, line, column, what to change.

mod files;
mod imports;
mod kinds;
mod layers;
mod row;
mod set;
mod ships;
mod storage;
mod take;

#[cfg(test)]
pub use files::read as check;
pub use files::rows;
pub use imports::{ImportAsk, ImportError, ImportReport, Imported};
pub use kinds::{KINDS, kind, kind_of};
pub use layers::Held;
#[cfg(test)]
pub use row::VALIDITY;
pub use row::{Kind, Mistake, Row, RuleMistake, RuleRow};
pub use set::{RuleBook, RuleSet};
