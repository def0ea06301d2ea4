//! Which guests an account has been. Their rows never change scope; the account reads them where they are.
//!
//! Invariant: a guest who has become an account of its own, or was erased, is no longer anybody's guest.

use crate::platform::db;
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use uuid::Uuid;

/// An account reads its own scope and those of the latest guests it has been, at most so many in all.
const MAX_READABLE: usize = 256;

/// The scopes whose orders a shopper may read: their own first, then those of the guests they have been.
pub async fn readable(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let guests = guests_of(connection, scope_id).await?;
    let latest = guests.into_iter().rev().take(MAX_READABLE - 1);
    Ok(std::iter::once(scope_id).chain(latest).collect())
}

/// All guests that this account has been, in the order they logged in.
pub async fn guests_of(
    connection: &impl ConnectionTrait,
    account_scope: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT l.guest_scope AS id FROM scope_link l JOIN scope g ON g.id = l.guest_scope \
                WHERE l.account_scope = $1 AND g.kind = 'guest' AND g.erased_at IS NULL \
                ORDER BY l.linked_at, l.guest_scope";
    ids(db::fetch_all(connection, text, [account_scope.into()]).await?)
}

/// The accounts that this guest has logged in to: what happens to the guest's orders is news for them too.
pub async fn accounts_of(
    connection: &impl ConnectionTrait,
    guest_scope: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let text = "SELECT l.account_scope AS id FROM scope_link l JOIN scope g ON g.id = l.guest_scope \
                JOIN scope a ON a.id = l.account_scope \
                WHERE l.guest_scope = $1 AND g.kind = 'guest' AND g.erased_at IS NULL AND a.erased_at IS NULL \
                ORDER BY l.linked_at, l.account_scope";
    ids(db::fetch_all(connection, text, [guest_scope.into()]).await?)
}

fn ids(rows: Vec<QueryResult>) -> Result<Vec<Uuid>, DbErr> {
    rows.iter().map(|row| row.try_get("", "id")).collect()
}
