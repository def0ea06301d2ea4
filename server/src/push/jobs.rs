//! From a change of an order to a message on each phone that wants it.
//!
//! `push.batch`, `push.delayed` and `push.parcel` were written in the transaction of the change; they plan one `push.send` a
//! phone. Each `push.send` makes its text when it is sent, in the phone's language, and tries until the news is stale. Where
//! no phone is left to be told, a `push.mail` is planned instead.

use super::{
    Push,
    answer::{Verdict, pause_seconds},
    copy, letter,
    model::Step,
    payload::{mistakes, payload},
    sender::Message,
    storage::{self, Delivery, End, Planned, Subscription},
};
use crate::{
    platform::{
        Platform,
        db::Tx,
        outbox::{Job, JobEnd, JobError, Outbox},
    },
    scope,
};
use sampan_engine::{
    parcel::{BatchState, ParcelState},
    time::Timestamp,
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A service that refuses our key for one message gets it so often, in case another's message was at fault.
const KEY_REFUSALS: i64 = 3;
/// A phone may be switched on late in the morning.
const KEPT_INTO_MORNING_SECONDS: i64 = 4 * 3_600;

/// An order's batch or parcel has reached a new state. Only real changes are told, never a late or repeated scan.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Moved {
    pub scope_id: Uuid,
    pub order_id: Uuid,
    #[serde(default)]
    pub batch_id: Option<Uuid>,
    #[serde(default)]
    pub parcel_id: Option<Uuid>,
    /// In the words of `engine::parcel`.
    pub state: String,
    /// The carrier's name for the event, unique for its parcel. A batch reaches a state once, and needs none.
    #[serde(default)]
    pub event_id: Option<String>,
}

impl Moved {
    /// Names the change: told once for each phone, however often the job runs.
    fn event(&self) -> String {
        let moved = self.parcel_id.or(self.batch_id).unwrap_or(self.order_id);
        format!(
            "{moved}/{}",
            self.event_id.as_deref().unwrap_or(&self.state)
        )
    }
}

/// One message for one phone.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Send {
    /// Whose phone it is.
    scope_id: Uuid,
    event_id: String,
    subscription_id: Uuid,
    /// Whose order it is about, if it is a guest's whom the phone's owner has been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order_scope: Option<Uuid>,
}

/// Runs a job of this room.
pub async fn run(push: &Push, job: &Job) -> Result<JobEnd, JobError> {
    let moved = |of: fn(&str) -> Option<Step>| -> Result<_, JobError> {
        let moved: Moved = job.payload()?;
        Ok((of(&moved.state), moved))
    };
    let (step, moved) = match job.kind.as_str() {
        "push.batch" => moved(|state| Step::of_batch(BatchState::parse(state)?))?,
        "push.parcel" => moved(|state| Step::of_parcel(ParcelState::parse(state)?))?,
        "push.delayed" => (Some(Step::Delayed), job.payload()?),
        "push.send" => return on_its_own(push, job.payload()?).await,
        "push.mail" => return letter::send(&push.platform, job.id, &job.payload()?).await,
        kind => return Err(JobError(format!("push has no job {kind}"))),
    };
    if let Some(step) = step {
        let plan = Plan::new(&push.platform, moved, step, happened_at(job, push));
        return Ok(JobEnd::writes(move |tx| Box::pin(plan.clone().write(tx))));
    }
    Ok(JobEnd::Done)
}

/// On a task of its own, so that every core encrypts when there are many.
async fn on_its_own(push: &Push, planned: Send) -> Result<JobEnd, JobError> {
    let push = push.clone();
    let db = push.platform.db.clone();
    db.to_its_end(async move { send(&push, &planned).await })
        .await
}

/// When the job was written: its id is a UUIDv7. Orders messages even when their jobs overtake each other.
fn happened_at(job: &Job, push: &Push) -> Timestamp {
    job.id.get_timestamp().map_or(push.platform.now(), |at| {
        let (seconds, nanos) = at.to_unix();
        let micros = i64::try_from(seconds).unwrap_or(0) * 1_000_000 + i64::from(nanos / 1_000);
        Timestamp::from_micros(micros)
    })
}

/// Asks for a test message on every phone of a person.
pub async fn plan_test(platform: &Platform, scope_id: Uuid) -> Result<(), DbErr> {
    let moved = Moved {
        scope_id,
        order_id: Uuid::nil(),
        batch_id: None,
        parcel_id: None,
        state: Step::Test.as_str().to_owned(),
        event_id: Some(platform.new_id().to_string()),
    };
    let plan = Plan::new(platform, moved, Step::Test, platform.now());
    platform
        .db
        .write(move |tx| Box::pin(plan.clone().write(tx)))
        .await
}

