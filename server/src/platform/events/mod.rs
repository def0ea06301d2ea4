//! "Scope X is at revision N": content-free pokes from writers to open live streams.

mod nats;

pub use nats::NatsEvents;

use std::{collections::HashMap, sync::Mutex};
use tokio::sync::watch;
use uuid::Uuid;

/// Carries pokes; in process on one machine, over a broker between nodes. Losing one only delays a phone.
pub trait Events: Send + Sync {
    fn publish(&self, scope_id: Uuid, rev: i64);
    /// The latest revision heard of since subscribing (0 before the first).
    fn subscribe(&self, scope_id: Uuid) -> watch::Receiver<i64>;
    /// How many subscriptions of this scope are open on this node.
    fn listeners(&self, scope_id: Uuid) -> usize;
    /// The server stops: every subscription ends.
    fn close(&self);
}

/// Pokes within this process.
#[derive(Default)]
pub struct LocalEvents {
    scopes: Mutex<HashMap<Uuid, watch::Sender<i64>>>,
}

impl Events for LocalEvents {
    fn publish(&self, scope_id: Uuid, rev: i64) {
        let mut scopes = self
            .scopes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(sender) = scopes.get(&scope_id) {
            if sender.receiver_count() == 0 {
                scopes.remove(&scope_id);
                return;
            }
            sender.send_if_modified(|known| {
                let newer = rev > *known;
                *known = rev.max(*known);
                newer
            });
        }
    }

    fn subscribe(&self, scope_id: Uuid) -> watch::Receiver<i64> {
        let mut scopes = self
            .scopes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        scopes.retain(|_, sender| sender.receiver_count() > 0);
        scopes
            .entry(scope_id)
            .or_insert_with(|| watch::channel(0).0)
            .subscribe()
    }

    fn listeners(&self, scope_id: Uuid) -> usize {
        let scopes = self
            .scopes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        scopes
            .get(&scope_id)
            .map_or(0, watch::Sender::receiver_count)
    }

    fn close(&self) {
        self.scopes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clear();
    }
}
