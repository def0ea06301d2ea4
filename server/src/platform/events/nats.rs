//! Pokes between nodes: NATS core carries "scope X is at revision N". Losing one, or the broker, only delays a phone
//! until its next ping or exchange; what counts is in the database.

use super::{Events, LocalEvents};
use bytes::Bytes;
use futures_util::StreamExt;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

const SUBJECT: &str = "sampan.rev";
/// Pokes that wait for the broker; more than that are dropped.
const MAX_WAITING: usize = 4_096;

/// Pokes within this process at once, and to every other node through the broker.
pub struct NatsEvents {
    local: Arc<LocalEvents>,
    outgoing: mpsc::Sender<Bytes>,
}

impl NatsEvents {
    /// Connects now or, when the broker is away, as soon as it is there. Must be called inside the server's runtime.
    /// `url` is `nats://` or `tls://HOST:PORT`, with `USER:PASSWORD@` where the broker asks for one.
    pub async fn connect(url: &str) -> Result<Self, String> {
        let client = async_nats::ConnectOptions::new()
            .name("sampan")
            .retry_on_initial_connect()
            .connect(url)
            .await
            .map_err(|error| format!("EVENTS_URL cannot be used: {error}"))?;
        let mut incoming = client
            .subscribe(SUBJECT)
            .await
            .map_err(|error| format!("EVENTS_URL cannot be listened to: {error}"))?;
        let local = Arc::new(LocalEvents::default());
        let (outgoing, mut waiting) = mpsc::channel(MAX_WAITING);
        let heard = local.clone();
        tokio::spawn(async move {
            while let Some(message) = incoming.next().await {
                if let Some((scope_id, rev)) = read(&message.payload) {
                    heard.publish(scope_id, rev);
                }
            }
        });
        tokio::spawn(async move {
            while let Some(poke) = waiting.recv().await {
                if let Err(error) = client.publish(SUBJECT, poke).await {
                    tracing::warn!(%error, "a poke did not leave this node");
                }
            }
        });
        Ok(Self { local, outgoing })
    }
}

impl Events for NatsEvents {
    fn publish(&self, scope_id: Uuid, rev: i64) {
        self.local.publish(scope_id, rev);
        // Full: the broker is away, and phones hear by their next ping.
        let _ = self.outgoing.try_send(write(scope_id, rev));
    }

    fn subscribe(&self, scope_id: Uuid) -> watch::Receiver<i64> {
        self.local.subscribe(scope_id)
    }

    fn listeners(&self, scope_id: Uuid) -> usize {
        self.local.listeners(scope_id)
    }

    fn close(&self) {
        self.local.close();
    }
}

/// Sixteen bytes of scope, eight of revision, big-endian.
fn write(scope_id: Uuid, rev: i64) -> Bytes {
    let mut poke = Vec::with_capacity(24);
    poke.extend_from_slice(scope_id.as_bytes());
    poke.extend_from_slice(&rev.to_be_bytes());
    poke.into()
}

fn read(poke: &[u8]) -> Option<(Uuid, i64)> {
    let (scope_id, rev) = poke.split_first_chunk::<16>()?;
    let rev = rev.try_into().ok()?;
    Some((Uuid::from_bytes(*scope_id), i64::from_be_bytes(rev)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poke_is_read_as_it_was_written_and_nothing_else_is() {
        let scope_id = Uuid::from_u128(0x0193_abcd);
        assert_eq!(read(&write(scope_id, 45)), Some((scope_id, 45)));
        assert_eq!(read(b"short"), None);
        assert_eq!(read(&[0; 25]), None);
    }
}
