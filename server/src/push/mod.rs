//! Pushes to closed phones: who wants to hear of what, and the way there; a letter where no phone can be reached.
//!
//! A change of a batch or parcel writes a job in its own transaction; the job plans one delivery for each phone that
//! wants it, unique by (event, subscription); each delivery is worded, encrypted and sent until the push service took
//! it or the news is stale. Invariant: a phone is told of a change at most once a planned delivery, never of an older
//! step after a newer one of the same order, and never anything that names a person or a place.

mod answer;
mod copy;
mod endpoint;
mod figures;
mod jobs;
mod letter;
mod model;
mod payload;
mod quiet;
mod routes;
mod sender;
mod storage;
mod vapid;

pub use answer::Verdict;
pub use jobs::{Moved, run};
pub use routes::routes;
pub use sender::Message;
pub use web_push::Urgency;

use crate::platform::Platform;
use std::sync::Arc;
use web_push::WebPushError;

/// The room: what it stands on, and its way out.
#[derive(Clone)]
pub struct Push {
    platform: Platform,
    sender: Arc<sender::Sender>,
}

impl Push {
    pub fn new(platform: Platform) -> Self {
        let config = &platform.config;
        let allowed = endpoint::Allowed::new(&config.push_hosts, config.push_allow.as_deref());
        Self {
            sender: Arc::new(sender::Sender::new(&platform, allowed)),
            platform,
        }
    }

    /// The key that new subscriptions are made with: its id, and its public half as browsers want it.
    pub fn key(&self) -> Result<(String, String), WebPushError> {
        self.sender.vapid().current()
    }

    /// One attempt at one message.
    pub async fn send(&self, message: &Message<'_>) -> Verdict {
        self.sender.send(message).await
    }
}
