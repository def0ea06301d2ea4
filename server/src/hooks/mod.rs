//! Where carriers and payment providers call us.
//!
//! Invariant: nothing is read from a body whose signature does not hold; a repeat is answered like the first time and
//! changes nothing; numbers we do not know are none of the caller's business, so they are answered alike.

mod routes;

pub use routes::routes;
