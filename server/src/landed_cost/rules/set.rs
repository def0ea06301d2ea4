//! All rules that hold, read once and kept until somebody imports.

use crate::{
    landed_cost::rules::{
        files,
        layers::{Held, Layer, settle},
        row::{RuleMistake, RuleRow},
        ships, storage,
    },
    platform::{clock::Clock, db::Db, ids::Ids},
};
use sampan_engine::{freight::Tariffs, landed_cost::Rules};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use std::{
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// How old the set in memory may be.
const VERSION_CHECK: Duration = Duration::from_secs(1);
/// No look was taken yet, or somebody in this process imported.
const NEVER: u64 = u64::MAX;

/// What a quote is worked out by.
#[derive(Debug)]
pub struct RuleSet {
    /// Of the imports; 0 while there are none.
    pub version: i64,
    /// Another text for every other set, also when another build ships other rows.
    pub fingerprint: String,
    pub rules: Rules,
    pub freight: Tariffs,
    /// Every row with the days left to it, lowest layer first.
    pub held: Vec<Held>,
}

impl RuleSet {
    /// The set of these imports over what ships. A row that an older build let in and this one cannot read is left out,
    /// before it covers anything, and told in the log.
    fn of(version: i64, imports: Vec<Layer>) -> Self {
        let mut layers = vec![ships::layer()];
        layers.extend(imports.into_iter().map(readable));
        let held = settle(&layers);
        let rows: Vec<_> = held.iter().map(|held| held.row.clone()).collect();
        let taken = match files::read(&rows) {
            Ok(taken) => taken,
            Err(mistakes) => {
                tell(&mistakes);
                assert!(
                    layers.len() > 1,
                    "BUG: the rules that ship are read by a test"
                );
                return Self::of(version, Vec::new());
            }
        };
        Self {
            version,
            fingerprint: format!("{version}-{}", of_what_ships()),
            rules: taken.rules.build(),
            freight: taken.freight.indexed(),
            held,
        }
    }

    /// What ships, with nothing over it.
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: OnceLock<Arc<RuleSet>> = OnceLock::new();
        SHIPPED
            .get_or_init(|| Arc::new(Self::of(0, Vec::new())))
            .clone()
    }
}

/// A layer without the rows that this build cannot read.
fn readable(layer: Layer) -> Layer {
    let is_readable = |row: &&RuleRow| match files::read(std::slice::from_ref(*row)) {
        Ok(_) => true,
        Err(mistakes) => {
            tell(&mistakes);
            false
        }
    };
    Layer {
        rows: layer.rows.iter().filter(is_readable).cloned().collect(),
        ..layer
    }
}

fn tell(mistakes: &[RuleMistake]) {
    for mistake in mistakes {
        tracing::error!(%mistake, "a stored rule cannot be read and is left out");
    }
}

/// Eight hexadecimal digits of the files that ship.
fn of_what_ships() -> &'static str {
    static FINGERPRINT: OnceLock<String> = OnceLock::new();
    FINGERPRINT.get_or_init(|| {
        let mut hash = Sha256::new();
        for (_, text) in ships::WHAT_SHIPS {
            hash.update(text);
        }
        hash.finalize()
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    })
}

/// The rules as other files of the room ask them; cheap to clone.
#[derive(Clone)]
pub struct RuleBook {
    pub(super) db: Db,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) ids: Arc<dyn Ids>,
    shared: Arc<Shared>,
}

struct Shared {
    set: RwLock<Arc<RuleSet>>,
    refresh: tokio::sync::Mutex<()>,
    started: Instant,
    /// Milliseconds after `started` of the last look at the version.
    checked: AtomicU64,
}

impl RuleBook {
    pub fn new(db: Db, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        let shared = Shared {
            set: RwLock::new(RuleSet::shipped()),
            refresh: tokio::sync::Mutex::default(),
            started: Instant::now(),
            checked: AtomicU64::new(NEVER),
        };
        Self {
            db,
            clock,
            ids,
            shared: Arc::new(shared),
        }
    }

    /// The rules, at most a second old.
    pub async fn current(&self) -> Result<Arc<RuleSet>, DbErr> {
        let now = self.shared.started.elapsed().as_millis() as u64;
        let checked = self.shared.checked.load(Ordering::Acquire);
        if checked != NEVER && now < checked + VERSION_CHECK.as_millis() as u64 {
            return Ok(self.present());
        }
        self.newest().await
    }

    /// The rules as they are now. It looks over a connection that no transaction can hold.
    pub async fn newest(&self) -> Result<Arc<RuleSet>, DbErr> {
        let _one_at_a_time = self.shared.refresh.lock().await;
        let now = self.shared.started.elapsed().as_millis() as u64;
        let checked = self.shared.checked.load(Ordering::Acquire);
        let connection = self.db.apart();
        let present = self.present();
        let set = if storage::version(connection).await? == present.version {
            present
        } else {
            let (version, layers) = storage::load(&self.db).await?;
            let fresh = Arc::new(RuleSet::of(version, layers));
            *self
                .shared
                .set
                .write()
                .unwrap_or_else(PoisonError::into_inner) = fresh.clone();
            fresh
        };
        // Somebody who imported meanwhile wants another look.
        let _ =
            self.shared
                .checked
                .compare_exchange(checked, now, Ordering::AcqRel, Ordering::Acquire);
        Ok(set)
    }

    /// This process imported: the next reader looks at once.
    pub(super) fn written(&self) {
        self.shared.checked.store(NEVER, Ordering::Release);
    }

    fn present(&self) -> Arc<RuleSet> {
        self.shared
            .set
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sampan_engine::{time::Day, trade::CountryCode};
    use uuid::Uuid;

    fn duty(hs: &str, rate: &str) -> RuleRow {
        let fields = [
            ("territory", "EU"),
            ("hs", hs),
            ("rate", rate),
            ("as_of", "2026-11-01"),
            ("review_by", "2027-06-30"),
            ("source", "a test"),
            ("confidence", "firm"),
        ];
        RuleRow {
            kind: "duty_rates",
            line: 2,
            fields: fields
                .map(|(column, text)| (column.to_owned(), text.to_owned()))
                .into(),
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_left_out_alone_and_covers_nothing() {
        let rows = [duty("610910", "three"), duty("691110", "1.5%")];
        let import = Layer {
            origin: Some(Uuid::from_u128(1)),
            rows: rows.into(),
        };
        let set = RuleSet::of(1, vec![import]);
        let day = Day::parse("2026-11-26").expect("a day");
        let germany = CountryCode::parse("DE").expect("a country");
        let territory = set.rules.territory(germany, day).expect("the Union");
        let rates = |set: &RuleSet, hs: &str| -> Vec<String> {
            let rows = set.rules.duties(territory, hs, day);
            rows.iter().map(|row| row.rate.to_string()).collect()
        };
        assert_eq!(rates(&set, "691110"), ["1.5%"]);
        let shipped = rates(&RuleSet::shipped(), "610910");
        assert!(!shipped.is_empty());
        assert_eq!(rates(&set, "610910"), shipped);
    }
}
