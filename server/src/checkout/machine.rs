//! The steps of a checkout. Each is one transaction, or one call to the provider between two.

use crate::{
    cart::{self, CartRefusal},
    checkout::{
        Checkouts,
        model::{Checkout, State, Why},
        storage,
    },
    landed_cost::{self, Ask, AskError, LineProblem, Quote, QuoteDestination},
    orders::{self, Placing},
    payments::{self, NewPayment, Standing},
    planted::Bug,
    platform::db::{Tx, WriteError},
    scope::{self, Revision, ScopeError, in_scope_tx},
    stock,
};
use sampan_engine::{outcome::Outcome, time::Timestamp};
use sea_orm::DbErr;
use uuid::Uuid;

/// How long stock is held for a payment.
const RESERVED_SECONDS: i64 = 30 * 60;
/// How long a shopper has to answer their bank; less than stock is held.
const ANSWER_SECONDS: i64 = 15 * 60;

/// What a step leaves to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Again,
    /// The shopper's bank waits for the shopper.
    Shopper,
    /// The provider has not said where the payment stands.
    Provider,
    End,
}

/// Why a step's transaction was rolled back.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    #[error("stock ran short")]
    Short,
    #[error(transparent)]
    Scope(#[from] ScopeError),
}

impl From<DbErr> for StepError {
    fn from(error: DbErr) -> Self {
        StepError::Scope(error.into())
    }
}

impl WriteError for StepError {
    fn database(&self) -> Option<&DbErr> {
        match self {
            StepError::Short => None,
            StepError::Scope(error) => error.database(),
        }
    }
}

impl Checkouts {
    /// Takes one step from wherever the checkout stands.
    pub(super) async fn step(&self, scope_id: Uuid, intent: &str) -> Result<Next, StepError> {
        let reader = self.platform.db.reader();
        let Some(checkout) = storage::find(reader, scope_id, intent).await? else {
            return Ok(Next::End);
        };
        match checkout.state {
            State::Queued => self.order(checkout).await,
            State::Reserving => self.reserve(checkout).await,
            State::Authorising => self.pay(checkout).await,
            State::Placed | State::Cancelled | State::Withdrawn => Ok(Next::End),
        }
    }

    /// Queued: priced anew, not above what the shopper accepted; then the cart becomes this order's.
    async fn order(&self, checkout: Checkout) -> Result<Next, StepError> {
        let room = self.clone();
        self.on(checkout, State::Queued, move |tx, revision, checkout| {
            let room = room.clone();
            Box::pin(async move {
                match room.take_cart(tx, revision, &checkout).await? {
                    Ok(quote) => {
                        storage::advance(tx, revision, &checkout, State::Reserving, Some(&quote))
                            .await?;
                        Ok(Next::Again)
                    }
                    Err((why, quote)) => {
                        room.end(tx, revision, &checkout, why, quote.as_ref())
                            .await?;
                        Ok(Next::End)
                    }
                }
            })
        })
        .await
    }

    async fn take_cart(
        &self,
        tx: &Tx,
        revision: Revision,
        checkout: &Checkout,
    ) -> Result<Result<Quote, (Why, Option<Quote>)>, DbErr> {
        let quote = match self.priced_anew(tx, revision, checkout).await? {
            Ok(quote) => quote,
            refused => return Ok(refused),
        };
        let (cart_id, group) = (checkout.cart_id, checkout.order_group);
        let lines = quote.wanted();
        let taken =
            cart::take_for_order(&self.platform, tx, revision, cart_id, &lines, group).await?;
        let refused = match taken {
            Ok(_) => None,
            Err(CartRefusal::AlreadyOrdered { .. }) => Some(Why::CartOrdered),
            Err(CartRefusal::NoSuchCart | CartRefusal::Changed) => Some(Why::CartChanged),
        };
        if let Some(why) = refused {
            return Ok(Err((why, Some(quote))));
        }
        let origin = (cart_id, checkout.intent.as_str());
        let contact = &checkout.request.contact;
        let now = self.platform.now().micros();
        orders::open_group(tx, revision.scope_id, group, origin, contact, now).await?;
        Ok(Ok(quote))
    }

