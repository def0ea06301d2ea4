//! The verbs of the command line.

use clap::Parser;
use sampan::{
    app,
    platform::{config::Config, ids::SystemIds},
};
use std::{path::PathBuf, process::ExitCode};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Small-batch cross-border commerce on a phone.
#[derive(Parser)]
#[command(
    version = sampan::planted::VERSION,
    after_help = "Examples:\n  sampan serve --demo\n  sampan import catalogue products.csv --shop my-shop\n  sampan openapi > openapi.json"
)]
enum Verb {
    /// Serve the API and the app
    Serve(#[command(flatten)] Config),
    /// Bring the database up to date and stop
    Migrate(#[command(flatten)] Config),
    /// Copy the database to a file, also while the server runs, and check the copy
    Backup {
        /// A file that is not there yet
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Check that a database, or a copy of one, is whole and keeps its promises
    Verify {
        /// A copy; without it the database itself is checked
        file: Option<PathBuf>,
        #[command(flatten)]
        config: Config,
    },
    /// Put a copy in the database's place; what was there is kept
    Restore {
        /// A file that `sampan backup` made
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Take a file in: whole or not at all, with a report row by row
    #[command(subcommand)]
    Import(app::Import),
    /// Print the OpenAPI document
    Openapi,
    /// Who may do what: seller, operator, rules (imports rules), support (reads)
    #[command(subcommand)]
    Role(app::RoleVerb),
    /// The data set's epoch
    #[command(subcommand)]
    Epoch(EpochVerb),
}

#[derive(clap::Subcommand)]
enum EpochVerb {
    /// After a point-in-time recovery: phones send again what the recovered data may have lost
    Renew(#[command(flatten)] Config),
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Verb::parse() {
        Verb::Serve(config) => app::serve(config).await,
        Verb::Migrate(config) => app::migrate(&config).await,
        Verb::Backup { file, config } => app::backup(&config, &file).await,
        Verb::Verify { file, config } => app::verify(&config, file.as_deref()).await,
        Verb::Restore { file, config } => app::restore(&config, &file, &SystemIds).await,
        Verb::Import(import) => app::import(import).await,
        Verb::Role(verb) => app::role(verb).await,
        Verb::Openapi => app::print_openapi(),
        Verb::Epoch(EpochVerb::Renew(config)) => app::renew_epoch(&config).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sampan: {error}");
            ExitCode::FAILURE
        }
    }
}
