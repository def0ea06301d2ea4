//! A seeded world, made to catch the server breaking a promise of sync.
//!
//! A handful of phones of one or two shoppers tap, talk, lose requests and replies, go back to older copies of
//! themselves, get cloned, wiped, logged out, have wrong clocks; sellers reprice, pack and ship; carriers report twice;
//! statements fail, the server dies, restarts, and comes back from a backup. All of it is the real server over HTTP.
//! An oracle that keeps every tap for ever works out by itself what must be true, and holds every reply against it:
//! `oracle` (exchanges), `merge` (a line), `trade` (checkouts). It never asks the server what became of an op.
//!
//! Everything random comes from the seed, and steps are taken one after another, so a seed replays exactly:
//! `make world SEEDS=17` lives one again and prints all of it, `make world SEEDS=0..2000` a range.
//! A failure prints its seed, the database, and the last steps.

#![expect(
    clippy::disallowed_methods,
    reason = "a world makes its own ids and stands outside the server's clock"
)]

#[path = "../api/app.rs"]
#[expect(dead_code, reason = "the API's tests use more of it")]
mod app;
mod chance;
mod crash;
mod doors;
mod end;
mod host;
mod judge;
mod looks;
mod merge;
mod network;
mod oracle;
mod phone;
mod planted;
mod runs;
mod scope;
mod staff;
mod steps;
mod taps;
mod template;
mod trace;
mod trade;
mod vectors;

/// Returns early with the promise that was broken.
macro_rules! promise {
    ($kept:expr, $($words:tt)+) => {
        if !$kept {
            return Err($crate::oracle::Broken(format!($($words)+)));
        }
    };
}
use promise;

use chance::Chance;
use host::Host;
use network::Late;
use oracle::{Kept, Oracle, Scope};
use phone::{Phone, Store};
use sampan::{planted::Planted, scope::dataset};
use std::collections::{BTreeMap, HashMap};
use template::{OFFERS, Offer};
use tokio::sync::watch;
use trace::Trace;
use trade::Shelf;
use uuid::Uuid;

/// One run: a seed, its server, its people, and the oracle.
pub struct World {
    chance: Chance,
    host: Host,
    oracle: Oracle,
    phones: Vec<Phone>,
    late: Vec<Late>,
    backup: Option<BTreeMap<Uuid, Scope>>,
    pokes: HashMap<Uuid, watch::Receiver<i64>>,
    offers: Vec<Offer>,
    shelf: Shelf,
    sellers: [Uuid; 2],
    /// Checkouts that were ever queued: shopper and intent.
    intents: Vec<(usize, String)>,
    starts: usize,
    exchanges: usize,
    /// The last reply was not the whole story.
    has_more: bool,
    trace: Trace,
    clocks: Clocks,
}

/// What the phones' clocks show too much from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clocks {
    /// Each by its own constant, up to weeks.
    Wrong,
    Right,
}

impl World {
    pub async fn new(seed: u64, planted: Planted, clocks: Clocks) -> Self {
        let host = Host::open(seed, planted).await;
        let sellers = template::of_this_process().await.sellers;
        let reader = host.rooms().platform.db.reader();
        let oracle = Oracle {
            epoch: dataset::epoch(reader).await.expect("an epoch"),
            ..Oracle::default()
        };
        let mut world = Self {
            chance: Chance::new(seed),
            host,
            oracle,
            phones: Vec::new(),
            late: Vec::new(),
            backup: None,
            pokes: HashMap::new(),
            offers: OFFERS.to_vec(),
            shelf: Shelf::default(),
            sellers,
            intents: Vec::new(),
            starts: 0,
            exchanges: 0,
            has_more: false,
            trace: Trace::default(),
            clocks,
        };
        world.show_shelf();
        world.people_arrive();
        world
    }

    /// Two to five phones of one shopper, and sometimes a second shopper with one or two.
    fn people_arrive(&mut self) {
        for _ in 0..self.chance.between(2..=5) {
            self.add_phone(0);
        }
        if self.chance.percent(50) {
            for _ in 0..self.chance.between(1..=2) {
                self.add_phone(1);
            }
        }
    }

    fn add_phone(&mut self, shopper: usize) -> usize {
        let now = self.host.now_ms();
        let index = self.phones.len();
        let wrong = self.chance.between(-40 * 86_400_000..=40 * 86_400_000);
        // The constant is known to the phone's clock alone; ids are made from the seed, not from the clock.
        let store = Store::new(&mut self.chance, now);
        self.phones.push(Phone {
            name: format!("{}{index}", ["a", "b"][shopper]),
            shopper,
            store,
            copy: None,
            token: None,
            cookie: None,
            is_signed_out: false,
            clock_error: if self.clocks == Clocks::Wrong {
                wrong
            } else {
                0
            },
            in_flight: None,
        });
        index
    }

    /// So many steps, then rest, then everything must agree.
    pub async fn live(&mut self, steps: usize) -> Kept {
        for _ in 0..steps {
            self.step().await?;
        }
        self.comes_to_rest().await?;
        self.all_agree().await?;
        self.rush().await
    }
}
