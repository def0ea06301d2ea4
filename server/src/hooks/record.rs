//! What a carrier said of one parcel, called or asked.

use crate::{
    orders,
    platform::Platform,
    scope::{ScopeError, in_scope_tx},
    shipments::{self, ParcelRow, Report},
};
use uuid::Uuid;

/// Takes the reports for one parcel; what is known already takes no revision.
pub async fn record(
    platform: &Platform,
    scope_id: Uuid,
    parcel_id: Uuid,
    reports: &[Report],
) -> Result<(), ScopeError> {
    let reader = platform.db.reader();
    let Some(parcel) = shipments::find_by_id(reader, scope_id, parcel_id).await? else {
        return Ok(());
    };
    let reports = shipments::news(reader, &parcel, reports.to_vec()).await?;
    if reports.is_empty() {
        return Ok(());
    }
    let room = platform.clone();
    in_scope_tx(platform, scope_id, move |tx, revision| {
        let (platform, reports) = (room.clone(), reports.clone());
        Box::pin(async move {
            let parcel: Option<ParcelRow> = shipments::find_by_id(tx, scope_id, parcel_id).await?;
            if let Some(parcel) = parcel {
                orders::report(&platform, tx, revision, &parcel, &reports).await?;
            }
            Ok::<_, ScopeError>(())
        })
    })
    .await
}
