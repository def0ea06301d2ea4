//! Handing a batch to a carrier: stock leaves the shelf, a parcel comes to be, the shopper is told.

use crate::{
    hooks,
    orders::{self, BatchRefusal},
    platform::{Platform, db::Tx},
    scope::{Revision, ScopeError},
    sellers::{carry::Carrying, storage::SellerBatch},
    shipments::{self, LOCAL_CARRIER, Lane, NewParcel},
    stock,
};
use sampan_engine::{parcel::BatchState, time::Timestamp};
use sea_orm::DbErr;

/// With which carrier, under which number.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// As carriers compare it.
    pub number: String,
    pub carrier: String,
}

/// A batch about to be handed over.
#[derive(Clone, Debug)]
pub struct Sending {
    pub batch: SellerBatch,
    /// None: the demo's own carrier takes it.
    pub hand_over: Option<HandOver>,
    /// Customs territories it leaves from and goes to.
    pub territories: (String, String),
}

/// Why a batch is not moved.
#[derive(Debug, thiserror::Error)]
pub enum SellerError {
    #[error("no such batch")]
    NoSuchBatch,
    #[error("the batch is {}", .0.as_str())]
    Stands(BatchState),
    #[error("its goods have not come")]
    Waits(Timestamp),
    #[error("{0} are held")]
    FewerHeld(i64),
    #[error("shipped under another number")]
    OtherNumber,
    #[error("nothing comes next")]
    AtTheEnd,
    #[error(transparent)]
    Scope(#[from] ScopeError),
}

impl From<DbErr> for SellerError {
    fn from(error: DbErr) -> Self {
        SellerError::Scope(error.into())
    }
}

impl From<BatchRefusal> for SellerError {
    fn from(refusal: BatchRefusal) -> Self {
        match refusal {
            BatchRefusal::NoSuchBatch => SellerError::NoSuchBatch,
            BatchRefusal::Stands(state) => SellerError::Stands(state),
            BatchRefusal::Waits(until) => SellerError::Waits(until),
        }
    }
}

impl crate::platform::db::WriteError for SellerError {
    fn database(&self) -> Option<&DbErr> {
        match self {
            SellerError::Scope(error) => error.database(),
            _ => None,
        }
    }
}

/// Ships a batch of this revision's scope. Shipped already under the same number, or asked without one: stays so.
pub async fn ship(
    platform: &Platform,
    tx: &Tx,
    revision: Revision,
    sending: &Sending,
) -> Result<(), SellerError> {
    let Sending {
        batch, hand_over, ..
    } = sending;
    if let Some(parcel) = shipments::find_of_batch(tx, revision.scope_id, batch.id).await? {
        let same = hand_over
            .as_ref()
            .is_none_or(|hand_over| hand_over.number == parcel.number);
        return if same {
            Ok(())
        } else {
            Err(SellerError::OtherNumber)
        };
    }
    let now = platform.now();
    orders::move_batch(platform, tx, revision, batch.id, BatchState::Shipped).await??;
    let lines: Vec<(String, i64)> = batch
        .lines
        .iter()
        .map(|line| (line.sku.clone(), line.quantity))
        .collect();
    let group = batch.reference.order_group;
    stock::ship(tx, group, batch.id, &lines, now.micros()).await?;
    let parcel = new_parcel(platform, tx, sending, now).await?;
    let first = shipments::announced(&parcel, now.micros());
    let row = shipments::create(tx, revision, &parcel, &first, now.micros()).await?;
    if row.carrier == LOCAL_CARRIER && platform.config.demo {
        let carrying = Carrying {
            scope_id: revision.scope_id,
            parcel_id: row.id,
            days: batch.reference.transit_days,
        };
        let outbox = &platform.outbox;
        outbox.enqueue(tx, "sellers.carry", &carrying).await?;
    }
    hooks::begin_polling(platform, tx, &row).await?;
    Ok(())
}

async fn new_parcel(
    platform: &Platform,
    tx: &Tx,
    sending: &Sending,
    now: Timestamp,
) -> Result<NewParcel, DbErr> {
    let batch = &sending.batch;
    let (origin, destination) = (&batch.shop.country, &batch.ship_to.country);
    let (carrier, number) = match &sending.hand_over {
        Some(hand_over) => (hand_over.carrier.clone(), hand_over.number.clone()),
        None => (
            LOCAL_CARRIER.to_owned(),
            shipments::tracking_number(&*platform.ids, origin),
        ),
    };
    let (from, to) = &sending.territories;
    let lane = Lane::new(from, to, &carrier, &batch.reference.service);
    let freight_days = batch.reference.transit_days;
    Ok(NewParcel {
        id: platform.new_id(),
        order_id: batch.order_id,
        batch_id: batch.id,
        carrier,
        number,
        crosses_border: batch.reference.crosses_border,
        origin: origin.clone(),
        destination: destination.clone(),
        expected: shipments::expect(tx, &lane, now.micros(), freight_days).await?,
        lane,
        shop: batch.shop.slug.clone(),
    })
}
