//! What is kept only for a while: op rows for 100 days (a phone does not send anything older than 90), outcomes for 90.

use crate::platform::{Platform, db};
use sea_orm::DbErr;
use uuid::Uuid;

const KEEP_OPS_DAYS: i64 = 100;
const KEEP_OUTCOMES_DAYS: i64 = 90;
/// The id of the daily job, so that it exists once.
pub const SWEEP_JOB: Uuid = Uuid::from_u128(0x5a4d_5057_5357_4550_0000_0000_0000_0001);

/// Deletes what has outlived its use.
pub async fn sweep(platform: &Platform) -> Result<(), DbErr> {
    let ops_before = platform.now().plus_days(-KEEP_OPS_DAYS).micros();
    let outcomes_before = platform.now().plus_days(-KEEP_OUTCOMES_DAYS).micros();
    platform
        .db
        .write(move |tx| {
            Box::pin(async move {
                db::execute(
                    tx,
                    "DELETE FROM op WHERE created_at < $1 AND code <> 'working'",
                    [ops_before.into()],
                )
                .await?;
                let text = "DELETE FROM outcome WHERE created_at < $1 AND code <> 'working'";
                db::execute(tx, text, [outcomes_before.into()])
                    .await
                    .map(|_| ())
            })
        })
        .await
}
