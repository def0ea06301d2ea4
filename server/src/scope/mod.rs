//! Whose data it is. A *scope* is everything that syncs for one shopper, guest or account; its *revision* counts the
//! write transactions that touched it.
//!
//! Invariant: every writer takes the scope's revision first, writes everything, then commits. The row lock is held
//! until commit, so revision order is commit order and a phone's cursor never skips a row.

pub mod actor;
mod conclude;
pub mod dataset;
pub mod devices;
mod links;
mod moment;
mod revision;
mod synced;

pub use actor::Actor;
pub use conclude::conclude;
pub use links::{accounts_of, guests_of, readable};
pub use moment::{Moment, Telling, uuid_bound};
pub use revision::{
    Revision, ScopeError, ScopeWork, create, hold, in_scope_tx, take_revision, take_revisions,
};
pub use synced::{Change, OpContext, Reason, ScopedOp, Synced, Touched, Viewer, Viewers};
