//! Pushes, against a push service of the test's own.

mod ground;
mod sending;
mod subscribing;
