//! Parcels as the shopper sees them.

use crate::{
    scope::{Moment, Telling},
    shipments::{
        local::{self, LOCAL_CARRIER},
        model::ParcelRow,
        storage, stranger,
    },
};
use sampan_engine::parcel::ParcelState;
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// A parcel with its history.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Parcel)]
pub struct ParcelView {
    pub id: Uuid,
    pub carrier: String,
    pub number: String,
    pub state: ParcelState,
    pub eta: EtaView,
    #[schema(value_type = String)]
    pub last_event_at: Moment,
    /// By the time they happened.
    pub events: Vec<ParcelEventView>,
}

/// When the parcel should arrive, as promised when it was handed over, and what that rests on.
#[derive(Clone, Copy, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Eta)]
pub struct EtaView {
    #[schema(value_type = String)]
    pub from: Moment,
    #[schema(value_type = String)]
    pub to: Moment,
    pub basis: EtaRests,
    /// Parcels of ours that had gone this way before; null: not counted yet when it was handed over.
    pub trips: Option<i64>,
    /// Of a hundred of them at least so many came within such a range; null when it rests on the carrier's own days.
    pub share: Option<i64>,
}

/// What a range of days rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = EtaBasis)]
#[serde(rename_all = "snake_case")]
pub enum EtaRests {
    /// What our own parcels took on this lane.
    Lane,
    /// The days of the carrier's price list.
    Carrier,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ParcelEvent)]
pub struct ParcelEventView {
    /// `<parcel>/<n>`
    pub id: String,
    #[schema(value_type = String)]
    pub at: Moment,
    pub state: ParcelState,
    pub place: Option<String>,
    /// The carrier's own words.
    pub text: Option<String>,
}

/// An event with the parcel it belongs to.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub parcel_id: Uuid,
    pub id: String,
    pub at: Moment,
    pub state: ParcelState,
    pub place: Option<String>,
    pub text: Option<String>,
}

/// The parcels of these orders of these scopes with all they went through, by order.
pub async fn of_orders(
    connection: &impl ConnectionTrait,
    scopes: &[Uuid],
    order_ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ParcelView>>, DbErr> {
    let parcels = storage::parcels_of(connection, scopes, order_ids).await?;
    let ids: Vec<Uuid> = parcels.iter().map(|parcel| parcel.id).collect();
    let mut events: HashMap<Uuid, Vec<ParcelEventView>> = HashMap::new();
    for event in storage::events_of(connection, scopes, &ids, Telling::Rest).await? {
        events
            .entry(event.parcel_id)
            .or_default()
            .push(ParcelEventView {
                id: event.id,
                at: event.at,
                state: event.state,
                place: event.place,
                text: event.text,
            });
    }
    let mut found: HashMap<Uuid, Vec<ParcelView>> = HashMap::new();
    for parcel in parcels {
        let view = ParcelView {
            id: parcel.id,
            eta: eta(&parcel, Telling::Rest),
            last_event_at: Telling::Rest.moment(parcel.last_event_at),
            state: parcel.state,
            events: events.remove(&parcel.id).unwrap_or_default(),
            carrier: parcel.carrier,
            number: parcel.number,
        };
        found.entry(parcel.order_id).or_default().push(view);
    }
    Ok(found)
}

impl ParcelView {
    /// What the holder of a private link may see of it: of each event the town, and no words but our own. `private` are
    /// the lines of the address that the link does not tell, `city` is the one that it does.
    pub fn for_stranger(mut self, private: &[&str], city: Option<&str>) -> Self {
        let is_ours = self.carrier == LOCAL_CARRIER;
        for event in self.events.iter_mut().filter(|_| !is_ours) {
            let text = event.text.take();
            event.text = text.filter(|text| text == local::ANNOUNCEMENT);
            let place = event.place.take();
            event.place =
                place.and_then(|place| stranger::town(&place, event.state, private, city));
        }
        self
    }
}

/// A parcel as sync tells it.
pub(super) fn parcel_value(parcel: &ParcelRow) -> Value {
    json!({
        "order": parcel.order_id,
        "carrier": parcel.carrier,
        "number": parcel.number,
        "state": parcel.state,
        "eta": eta(parcel, Telling::Sync),
        "last_event_at": Telling::Sync.moment(parcel.last_event_at),
    })
}

/// An event as sync tells it.
pub(super) fn event_value(event: &EventRow) -> Value {
    json!({ "at": event.at, "state": event.state, "place": event.place, "text": event.text })
}

fn eta(parcel: &ParcelRow, telling: Telling) -> EtaView {
    EtaView {
        from: telling.moment(parcel.eta_from),
        to: telling.moment(parcel.eta_to),
        basis: match parcel.eta_basis.share_percent {
            Some(_) => EtaRests::Lane,
            None => EtaRests::Carrier,
        },
        trips: parcel.eta_basis.trips,
        share: parcel.eta_basis.share_percent,
    }
}
