//! Mail over SMTP, against a relay of the test's own.

mod relay;
mod sending;
