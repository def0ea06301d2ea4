//! Where carriers and payment providers call us, and how carriers that do not call are asked.
//!
//! Invariant: nothing is read from a body whose signature does not hold; a repeat is answered like the first time and
//! changes nothing; numbers we do not know are none of the caller's business, so they are answered alike.

mod polling;
mod record;
mod routes;

pub use polling::{begin as begin_polling, run as poll};
pub use routes::routes;
