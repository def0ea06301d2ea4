//! Pushes, against a push service of the test's own.

pub mod ground;
mod quiet;
mod sending;
mod subscribing;
