//! The API as clients see it. Each test starts the real server on a free port, over its own database.

mod accounts;
mod app;
mod catalog;
mod catalog_import;
pub mod device;
mod health;
mod market;
pub mod phone;
mod push;
mod shell;
mod sync;

pub use app::{TestApp, spawn_app, spawn_app_with};
