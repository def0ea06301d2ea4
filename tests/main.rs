//! Tests of the whole server over HTTP. `SAMPAN_TEST_DATABASE=postgres://…/postgres` runs the same tests there; without
//! it each test has a SQLite file of its own.

#![expect(
    clippy::disallowed_methods,
    reason = "a test plays the phone, and phones make ids of their own"
)]

mod api;
