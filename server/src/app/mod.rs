//! The only place that knows every room: builds them, routes to them, hands jobs over.

mod backup;
mod demo;
mod docs;
mod erasure;
mod health;
mod import;
mod jobs;
mod middleware;
mod openapi;
mod problems;
mod roles;
mod serve;
mod shell;

pub use backup::{Contents, backup, check, copy, put_back, restore, verify};
pub use import::{Import, import};
pub use jobs::{LANES, Runner};
pub use openapi::print_openapi;
pub use roles::{RoleVerb, role};
pub use serve::{install_crypto, listen, migrate, renew_epoch, serve};

use crate::{
    accounts, cart, catalog, checkout, hooks, landed_cost, orders, payments,
    planted::Planted,
    platform::{
        Platform,
        assets::Assets,
        clock,
        config::Config,
        db::Db,
        events::{Events, LocalEvents, NatsEvents},
        ids,
        keys::Keys,
        mail::{self, FileMailer, Mailer},
        outbox::{self, Outbox},
        smtp::{self, SmtpMailer},
    },
    push,
    scope::dataset,
    sellers,
    shipments::{
        self,
        carriers::poll::{JsonPoll, Poll},
    },
    stock, sync,
};
use actix_web::web;
use std::sync::Arc;
use utoipa_actix_web::service_config::ServiceConfig;

/// Why the server cannot start, in words for the operator.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// Every room, built over one platform.
#[derive(Clone)]
pub struct Rooms {
    pub platform: Platform,
    pub accounts: accounts::Accounts,
    pub catalog: catalog::Catalog,
    pub landed_cost: landed_cost::LandedCost,
    pub payments: payments::Payments,
    pub checkouts: checkout::Checkouts,
    pub sync: sync::Sync,
    pub push: push::Push,
    /// The carrier that is asked instead of calling.
    pub polled: Option<Arc<dyn Poll>>,
    pub assets: Assets,
}

/// What tests bring instead of the machine's own.
pub struct Sources {
    pub clock: Arc<dyn clock::Clock>,
    pub ids: Arc<dyn ids::Ids>,
}

impl Sources {
    /// The machine's clock (or the file of `SAMPAN_CLOCK`) and randomness.
    pub fn of_machine(config: &Config) -> Result<Self, StartError> {
        let clock: Arc<dyn clock::Clock> = match config.clock.as_deref() {
            None => Arc::new(clock::SystemClock),
            Some(told) => {
                let path = told
                    .strip_prefix("file:")
                    .ok_or("SAMPAN_CLOCK must be file:PATH")?;
                Arc::new(clock::FileClock(path.into()))
            }
        };
        Ok(Self {
            clock,
            ids: Arc::new(ids::SystemIds),
        })
    }
}

/// How the server is built, where a bench compares or a test plants a bug.
#[derive(Clone, Copy)]
pub struct Tuning {
    /// Exchanges that one transaction takes at most.
    pub max_exchanges: usize,
    pub planted: Planted,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            max_exchanges: sync::MAX_EXCHANGES,
            planted: Planted::default(),
        }
    }
}

/// Connects, migrates, reads or makes the keys, and builds the rooms.
pub async fn build(config: Config, sources: Sources) -> Result<Rooms, StartError> {
    build_with(config, sources, Tuning::default()).await
}

