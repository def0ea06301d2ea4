//! What an order is, for its shopper, its seller, and the holder of its private link.

use crate::{
    landed_cost::{QuoteOrigin, QuoteRule, Terms},
    platform::{mail, problem::FieldError},
    scope::Moment,
    shipments::ParcelView,
};
use sampan_engine::{
    money::{Currency, Money},
    parcel::BatchState,
    trade::CountryCode,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const MAX_LINE_CHARS: usize = 120;

/// Where an order goes, as the shopper writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShipTo {
    pub name: String,
    pub line1: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    pub city: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    #[schema(value_type = String, example = "PT")]
    pub country: CountryCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Whom to write to about an order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl ShipTo {
    /// What must change before anything can be sent there.
    pub fn problems(&self) -> Vec<FieldError> {
        let required = [
            ("name", &self.name),
            ("line1", &self.line1),
            ("city", &self.city),
        ];
        let optional = [
            ("line2", &self.line2),
            ("region", &self.region),
            ("postcode", &self.postcode),
            ("phone", &self.phone),
        ];
        let missing = required
            .iter()
            .filter(|(_, text)| text.trim().is_empty())
            .map(|(field, _)| error("ship_to", field, "Fill in this line."));
        let given = required
            .iter()
            .map(|(field, text)| (*field, text.as_str()))
            .chain(
                optional
                    .iter()
                    .filter_map(|(field, text)| Some((*field, text.as_deref()?))),
            );
        let long = given
            .filter(|(_, text)| text.chars().count() > MAX_LINE_CHARS)
            .map(|(field, _)| error("ship_to", field, "At most 120 characters."));
        missing.chain(long).collect()
    }
}

impl Contact {
    pub fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        if !mail::is_mailbox(self.email.trim()) {
            problems.push(error(
                "contact",
                "email",
                "Not an e-mail address, such as ines@example.org.",
            ));
        }
        if self
            .phone
            .as_ref()
            .is_some_and(|phone| phone.chars().count() > 40)
        {
            problems.push(error("contact", "phone", "At most 40 characters."));
        }
        problems
    }
}

fn error(part: &str, field: &str, detail: &str) -> FieldError {
    FieldError {
        pointer: format!("/{part}/{field}"),
        detail: detail.to_owned(),
    }
}

/// One parcel's part of a checkout, a shop's goods from one place, as sync and REST tell it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Order {
    pub id: Uuid,
    /// For people: `SP-` and eight characters, the last one a check.
    pub number: String,
    pub order_group: Uuid,
    pub shop: OrderShop,
    /// That of its least advanced batch.
    pub state: BatchState,
    #[schema(value_type = String)]
    pub placed_at: Moment,
    #[schema(value_type = String, example = "EUR")]
    pub currency: Currency,
    pub goods: Money,
    pub freight: Money,
    /// Null: not known when it was ordered.
    pub duty: Option<Money>,
    pub tax: Option<Money>,
    /// Of the border, and of the carrier who pays there in advance; 0 while `at_door` is null.
    pub fees: Money,
    /// What the door asks besides the total; null: not known.
    pub at_door: Option<Money>,
    pub terms: Terms,
    /// What was paid.
    pub total: Money,
    pub ship_to: OrderAddress,
    /// Where it leaves from, and why from there; null for orders older than that choice.
    pub ships_from: Option<QuoteOrigin>,
    pub lines: Vec<OrderLine>,
    pub batches: Vec<OrderBatch>,
}

/// An order with its parcels, as REST tells it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OrderDetail {
    #[serde(flatten)]
    pub order: Order,
    pub parcels: Vec<ParcelView>,
    pub documents: Vec<OrderDocument>,
    /// Where the order can be followed without a log-in; null when the link has run out or is switched off.
    pub link: Option<String>,
    /// Until when the link works or worked; null: it is switched off. It moves when the last parcel arrives.
    #[schema(value_type = Option<String>)]
    pub link_until: Option<Moment>,
    /// The rules its price rests on.
    pub rules: Vec<QuoteRule>,
    /// This is the demo market, where its shopper may let time pass.
    pub is_demo: bool,
}

/// A paper of an order's that its owner may keep.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OrderDocument {
    /// `invoice` or `packing-list`.
    pub name: String,
    /// A PDF, for the owner's token only.
    pub url: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct OrderShop {
    pub slug: String,
    pub name: String,
    /// Where the parcel leaves from.
    pub country: String,
    pub tint: String,
}

