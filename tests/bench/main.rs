//! `make bench`: real baskets put together by two phones each, then what one exchange costs. Figures are of the machine
//! it runs on; what counts is their ratio within one run.
//!
//! `--quotes` works out quotes alone, `--pushes` sends pushes alone.
//!
//! `--lose-a-line` plants a loss after the baskets were put together: the run must then fail, or it proves nothing.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench plays phones, which make ids of their own, and stands outside the server's clock"
)]

#[path = "../api/app.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod app;
mod baskets;
#[path = "../api/device.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod device;
mod exchanges;
mod growth;
mod landed_cost;
#[path = "../api/market.rs"]
mod market;
#[path = "../api/phone.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod phone;
mod push;
mod streams;
mod wire;

use app::TestApp;
use std::process::ExitCode;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let loses_a_line = std::env::args().any(|argument| argument == "--lose-a-line");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if std::env::args().any(|argument| argument == streams::SERVE) {
        runtime.block_on(streams::serve());
        return ExitCode::SUCCESS;
    }
    if std::env::args().any(|argument| argument == push::SEND) {
        return told(runtime.block_on(push::send()));
    }
    if std::env::args().any(|argument| argument == "--pushes") {
        return told(runtime.block_on(push::run()));
    }
    let baskets = match std::env::var_os("SAMPAN_DATA") {
        Some(folder) if std::env::args().any(|argument| argument == "--quotes") => {
            return told(runtime.block_on(landed_cost::run(folder.as_ref())));
        }
        Some(folder) => runtime.block_on(async {
            baskets::run(folder.as_ref(), loses_a_line).await?;
            landed_cost::run(folder.as_ref()).await
        }),
        None => {
            println!("SKIPPED real baskets: SAMPAN_DATA does not name the folder of the data sets");
            Ok(())
        }
    };
    if let Err(difference) = baskets {
        println!("FAILED real baskets: {difference}");
        return ExitCode::FAILURE;
    }
    let rest = runtime.block_on(async {
        exchanges::run().await?;
        growth::run(&app::spawn_app().await).await?;
        streams::run().await?;
        push::run().await
    });
    told(rest)
}

fn told(end: Result<(), String>) -> ExitCode {
    match end {
        Ok(()) => ExitCode::SUCCESS,
        Err(miss) => {
            println!("FAILED {miss}");
            ExitCode::FAILURE
        }
    }
}