/// [`build`], tuned.
pub async fn build_with(
    config: Config,
    sources: Sources,
    tuning: Tuning,
) -> Result<Rooms, StartError> {
    if let Some(refusal) = config.refusal() {
        return Err(refusal.into());
    }
    let mailer = mailer(&config, &sources)?;
    let db = Db::connect(&config.database).await?;
    sampan_migrations::up(db.writer()).await?;
    dataset::ensure(&db, &*sources.ids).await?;
    let keys = Keys::load_or_create(
        &config.keys_file,
        dataset::is_empty(&db).await?,
        &*sources.ids,
    )?;
    let events: Arc<dyn Events> = match &config.events_url {
        Some(url) => Arc::new(NatsEvents::connect(url).await?),
        None => Arc::new(LocalEvents::default()),
    };
    let platform = Platform {
        outbox: Outbox::new(sources.clock.clone(), sources.ids.clone()),
        db,
        clock: sources.clock,
        ids: sources.ids,
        keys: Arc::new(keys),
        config: Arc::new(config),
        events,
        mailer,
        planted: tuning.planted,
    };
    crate::platform::token::sign(&platform, uuid::Uuid::nil(), uuid::Uuid::nil())
        .and_then(|token| crate::platform::token::verify(&platform, &token))
        .map_err(|problem| format!("tokens cannot be signed: {problem}"))?;
    let catalog = catalog::Catalog::new(platform.clone());
    let carts = cart::Carts::new(catalog.clone(), tuning.planted);
    let landed_cost = landed_cost::LandedCost::new(platform.clone(), catalog.clone());
    let payments = payments::Payments::new(platform.clone());
    let checkouts =
        checkout::Checkouts::new(platform.clone(), landed_cost.clone(), payments.clone());
    let sync = sync::Sync::start(
        platform.clone(),
        sync::SyncedRooms::new(carts, checkouts.clone(), tuning.planted),
        tuning.max_exchanges,
    );
    outbox::ensure_recurring(
        &platform.db,
        &*platform.clock,
        sync::SWEEP_JOB,
        "sync.sweep",
    )
    .await?;
    outbox::ensure_recurring(
        &platform.db,
        &*platform.clock,
        stock::SWEEP_JOB,
        "stock.sweep",
    )
    .await?;
    outbox::ensure_recurring(
        &platform.db,
        &*platform.clock,
        stock::PROVE_JOB,
        "stock.prove",
    )
    .await?;
    outbox::ensure_recurring(
        &platform.db,
        &*platform.clock,
        landed_cost::SWEEP_JOB,
        "landed_cost.sweep",
    )
    .await?;
    let push = push::Push::new(platform.clone());
    let polled = JsonPoll::of(&platform, |name| payments.provider(name).is_some())?;
    let polled = polled.map(|carrier| Arc::new(carrier) as Arc<dyn Poll>);
    let assets = Assets::new(platform.config.app_dir.clone(), platform.db.clone());
    assets.remember(platform.now()).await?;
    let rooms = Rooms {
        accounts: accounts::Accounts::new(platform.clone()),
        platform,
        catalog,
        landed_cost,
        payments,
        checkouts,
        sync,
        push,
        polled,
        assets,
    };
    if rooms.platform.config.demo {
        demo::open(&rooms).await?;
    }
    Ok(rooms)
}

/// The way out for mail: the relay that the operator names, else a folder.
fn mailer(config: &Config, sources: &Sources) -> Result<Arc<dyn Mailer>, StartError> {
    if config
        .mail_from
        .as_deref()
        .is_some_and(|from| !mail::is_mailbox(from))
    {
        return Err("SAMPAN_MAIL_FROM must be one mailbox, such as orders@example.org".into());
    }
    match (&config.smtp_url, &config.mail_from) {
        (Some(url), Some(from)) => {
            let mailer = SmtpMailer::new(url, from, sources.clock.clone(), smtp::PATIENCE)?;
            Ok(Arc::new(mailer))
        }
        (Some(_), None) => Err(
            "SAMPAN_SMTP_URL needs SAMPAN_MAIL_FROM: the mailbox that the relay \
             lets you write from"
                .into(),
        ),
        (None, from) => Ok(Arc::new(FileMailer {
            folder: config.mail_dir.clone(),
            from: from
                .clone()
                .unwrap_or_else(|| mail::sender(&config.public_url())),
        })),
    }
}

/// Everything under `/api/v1`.
fn api(config: &mut ServiceConfig) {
    accounts::routes(config);
    catalog::routes(config);
    push::routes(config);
    cart::routes(config);
    landed_cost::routes(config);
    landed_cost::operator_routes(config);
    checkout::routes(config);
    payments::routes(config);
    orders::routes(config);
    shipments::routes(config);
    sellers::routes(config);
    hooks::routes(config);
    sync::routes(config);
}

/// The handles that handlers ask for.
fn data(rooms: &Rooms, config: &mut web::ServiceConfig) {
    config
        .app_data(web::Data::new(rooms.platform.clone()))
        .app_data(web::Data::new(rooms.accounts.clone()))
        .app_data(web::Data::new(rooms.catalog.clone()))
        .app_data(web::Data::new(rooms.push.clone()))
        .app_data(web::Data::new(rooms.landed_cost.clone()))
        .app_data(web::Data::new(rooms.payments.clone()))
        .app_data(web::Data::new(rooms.checkouts.clone()))
        .app_data(web::Data::new(rooms.sync.clone()))
        .app_data(web::Data::new(rooms.assets.clone()));
}
