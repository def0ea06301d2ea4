//! The API as clients see it. Each test starts the real server on a free port, over its own database.

mod app;
mod catalog;
mod health;
mod shell;

pub use app::{TestApp, spawn_app, spawn_app_with};
