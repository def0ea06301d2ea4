//! Draws trade documents as PDF: the commercial invoice, the packing list, the
//! postal customs declaration (CN 22 or CN 23) and the parcel's label.
//!
//! Plain data in, bytes out: no clock, no randomness, no files. The same data
//! gives the same bytes.

mod code128;
mod customs;
mod invoice;
mod label;
mod page;
mod trade;

pub use code128::{Code128, encode};
pub use customs::{Category, Declaration, Form, customs_declaration};
pub use invoice::{Invoice, commercial_invoice, packing_list};
pub use label::{Label, label};
pub use page::Document;
pub use trade::{DocumentError, Line, Party, is_vague, kilograms, money};