/// One delivery and one job for each phone, once; a letter if there is no phone.
#[derive(Clone)]
struct Plan {
    outbox: Outbox,
    moved: Moved,
    step: Step,
    /// When it happened.
    at: Timestamp,
    now: Timestamp,
}

impl Plan {
    fn new(platform: &Platform, moved: Moved, step: Step, at: Timestamp) -> Self {
        Self {
            outbox: platform.outbox.clone(),
            moved,
            step,
            at,
            now: platform.now(),
        }
    }

    async fn write(self, tx: &Tx) -> Result<(), DbErr> {
        let (moved, step) = (&self.moved, self.step);
        let delivery = Delivery {
            order_id: moved.order_id,
            step: step.as_str().to_owned(),
            seq: self.at.millis(),
            attempts: 0,
            expires_at: self.at.plus_seconds(step.lives_seconds()),
        };
        let people = people(tx, moved.scope_id, step).await?;
        let mut has_listener = false;
        for scope_id in people.iter().copied() {
            storage::forget_old(tx, scope_id, self.now).await?;
            let order_scope = (scope_id != moved.scope_id).then_some(moved.scope_id);
            for subscription_id in storage::listeners(tx, scope_id, moved.order_id, step).await? {
                has_listener = true;
                let send = Send {
                    scope_id,
                    event_id: moved.event(),
                    subscription_id,
                    order_scope,
                };
                let id = &send.event_id;
                if storage::plan(tx, scope_id, id, subscription_id, &delivery, self.now).await? {
                    self.outbox.enqueue(tx, "push.send", &send).await?;
                }
            }
        }
        if has_listener {
            return Ok(());
        }
        letter::plan(&self.outbox, tx, &people, &delivery, self.now).await
    }
}

/// Who hears of it: first whose order it is, then the accounts that this guest has logged in to. A test is for oneself.
async fn people(tx: &Tx, owner: Uuid, step: Step) -> Result<Vec<Uuid>, DbErr> {
    let mut people = vec![owner];
    if step != Step::Test {
        people.extend(scope::accounts_of(tx, owner).await?);
    }
    Ok(people)
}

/// One attempt at one message.
async fn send(push: &Push, send: &Send) -> Result<JobEnd, JobError> {
    let platform = &push.platform;
    let reader = platform.db.reader();
    let Some(Planned {
        delivery,
        subscription,
        is_muted,
    }) = storage::waiting(reader, send.scope_id, &send.event_id, send.subscription_id).await?
    else {
        return Ok(JobEnd::Done);
    };
    let Some(subscription) = subscription else {
        return Ok(lost(platform, send, delivery));
    };
    if storage::is_superseded(reader, send.scope_id, subscription.id, &delivery).await? {
        return Ok(finish(platform, send, End::Superseded));
    }
    if is_muted {
        return Ok(finish(platform, send, End::Muted));
    }
    let ttl = delivery.expires_at.seconds() - platform.now().seconds();
    let Some(step) = Step::parse(&delivery.step).filter(|_| ttl > 0) else {
        return Ok(finish(platform, send, End::Expired));
    };
    let morning = subscription
        .quiet
        .until(subscription.zone.as_deref(), platform.now())
        .filter(|_| !step.rings_at_night());
    if let Some(morning) = morning {
        // By then a later step of the order may stand in its place, and alone be told.
        let seconds = morning.seconds() - platform.now().seconds() + 1;
        keep_until(platform, send, morning).await?;
        return Ok(JobEnd::Again { seconds });
    }
    let verdict = attempt(push, send, &delivery, &subscription, step, ttl).await?;
    conclude(platform, send, delivery, verdict).await
}

