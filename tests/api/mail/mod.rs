//! Mail: over SMTP, against a relay of the test's own, and in place of pushes that reach no phone.

mod fallback;
mod relay;
mod sending;