    /// A quote of today for what was asked, if it can be bought and costs no more than the shopper accepted.
    async fn priced_anew(
        &self,
        tx: &Tx,
        revision: Revision,
        checkout: &Checkout,
    ) -> Result<Result<Quote, (Why, Option<Quote>)>, DbErr> {
        let request = &checkout.request;
        let accepted = match request.quote_id {
            Some(quote_id) => landed_cost::find(tx, revision.scope_id, quote_id).await?,
            None => None,
        };
        let ask = Ask {
            lines: request.lines.clone(),
            to: QuoteDestination {
                country: request.ship_to.country,
                postcode: request.ship_to.postcode.clone(),
            },
            currency: request.max_total.currency,
            wishes: accepted
                .as_ref()
                .map(|quote| quote.wishes.clone())
                .unwrap_or_default(),
        };
        let now = self.platform.now();
        let quoted = self
            .landed_cost
            .quote(tx, self.platform.new_id(), now, &ask)
            .await?;
        let mut quote = match quoted {
            Ok(quote) => quote,
            Err(AskError::TooLarge) => return Ok(Err((Why::CartChanged, None))),
            Err(_) => return Ok(Err((Why::Closed, None))),
        };
        if self.platform.planted.is(Bug::PriceFromOp) {
            quote.total = request.max_total;
        }
        if let Some(problem) = quote.problem() {
            return Ok(Err((why_of(problem), Some(quote))));
        }
        if quote.waits_longer_than(accepted.as_ref()) {
            return Ok(Err((Why::Stock, Some(quote))));
        }
        if quote.total.minor > request.max_total.minor {
            return Ok(Err((Why::PriceChanged, Some(quote))));
        }
        Ok(Ok(quote))
    }

    /// Reserving: all lines are held, or none and the checkout ends. Where the place it was to leave from ran dry
    /// meanwhile, it leaves from another, if that costs no more than the shopper accepted.
    async fn reserve(&self, checkout: Checkout) -> Result<Next, StepError> {
        match self.reserve_as_quoted(checkout.clone()).await {
            Err(StepError::Short) => {}
            done => return done,
        }
        match self.reserve_elsewhere(checkout.clone()).await {
            Err(StepError::Short) => self.cancel(checkout, Why::Stock).await,
            done => done,
        }
    }

    async fn reserve_as_quoted(&self, checkout: Checkout) -> Result<Next, StepError> {
        let room = self.clone();
        self.on(checkout, State::Reserving, move |tx, revision, checkout| {
            let room = room.clone();
            Box::pin(async move {
                let quote = priced(&checkout)?.clone();
                room.hold_and_ask(tx, revision, &checkout, &quote, None)
                    .await
            })
        })
        .await
    }

    async fn reserve_elsewhere(&self, checkout: Checkout) -> Result<Next, StepError> {
        let room = self.clone();
        self.on(checkout, State::Reserving, move |tx, revision, checkout| {
            let room = room.clone();
            Box::pin(async move {
                let Ok(quote) = room.priced_anew(tx, revision, &checkout).await? else {
                    return Err(StepError::Short);
                };
                room.hold_and_ask(tx, revision, &checkout, &quote, Some(&quote))
                    .await
            })
        })
        .await
    }

    /// Holds what the quote names and opens its payment; `anew` replaces the quote the checkout was priced by.
    async fn hold_and_ask(
        &self,
        tx: &Tx,
        revision: Revision,
        checkout: &Checkout,
        quote: &Quote,
        anew: Option<&Quote>,
    ) -> Result<Next, StepError> {
        let now = self.platform.now();
        self.hold(tx, checkout, quote, now).await?;
        let payment = NewPayment {
            id: checkout.payment_id,
            intent: checkout.intent.clone(),
            method: checkout.request.payment_method.clone(),
            amount: quote.total,
        };
        payments::open(tx, revision.scope_id, &payment, now.micros()).await?;
        storage::advance(tx, revision, checkout, State::Authorising, anew).await?;
        Ok(Next::Again)
    }

    /// Authorising: the provider is asked outside any transaction, and asked after when it does not answer.
    async fn pay(&self, checkout: Checkout) -> Result<Next, StepError> {
        let standing = self
            .payments
            .settle(checkout.scope_id, checkout.payment_id)
            .await?;
        let given = Timestamp::from_micros(checkout.created_at).plus_seconds(ANSWER_SECONDS);
        match standing {
            Standing::Captured => self.place(checkout).await,
            Standing::Declined => self.cancel(checkout, Why::Declined).await,
            Standing::TakenBack => self.cancel(checkout, Why::Closed).await,
            Standing::RequiresAction
                if checkout.shopper_is_there() && self.platform.now() < given =>
            {
                Ok(Next::Shopper)
            }
            Standing::RequiresAction => self.cancel(checkout, Why::Authenticate).await,
            Standing::Authorised | Standing::Unknown => Ok(Next::Provider),
        }
    }

