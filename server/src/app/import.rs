//! `sampan import …`: files into a database, beside a running server or without one.

use crate::{
    app::StartError,
    catalog::{CatalogueImport, ImportError, Importer, Map, Pictures, StockImport, StockReport},
    landed_cost::{Format, ImportAsk, ImportError as RuleImportError, RuleBook},
    platform::{clock::SystemClock, db::Db, ids::SystemIds},
};
use clap::{Args, Subcommand};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// What to import, and from where.
#[derive(Subcommand)]
pub enum Import {
    /// A shop's products: one CSV row a variant (server/demo/FORMAT.md tells the columns)
    #[command(
        after_help = "Examples:\n  sampan import catalogue products.csv --shop my-shop --dry-run\n  \
                      sampan import catalogue theirs.csv --shop my-shop --map server/demo/maps/online-retail.json\n\n\
                      A map is a JSON object of our column to a template: {\"sku\": \"{code}\", \"currency\": \"GBP\",\n\
                      \"picture\": \"{image}.webp\"}. {name} is a column of the file, anything else stands for itself."
    )]
    Catalogue(CatalogueArgs),
    /// Shops: one CSV row a shop; known ones are updated
    Shops(FileArgs),
    /// Shared warehouses: slug, name, country, place, handling_days; known ones are updated
    Warehouses(FileArgs),
    /// Counts of stock: sku, on_hand, and if you like warehouse (empty: the maker's own) and low_mark
    Stock(StockArgs),
    /// Rules of customs, tax and freight: our own CSV (server/rules/FORMAT.md), a commodity of the UK Trade Tariff (JSON,
    /// also of its Northern Ireland path), or the tariff of the United States (CSV or JSON)
    #[command(
        after_help = "Examples:\n  sampan import rules duty_rates.csv --dry-run\n  sampan import rules 6109100010.json --format uk_tariff"
    )]
    Rules(RulesArgs),
    /// Reference rates: ECB's daily XML, its history CSV, or date,currency,rate
    Fx(FileArgs),
}

#[derive(Args)]
pub struct CatalogueArgs {
    #[command(flatten)]
    file: FileArgs,
    /// The shop's slug
    #[arg(long)]
    shop: String,
    /// Reads other people's CSV: a JSON file that names their columns
    #[arg(long)]
    map: Option<PathBuf>,
    /// Take off what the file does not name
    #[arg(long)]
    replace: bool,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub struct StockArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub struct RulesArgs {
    #[command(flatten)]
    file: FileArgs,
    /// uk_tariff, usitc_csv, usitc_json or own; without it the content tells
    #[arg(long)]
    format: Option<String>,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Args)]
pub struct FileArgs {
    file: PathBuf,
    /// Folder of the .webp files that the file names; without it pictures are left as they are
    #[arg(long)]
    pictures: Option<PathBuf>,
    /// Database: sqlite://FILE or postgres://…
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://sampan.db",
        hide_env_values = true
    )]
    database: String,
}

/// Imports one file and prints what became of it.
pub async fn import(import: Import) -> Result<(), StartError> {
    let importer = Importer {
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
    };
    match import {
        Import::Catalogue(args) => {
            let db = args.file.connect().await?;
            let map = args
                .map
                .as_deref()
                .map(|path| Map::parse(&read(path)?))
                .transpose()?;
            let import = CatalogueImport {
                shop: args.shop,
                bytes: read(&args.file.file)?,
                map,
                pictures: args.file.pictures(),
                replace: args.replace,
                dry_run: args.dry_run,
            };
            let report = importer.catalogue(&db, import).await?;
            println!(
                "{report}{}",
                if args.dry_run {
                    " Nothing was written: this was a dry run."
                } else {
                    ""
                }
            );
        }
        Import::Shops(args) => {
            let db = args.connect().await?;
            let shops = importer
                .shops(&db, read(&args.file)?, args.pictures())
                .await?;
            println!("{shops} shops.");
        }
        Import::Warehouses(args) => {
            let db = args.connect().await?;
            let warehouses = importer.warehouses(&db, read(&args.file)?).await?;
            println!("{warehouses} warehouses.");
        }
        Import::Stock(args) => {
            let db = args.file.connect().await?;
            let import = StockImport {
                bytes: read(&args.file.file)?,
                shops: None,
                dry_run: args.dry_run,
            };
            let StockReport { rows, changed } = importer.stock(&db, import).await?;
            println!("{rows} counts, {changed} of them new.");
        }
        Import::Rules(args) => rules(args).await?,
        Import::Fx(args) => {
            let db = args.connect().await?;
            println!("{}", importer.fx(&db, &read(&args.file)?).await?);
        }
    }
    Ok(())
}

async fn rules(args: RulesArgs) -> Result<(), StartError> {
    let format = match args.format.as_deref() {
        None => None,
        Some(name) => Some(
            Format::parse(name)
                .ok_or("--format is one of uk_tariff, usitc_csv, usitc_json and own")?,
        ),
    };
    let name = args.file.file.file_name().unwrap_or_default();
    let ask = ImportAsk {
        format,
        file_name: name.to_string_lossy().into_owned(),
        text: String::from_utf8(read(&args.file.file)?).map_err(|_| "the file is not UTF-8")?,
        by: None,
        dry_run: args.dry_run,
    };
    let db = args.file.connect().await?;
    let book = RuleBook::new(db, Arc::new(SystemClock), Arc::new(SystemIds));
    match book.import(&ask).await {
        Ok(report) => println!("{report}"),
        Err(RuleImportError::Database(error)) => return Err(error.into()),
        Err(RuleImportError::Mistakes(mistakes)) => {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            return Err(format!("nothing was imported:\n{}", told.join("\n")).into());
        }
    }
    Ok(())
}

impl FileArgs {
    async fn connect(&self) -> Result<Db, StartError> {
        let db = Db::connect(&self.database).await?;
        sampan_migrations::up(db.writer()).await?;
        Ok(db)
    }

    fn pictures(&self) -> Pictures {
        self.pictures
            .clone()
            .map_or(Pictures::LeftOut, Pictures::Folder)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ImportError> {
    std::fs::read(path)
        .map_err(|error| ImportError::File(format!("{} cannot be read: {error}", path.display())))
}