/// Makes the text, sends it, and once more without its body when the service finds it too long.
async fn attempt(
    push: &Push,
    send: &Send,
    delivery: &Delivery,
    subscription: &Subscription,
    step: Step,
    ttl: i64,
) -> Result<Verdict, JobError> {
    let platform = &push.platform;
    let owner = send.order_scope.unwrap_or(send.scope_id);
    let about = copy::about(platform.db.reader(), owner, delivery.order_id, step).await?;
    let words = copy::words(&subscription.locale, step, &about, platform.now());
    let public_url = platform.config.public_url();
    let mut verdict = Verdict::TooBig;
    for body in [words.body.as_str(), words.brief.as_str()] {
        let notice = words.notice(body, delivery, step);
        let payload = payload(&notice, &public_url);
        for mistake in mistakes(&payload) {
            tracing::error!(
                mistake,
                step = step.as_str(),
                "a push is not as engines want it"
            );
        }
        let bytes = payload.to_string();
        let message = Message {
            endpoint: &subscription.endpoint,
            p256dh: &subscription.p256dh,
            auth: &subscription.auth,
            kid: &subscription.kid,
            payload: bytes.as_bytes(),
            ttl_seconds: u32::try_from(ttl).unwrap_or(u32::MAX),
            urgency: step.urgency(),
            topic: (!delivery.order_id.is_nil()).then(|| delivery.order_id.simple().to_string()),
        };
        verdict = push.sender.send(&message).await;
        if verdict != Verdict::TooBig {
            break;
        }
    }
    Ok(verdict)
}

/// Writes down what the answer means, and says when to try again.
async fn conclude(
    platform: &Platform,
    send: &Send,
    delivery: Delivery,
    verdict: Verdict,
) -> Result<JobEnd, JobError> {
    match verdict {
        Verdict::Delivered => Ok(finish(platform, send, End::Sent)),
        Verdict::Refused | Verdict::TooBig => Ok(finish(platform, send, End::Refused)),
        Verdict::KeyRefused { .. } if delivery.attempts + 1 >= KEY_REFUSALS => {
            Ok(finish(platform, send, End::Refused))
        }
        Verdict::Gone => {
            let (scope_id, id) = (send.scope_id, send.subscription_id);
            platform
                .db
                .write(move |tx| Box::pin(storage::disconnect(tx, scope_id, id)))
                .await?;
            Ok(lost(platform, send, delivery))
        }
        Verdict::Busy { seconds } => Ok(JobEnd::Again { seconds }),
        Verdict::KeyRefused { seconds } => {
            count_attempt(platform, send).await?;
            Ok(JobEnd::Again { seconds })
        }
        Verdict::Failed => {
            count_attempt(platform, send).await?;
            let mut chance = [0];
            platform.ids.fill(&mut chance);
            Ok(JobEnd::Again {
                seconds: pause_seconds(delivery.attempts, chance[0]),
            })
        }
    }
}

/// The phone is gone: the last of them leaves its news to a letter.
fn lost(platform: &Platform, send: &Send, delivery: Delivery) -> JobEnd {
    let (outbox, now, send) = (platform.outbox.clone(), platform.now(), send.clone());
    JobEnd::writes(move |tx| {
        let (outbox, send, delivery) = (outbox.clone(), send.clone(), delivery.clone());
        Box::pin(async move {
            let (scope_id, id) = (send.scope_id, send.subscription_id);
            storage::finish(tx, scope_id, &send.event_id, id, End::Gone, now).await?;
            let Some(step) = Step::parse(&delivery.step) else {
                return Ok(());
            };
            let people = people(tx, send.order_scope.unwrap_or(scope_id), step).await?;
            letter::plan(&outbox, tx, &people, &delivery, now).await
        })
    })
}

fn finish(platform: &Platform, send: &Send, end: End) -> JobEnd {
    let (send, now) = (send.clone(), platform.now());
    JobEnd::writes(move |tx| {
        let send = send.clone();
        Box::pin(async move {
            let (scope_id, id) = (send.scope_id, send.subscription_id);
            storage::finish(tx, scope_id, &send.event_id, id, end, now).await
        })
    })
}

/// News that waits for the morning is not stale before somebody could have seen it.
async fn keep_until(platform: &Platform, send: &Send, morning: Timestamp) -> Result<(), DbErr> {
    let (send, until) = (
        send.clone(),
        morning.plus_seconds(KEPT_INTO_MORNING_SECONDS),
    );
    platform
        .db
        .write(move |tx| {
            let send = send.clone();
            Box::pin(async move {
                storage::keep_until(
                    tx,
                    send.scope_id,
                    &send.event_id,
                    send.subscription_id,
                    until,
                )
                .await
            })
        })
        .await
}

async fn count_attempt(platform: &Platform, send: &Send) -> Result<(), DbErr> {
    let send = send.clone();
    platform
        .db
        .write(move |tx| {
            let send = send.clone();
            Box::pin(async move {
                storage::count_attempt(tx, send.scope_id, &send.event_id, send.subscription_id)
                    .await
            })
        })
        .await
}