    /// Paid: the orders exist from here on.
    async fn place(&self, checkout: Checkout) -> Result<Next, StepError> {
        let room = self.clone();
        let placed = self
            .on(
                checkout.clone(),
                State::Authorising,
                move |tx, revision, checkout| {
                    let room = room.clone();
                    Box::pin(async move {
                        let now = room.platform.now();
                        // Kept first, so that no sweep can take it from under us; then held anew, if the provider
                        // took longer to answer than stock is held.
                        stock::keep(tx, checkout.order_group).await?;
                        room.hold(tx, &checkout, priced(&checkout)?, now).await?;
                        stock::keep(tx, checkout.order_group).await?;
                        let notes = cart::notes(tx, revision.scope_id, checkout.cart_id).await?;
                        let placing = Placing {
                            order_group: checkout.order_group,
                            quote: priced(&checkout)?,
                            ship_to: &checkout.request.ship_to,
                            notes: &notes,
                            now: now.micros(),
                        };
                        orders::place(&room.platform, tx, revision, &placing).await?;
                        storage::advance(tx, revision, &checkout, State::Placed, None).await?;
                        if let Some(op_id) = checkout.op_id {
                            scope::conclude(tx, revision, op_id, &Outcome::applied()).await?;
                        }
                        Ok(Next::End)
                    })
                },
            )
            .await;
        match placed {
            Err(StepError::Short) => self.cancel(checkout, Why::Stock).await,
            done => done,
        }
    }

    async fn hold(
        &self,
        tx: &Tx,
        checkout: &Checkout,
        quote: &Quote,
        now: Timestamp,
    ) -> Result<(), StepError> {
        let until = now.plus_seconds(RESERVED_SECONDS).micros();
        stock::reserve(tx, checkout.order_group, &quote.held(), until, now.micros())
            .await?
            .map_err(|_| StepError::Short)
    }

    /// Ends the checkout after it took the cart: lines and stock go back, and so does any money.
    async fn cancel(&self, checkout: Checkout, why: Why) -> Result<Next, StepError> {
        let room = self.clone();
        let from = checkout.state;
        self.on(checkout, from, move |tx, revision, checkout| {
            let room = room.clone();
            Box::pin(async move {
                let quote = priced(&checkout)?;
                if !room.platform.planted.is(Bug::LinesKept) {
                    cart::give_back(tx, revision, checkout.cart_id, &quote.wanted()).await?;
                }
                let now = room.platform.now().micros();
                let served = stock::release(tx, checkout.order_group, now).await?;
                stock::tell(&room.platform.outbox, tx, served).await?;
                orders::cancel_group(tx, revision.scope_id, checkout.order_group).await?;
                let payment = serde_json::json!({ "scope_id": revision.scope_id, "payment_id": checkout.payment_id });
                let outbox = &room.platform.outbox;
                outbox.enqueue(tx, "payments.take_back", &payment).await?;
                room.end(tx, revision, &checkout, why, Some(quote)).await?;
                Ok(Next::End)
            })
        })
        .await
    }

    /// Writes the end, and tells the phone whose op waited for it.
    async fn end(
        &self,
        tx: &Tx,
        revision: Revision,
        checkout: &Checkout,
        why: Why,
        quote: Option<&Quote>,
    ) -> Result<(), DbErr> {
        storage::cancel(tx, revision, checkout, why, quote).await?;
        let Some(op_id) = checkout.op_id else {
            return Ok(());
        };
        let quote = storage::told_in_sync(serde_json::to_value(quote).unwrap_or_default());
        let outcome = Outcome::needs_you(why.as_str())
            .with("intent", checkout.intent.as_str())
            .with("quote", quote);
        scope::conclude(tx, revision, op_id, &outcome).await
    }

    /// Runs `work` under the scope's revision if the checkout still stands at `from`; whoever came first has done it.
    async fn on<F>(&self, checkout: Checkout, from: State, work: F) -> Result<Next, StepError>
    where
        F: for<'a> Fn(&'a Tx, Revision, Checkout) -> crate::platform::db::Work<'a, Next, StepError>
            + Send
            + Sync
            + 'static,
    {
        let work = std::sync::Arc::new(work);
        in_scope_tx(&self.platform, checkout.scope_id, move |tx, revision| {
            let (work, intent) = (work.clone(), checkout.intent.clone());
            Box::pin(async move {
                match storage::find(tx, revision.scope_id, &intent).await? {
                    Some(checkout) if checkout.state == from => work(tx, revision, checkout).await,
                    _ => Ok(Next::Again),
                }
            })
        })
        .await
    }
}

/// The quote a checkout that took its cart was priced by.
fn priced(checkout: &Checkout) -> Result<&Quote, DbErr> {
    checkout
        .quote
        .as_ref()
        .ok_or_else(|| DbErr::Custom("a checkout without its quote".to_owned()))
}

fn why_of(problem: LineProblem) -> Why {
    match problem {
        LineProblem::ShortStock => Why::Stock,
        LineProblem::Unlisted | LineProblem::NotCarried => Why::Closed,
        LineProblem::BelowMinimum | LineProblem::NotInSteps | LineProblem::AboveMaximum => {
            Why::CartChanged
        }
    }
}
