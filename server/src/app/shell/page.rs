//! The addresses of the app, and what each page already knows when it is sent.

use super::language::query_value;
use crate::{
    catalog::Catalog,
    platform::{problem::Problem, texts::text},
};
use actix_web::{HttpRequest, http::StatusCode};
use sampan_engine::money::Currency;
use serde_json::{Map, Value};

/// Where the app keeps a shopper's currency.
const CURRENCY_COOKIE: &str = "sampan_currency";

/// What the shell says about a page.
pub struct Page {
    pub status: StatusCode,
    pub title: String,
    pub description: String,
    /// Address of the picture that the first paint waits for.
    pub image: Option<String>,
    pub currency: Currency,
    /// The data island.
    pub data: Map<String, Value>,
}

/// An address that the app has a screen for.
enum Screen<'a> {
    Home,
    Search,
    Shop(&'a str),
    Product(&'a str),
    /// Its data is the shopper's own and comes from the phone.
    Own,
}

/// Reads the address and fetches what its screen shows first.
pub async fn load(
    request: &HttpRequest,
    language: &str,
    _catalog: &Catalog,
) -> Result<Page, Problem> {
    let mut page = Page {
        status: StatusCode::OK,
        title: "Sampan".to_owned(),
        description: text(language, "shell-description", &[]),
        image: None,
        currency: currency(request),
        data: Map::new(),
    };
    match screen(request.path()) {
        Some(
            Screen::Home | Screen::Search | Screen::Shop(_) | Screen::Product(_) | Screen::Own,
        ) => {}
        None => page.status = StatusCode::NOT_FOUND,
    }
    Ok(page)
}

fn screen(path: &str) -> Option<Screen<'_>> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        [""] => Some(Screen::Home),
        ["search"] => Some(Screen::Search),
        ["s", slug] if !slug.is_empty() => Some(Screen::Shop(slug)),
        ["p", sku] if !sku.is_empty() => Some(Screen::Product(sku)),
        ["index.html" | "cart" | "checkout" | "orders" | "wishlist" | "you" | "sell"]
        | ["login" | "register" | "forgot" | "reset" | "confirm-email"]
        | ["you", "sync" | "devices" | "addresses"] => Some(Screen::Own),
        ["orders" | "o" | "sell", id] if !id.is_empty() => Some(Screen::Own),
        _ => None,
    }
}

fn currency(request: &HttpRequest) -> Currency {
    query_value(request, "currency")
        .and_then(|code| Currency::parse(&code))
        .or_else(|| Currency::parse(request.cookie(CURRENCY_COOKIE)?.value()))
        .unwrap_or(Currency::EUR)
}
