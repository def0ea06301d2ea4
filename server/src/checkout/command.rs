//! Checkouts queued on the phone: `checkout.place` and `checkout.withdraw` inside an exchange's transaction.

use crate::{
    cart,
    checkout::{
        Checkouts, Stepping,
        model::{Checkout, State},
        request::{PlaceOp, WithdrawOp, hash},
        storage,
    },
    planted::Bug,
    platform::db::Tx,
    scope::{self, OpContext, Revision},
};
use sampan_engine::outcome::Outcome;
use sea_orm::DbErr;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

/// Takes a checkout op; the states of other rooms are saved already.
pub async fn command(
    checkouts: &Checkouts,
    tx: &Tx,
    at: &OpContext,
    revision: Revision,
    kind: &str,
    rest: Map<String, Value>,
) -> Result<Outcome, DbErr> {
    if !at.signed_in {
        return Ok(Outcome::needs_you("sign_in"));
    }
    match kind {
        "checkout.place" => match read::<PlaceOp>(rest) {
            Ok(op) => checkouts.queue(tx, at.op_id, revision, op).await,
            Err(refused) => Ok(refused),
        },
        "checkout.withdraw" => match read::<WithdrawOp>(rest) {
            Ok(op) => checkouts.withdraw(tx, revision, &op.intent).await,
            Err(refused) => Ok(refused),
        },
        _ => Ok(Outcome::rejected("unknown_kind")),
    }
}

fn read<T: DeserializeOwned>(rest: Map<String, Value>) -> Result<T, Outcome> {
    serde_json::from_value(Value::Object(rest))
        .map_err(|error| Outcome::rejected("invalid").with("detail", error.to_string()))
}

impl Checkouts {
    async fn queue(
        &self,
        tx: &Tx,
        op_id: Uuid,
        revision: Revision,
        op: PlaceOp,
    ) -> Result<Outcome, DbErr> {
        let problems = op.problems();
        if !problems.is_empty() {
            let errors = serde_json::to_value(problems).unwrap_or_default();
            return Ok(Outcome::rejected("invalid").with("errors", errors));
        }
        if let Some(known) = storage::find(tx, revision.scope_id, &op.intent).await? {
            return self.join(tx, op_id, revision, &known).await;
        }
        let cart_id = match op.cart {
            None => cart::ensure_open(tx, revision, self.platform.new_id()).await?,
            Some(cart_id) => {
                let lines = cart::lines(tx, revision.scope_id, cart_id).await?;
                if lines.is_none() {
                    return Ok(Outcome::rejected("unknown_cart"));
                }
                cart_id
            }
        };
        let intent = op.intent.clone();
        let request = op.into_request();
        let checkout = Checkout {
            scope_id: revision.scope_id,
            intent: intent.clone(),
            state: State::Queued,
            why: None,
            op_id: Some(op_id),
            request_hash: hash(&request),
            request,
            cart_id,
            order_group: self.platform.new_id(),
            payment_id: self.platform.new_id(),
            quote: None,
            created_at: self.platform.now().micros(),
        };
        storage::insert(tx, revision, &checkout).await?;
        let step = Stepping {
            scope_id: revision.scope_id,
            intent,
        };
        self.platform
            .outbox
            .enqueue(tx, "checkout.step", &step)
            .await?;
        Ok(Outcome::working())
    }

    /// Another op of the same intent: it hears what became of the first.
    async fn join(
        &self,
        tx: &Tx,
        op_id: Uuid,
        revision: Revision,
        known: &Checkout,
    ) -> Result<Outcome, DbErr> {
        match (known.state, known.why) {
            (State::Placed, _) => Ok(Outcome::applied()),
            (State::Withdrawn, _) => Ok(Outcome::superseded().why("withdrawn")),
            (State::Cancelled, why) => {
                let why = why.map_or("closed", |why| why.as_str());
                Ok(Outcome::needs_you(why).with("intent", known.intent.as_str()))
            }
            _ if known.op_id.is_some() => Ok(Outcome::rejected("intent_taken")),
            _ => {
                storage::wait_for(tx, revision, &known.intent, op_id).await?;
                Ok(Outcome::working())
            }
        }
    }

    /// Wins only while nothing was taken.
    async fn withdraw(&self, tx: &Tx, revision: Revision, intent: &str) -> Result<Outcome, DbErr> {
        let known = storage::find(tx, revision.scope_id, intent).await?;
        let Some(checkout) = known else {
            return Ok(Outcome::rejected("unknown_intent"));
        };
        let is_late = |state| matches!(state, State::Reserving | State::Authorising);
        match checkout.state {
            State::Withdrawn => Ok(Outcome::applied()),
            state
                if state == State::Queued
                    || is_late(state) && self.platform.planted.is(Bug::WithdrawnTooLate) =>
            {
                storage::advance(tx, revision, &checkout, State::Withdrawn, None).await?;
                if let Some(op_id) = checkout.op_id {
                    let outcome = Outcome::superseded().why("withdrawn");
                    scope::conclude(tx, revision, op_id, &outcome).await?;
                }
                Ok(Outcome::applied())
            }
            _ => Ok(Outcome::rejected("too_late")),
        }
    }
}
