//! Files in: shops, catalogues, reference rates. A file goes in whole or not at all, in one transaction, and a refused
//! one is answered with every mistake: line, column, what to change.

pub mod catalogue;
pub mod catalogue_map;
mod cells;
mod fx;
mod pictures;
mod shops;
mod stock;
mod table;
mod write;

pub use catalogue::CatalogueImport;
pub use fx::FxReport;
pub use pictures::Pictures;
pub use stock::{StockImport, StockReport};

use crate::platform::{
    Platform,
    clock::Clock,
    db::{self, Db, Tx, WriteError},
    ids::Ids,
};
use sea_orm::DbErr;
use std::{fmt, sync::Arc};

/// The largest file taken.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// The most rows a file may have.
pub const MAX_ROWS: usize = 50_000;
/// Mistakes told of one file; there may be more.
pub const MAX_MISTAKES: usize = 200;

/// Takes files in. Needs only a clock and ids, so the command line can import beside a running server.
#[derive(Clone)]
pub struct Importer {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

/// What an import of a catalogue did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub rows: usize,
    pub products: usize,
    pub added: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub unlisted: usize,
}

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// As an editor counts, the header being line 1.
    pub line: u64,
    /// As the file calls it.
    pub column: String,
    /// What is wrong, and what to change.
    pub detail: String,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("there is no shop {0:?}; create it first with: sampan import shops FILE")]
    UnknownShop(String),
    /// About the file or the map as a whole.
    #[error("{0}")]
    File(String),
    #[error("{}", Mistakes(.0))]
    Rows(Vec<RowError>),
    /// Everything was right, and is rolled back as asked.
    #[error("a dry run writes nothing")]
    DryRun(Report),
    #[error("a dry run writes nothing")]
    StockDryRun(StockReport),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl WriteError for ImportError {
    fn database(&self) -> Option<&DbErr> {
        match self {
            ImportError::Database(error) => Some(error),
            _ => None,
        }
    }
}

struct Mistakes<'a>(&'a [RowError]);

impl fmt::Display for Mistakes<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in self.0 {
            writeln!(formatter, "{mistake}")?;
        }
        let more = if self.0.len() >= MAX_MISTAKES {
            " or more"
        } else {
            ""
        };
        let word = if self.0.len() == 1 {
            "mistake"
        } else {
            "mistakes"
        };
        write!(
            formatter,
            "{}{more} {word}; nothing was imported.",
            self.0.len()
        )
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "line {}, {}: {}",
            self.line, self.column, self.detail
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} rows, {} products: {} added, {} updated, {} unchanged, {} unlisted.",
            self.rows, self.products, self.added, self.updated, self.unchanged, self.unlisted
        )
    }
}

impl Importer {
    pub fn of(platform: &Platform) -> Self {
        Self {
            clock: platform.clock.clone(),
            ids: platform.ids.clone(),
        }
    }

    /// Imports a catalogue in a transaction of its own; a dry run is rolled back and still answers its report.
    pub async fn catalogue(&self, db: &Db, import: CatalogueImport) -> Result<Report, ImportError> {
        let (importer, import) = (self.clone(), Arc::new(import));
        let result = db
            .write(move |tx| {
                let (importer, import) = (importer.clone(), import.clone());
                Box::pin(async move {
                    let report = importer.catalogue_in(tx, &import).await?;
                    if import.dry_run {
                        return Err(ImportError::DryRun(report));
                    }
                    Ok(report)
                })
            })
            .await;
        match result {
            Err(ImportError::DryRun(report)) => Ok(report),
            result => result,
        }
    }

    /// Imports a catalogue in the caller's transaction.
    pub async fn catalogue_in(
        &self,
        tx: &Tx,
        import: &CatalogueImport,
    ) -> Result<Report, ImportError> {
        catalogue::run(self, tx, import).await
    }

    /// Imports shops: new ones are added, known ones updated. Answers how many there were.
    pub async fn shops_in(
        &self,
        tx: &Tx,
        bytes: &[u8],
        pictures: &Pictures,
    ) -> Result<usize, ImportError> {
        shops::run(self, tx, bytes, pictures).await
    }

    /// The same in a transaction of its own.
    pub async fn shops(
        &self,
        db: &Db,
        bytes: Vec<u8>,
        pictures: Pictures,
    ) -> Result<usize, ImportError> {
        let (importer, file) = (self.clone(), Arc::new((bytes, pictures)));
        db.write(move |tx| {
            let (importer, file) = (importer.clone(), file.clone());
            Box::pin(async move { importer.shops_in(tx, &file.0, &file.1).await })
        })
        .await
    }

    /// Imports reference rates: ECB's daily XML, its history CSV, or `date,currency,rate`.
    pub async fn fx(&self, db: &Db, bytes: &[u8]) -> Result<FxReport, ImportError> {
        let rates = Arc::new(fx::read(bytes)?);
        db.write(move |tx| {
            let rates = rates.clone();
            Box::pin(async move { fx::save(tx, &rates).await })
        })
        .await
    }

    /// The same in the caller's transaction.
    pub async fn fx_in(&self, tx: &Tx, bytes: &[u8]) -> Result<FxReport, ImportError> {
        fx::save(tx, &fx::read(bytes)?).await
    }
}

/// Tells every server that something changed.
pub(super) async fn move_version(tx: &Tx) -> Result<(), DbErr> {
    let text = "UPDATE catalogue_version SET version = version + 1 WHERE id = 1";
    db::execute(tx, text, []).await.map(|_| ())
}