/// Where an order goes, as much of it as its reader may see.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OrderAddress {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<String>,
    pub country: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OrderLine {
    pub sku: String,
    pub title: String,
    pub image: Option<String>,
    pub quantity: i64,
    pub unit_price: Money,
    pub total: Money,
    /// Its part of the order's duty and tax.
    pub duty: Option<Money>,
    pub tax: Option<Money>,
    /// What the shopper wrote on the line, for the shop.
    pub note: Option<String>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OrderBatch {
    pub id: Uuid,
    pub state: BatchState,
    #[schema(value_type = Option<String>)]
    /// When its goods are expected, sold before they came; null: they are there.
    pub planned_for: Option<Moment>,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    /// What it was before, where it moved back.
    pub planned_before: Option<Moment>,
}

impl Order {
    /// The papers its owner may have: the invoice once it is paid, the packing list once it is packed. An order that was
    /// called off has none.
    pub fn papers(&self) -> &'static [&'static str] {
        match self.state {
            BatchState::Planned | BatchState::AwaitingPayment | BatchState::Cancelled => &[],
            BatchState::Paid => &["invoice"],
            BatchState::Packed
            | BatchState::Shipped
            | BatchState::Delivered
            | BatchState::Settled
            | BatchState::Returned
            | BatchState::Disputed => &["invoice", "packing-list"],
        }
    }

    pub fn documents(&self) -> Vec<OrderDocument> {
        let document = |name: &&str| OrderDocument {
            name: (*name).to_owned(),
            url: format!("/api/v1/orders/{}/documents/{name}.pdf", self.id),
        };
        self.papers().iter().map(document).collect()
    }

    /// What the holder of a private link may see: neither who ordered it nor what they wrote.
    pub fn without_person(mut self) -> Self {
        self.ship_to = self.ship_to.without_person();
        for line in &mut self.lines {
            line.note = None;
        }
        self
    }
}

impl OrderDetail {
    /// [`Order::without_person`], and of the parcels' events only the towns.
    pub fn without_person(mut self) -> Self {
        let ship_to = self.order.ship_to.clone();
        let private: Vec<&str> = ship_to.private_lines().collect();
        let city = ship_to.city.as_deref();
        let parcels = self.parcels.into_iter();
        self.parcels = parcels
            .map(|parcel| parcel.for_stranger(&private, city))
            .collect();
        self.order = self.order.without_person();
        self.documents.clear();
        self
    }
}

impl OrderAddress {
    /// What a link does not tell.
    fn private_lines(&self) -> impl Iterator<Item = &str> {
        let lines = [
            &self.name,
            &self.line1,
            &self.line2,
            &self.postcode,
            &self.phone,
        ];
        lines
            .into_iter()
            .filter_map(|line| line.as_deref())
            .filter(|line| !line.trim().is_empty())
    }

    /// Town and country.
    fn without_person(self) -> Self {
        Self {
            city: self.city,
            country: self.country,
            ..Self::default()
        }
    }
}

/// The state of the least advanced batch; batches that were called off count only when all were.
pub fn least_advanced(batches: &[OrderBatch]) -> BatchState {
    let states = || batches.iter().map(|batch| batch.state);
    states()
        .filter(|state| *state != BatchState::Cancelled)
        .min()
        .or_else(|| states().min())
        .unwrap_or(BatchState::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(state: BatchState) -> OrderBatch {
        OrderBatch {
            id: Uuid::nil(),
            state,
            planned_for: None,
            planned_before: None,
        }
    }

    #[test]
    fn an_order_is_as_far_as_its_least_advanced_batch() {
        use BatchState::*;
        let table = [
            (vec![Shipped, Paid], Paid),
            (vec![Cancelled, Shipped], Shipped),
            (vec![Cancelled], Cancelled),
        ];
        for (states, expected) in table {
            let batches: Vec<_> = states.into_iter().map(batch).collect();
            assert_eq!(least_advanced(&batches), expected);
        }
    }

    #[test]
    fn a_contact_needs_an_address_that_mail_can_be_sent_to() {
        let contact = |email: &str| Contact {
            email: email.to_owned(),
            phone: None,
        };
        assert!(contact("ines@example.org").problems().is_empty());
        for bad in [
            "",
            "ines",
            "@example.org",
            "ines@example",
            "i nes@example.org",
            "a@b.c\r\nBcc: x@y.z",
            "anä@exämple.org",
            "a<b@c.d",
        ] {
            assert_eq!(contact(bad).problems().len(), 1, "{bad}");
        }
    }
}
