//! Many worlds: known seeds, new ones, the ones asked for; and what a run as a whole must show.

use super::{
    Clocks, World,
    oracle::{Broken, Kept},
    template,
};
use futures_util::{StreamExt, stream};
use sampan::planted::Planted;
use std::{fmt, ops::Range};

/// Steps of a world, and worlds side by side.
const STEPS: usize = 120;
const AT_ONCE: usize = 5;
const KNOWN: Range<u64> = 0..100;
const NEW: u64 = 50;

/// A promise that was broken, and how to see it again.
pub struct Failure {
    pub seed: u64,
    pub broken: Broken,
    pub tail: String,
}

/// What a world that kept its promises can tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    pub exchanges: usize,
    pub phone_days: f64,
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seed, database) = (self.seed, template::backend());
        writeln!(formatter, "\nWORLD {seed} on {database}: {}", self.broken.0)?;
        writeln!(formatter, "{}", self.tail)?;
        writeln!(formatter, "Again: make world SEEDS={seed}")
    }
}

/// Lives one world to its end.
pub async fn live(seed: u64, planted: Planted) -> Result<Told, Box<Failure>> {
    let task = tokio::spawn(async move {
        let mut world = World::new(seed, planted, Clocks::Wrong).await;
        let kept = world.live(STEPS).await;
        ended(seed, world, kept).await
    });
    task.await.unwrap_or_else(|panic| {
        Err(Box::new(Failure {
            seed,
            broken: Broken(format!("the world itself fell over: {panic}")),
            tail: String::new(),
        }))
    })
}

async fn ended(seed: u64, world: World, kept: Kept) -> Result<Told, Box<Failure>> {
    let days = (world.host.now_ms() - crate::app::START.millis()) as f64 / 86_400_000.0;
    let told = Told {
        exchanges: world.exchanges,
        phone_days: days * world.phones.len() as f64,
    };
    let tail = world.trace.tail();
    world.host.close().await;
    match kept {
        Ok(()) => Ok(told),
        Err(broken) => Err(Box::new(Failure { seed, broken, tail })),
    }
}

/// Lives all of them; the first failures are printed whole.
async fn live_all(seeds: impl Iterator<Item = u64>) {
    let worlds = stream::iter(seeds).map(|seed| live(seed, Planted::default()));
    let ends: Vec<_> = worlds.buffer_unordered(AT_ONCE).collect().await;
    let mut all = Told::default();
    let mut failures = Vec::new();
    for end in ends {
        match end {
            Ok(told) => {
                all.exchanges += told.exchanges;
                all.phone_days += told.phone_days;
            }
            Err(failure) => failures.push(failure),
        }
    }
    failures.sort_by_key(|failure| failure.seed);
    println!(
        "{}: {} exchanges, {:.0} phone-days",
        template::backend(),
        all.exchanges,
        all.phone_days
    );
    let seeds: Vec<u64> = failures.iter().map(|failure| failure.seed).collect();
    let shown: Vec<String> = failures.iter().take(3).map(ToString::to_string).collect();
    assert!(
        failures.is_empty(),
        "{}\nbroken worlds: {seeds:?}",
        shown.join("\n")
    );
}

/// `SAMPAN_WORLD_SEEDS=17` or `SAMPAN_WORLD_SEEDS=0..2000`.
pub fn asked_for() -> Option<Range<u64>> {
    let asked = std::env::var("SAMPAN_WORLD_SEEDS").ok()?;
    let number = |text: &str| -> u64 {
        text.parse()
            .expect("SAMPAN_WORLD_SEEDS is like 17 or 0..2000")
    };
    Some(match asked.split_once("..") {
        Some((from, to)) => number(from)..number(to),
        None => number(&asked)..number(&asked) + 1,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn known_worlds_keep_every_promise() {
    live_all(asked_for().unwrap_or(KNOWN)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn new_worlds_keep_every_promise() {
    if asked_for().is_some() {
        return;
    }
    let first = u64::from(uuid::Uuid::new_v4().as_fields().0);
    println!("new seeds: {first}..{}", first + NEW);
    live_all(first..first + NEW).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_replays_exactly() {
    let mut lives = Vec::new();
    for _ in 0..2 {
        let mut world = World::new(7, Planted::default(), Clocks::Wrong).await;
        world.live(STEPS).await.expect("every promise is kept");
        lives.push(world.trace.lines().to_vec());
        world.host.close().await;
    }
    assert_eq!(lives[0], lives[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_any_constant_to_a_phones_clock_changes_nothing() {
    for seed in [3, 11, 19] {
        let mut lives = Vec::new();
        for clocks in [Clocks::Right, Clocks::Wrong] {
            let mut world = World::new(seed, Planted::default(), clocks).await;
            world.live(STEPS).await.expect("every promise is kept");
            let carts: Vec<_> = world
                .oracle
                .scopes
                .values()
                .map(|scope| scope.held(scope.open))
                .collect();
            lives.push((world.trace.lines().to_vec(), carts));
            world.host.close().await;
        }
        assert_eq!(lives[0], lives[1]);
    }
}
