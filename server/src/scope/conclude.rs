//! How a room ends an op that it answered with `working`.

use crate::{
    platform::db::{self, Tx},
    scope::Revision,
};
use sampan_engine::outcome::Outcome;
use sea_orm::DbErr;
use uuid::Uuid;

/// The terminal outcome of an op that was `working`, inside the transaction that ends it. Anything already terminal
/// stays as it is.
pub async fn conclude(
    tx: &Tx,
    revision: Revision,
    op_id: Uuid,
    outcome: &Outcome,
) -> Result<(), DbErr> {
    let (scope_id, rev) = (revision.scope_id, revision.rev);
    let (code, detail) = (outcome.code.as_str(), outcome.stored_detail());
    let op =
        "UPDATE op SET code = $3, detail = $4 WHERE scope_id = $1 AND id = $2 AND code = 'working'";
    db::execute(
        tx,
        op,
        [
            scope_id.into(),
            op_id.into(),
            code.into(),
            detail.as_str().into(),
        ],
    )
    .await?;
    let told = "UPDATE outcome SET code = $3, detail = $4, rev = $5, seen = 0 WHERE scope_id = $1 AND op_id = $2 AND code = 'working'";
    db::execute(
        tx,
        told,
        [
            scope_id.into(),
            op_id.into(),
            code.into(),
            detail.into(),
            rev.into(),
        ],
    )
    .await
    .map(|_| ())
}
