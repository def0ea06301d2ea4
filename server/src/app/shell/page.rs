//! The addresses of the app, and what each page already knows when it is sent.

use super::language::query_value;
use crate::{
    catalog::{Catalog, ProductQuery, ShopQuery},
    platform::{problem::Problem, texts::text},
};
use actix_web::{HttpRequest, http::StatusCode, web::Query};
use sampan_engine::money::Currency;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

const NAME: &str = "Sampan";
const HOME_SHOPS: usize = 6;
const HOME_PRODUCTS: usize = 8;
const DESCRIPTION_CHARS: usize = 200;
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
enum Screen {
    Home,
    Search,
    Shop(String),
    Product(String),
    /// Its data is the shopper's own and comes from the phone.
    Own,
}

/// Reads the address and fetches what its screen shows first.
pub async fn load(
    request: &HttpRequest,
    language: &str,
    catalog: &Catalog,
) -> Result<Page, Problem> {
    let mut page = Page {
        status: StatusCode::OK,
        title: NAME.to_owned(),
        description: text(language, "shell-description", &[]),
        image: None,
        currency: currency(request),
        data: Map::new(),
    };
    match screen(request.path()) {
        Some(Screen::Home) => page.show_home(catalog).await?,
        Some(Screen::Search) => page.show_search(request, catalog).await?,
        Some(Screen::Shop(slug)) => page.show_shop(&slug, catalog).await?,
        Some(Screen::Product(sku)) => page.show_product(&sku, catalog).await?,
        Some(Screen::Own) => {}
        None => page.status = StatusCode::NOT_FOUND,
    }
    Ok(page)
}

impl Page {
    async fn show_home(&mut self, catalog: &Catalog) -> Result<(), Problem> {
        let shops = ShopQuery {
            limit: Some(HOME_SHOPS),
            cursor: None,
        };
        let shops = catalog.shops(&shops).await?.items;
        let products = self.query(ProductQuery {
            limit: Some(HOME_PRODUCTS),
            ..Default::default()
        });
        let products = catalog.products(&products).await?.items;
        self.tell("home", json!({"shops": shops, "products": products}))
    }

    async fn show_search(
        &mut self,
        request: &HttpRequest,
        catalog: &Catalog,
    ) -> Result<(), Problem> {
        let given = |name: &str| query_value(request, name);
        let query = self.query(ProductQuery {
            q: given("q"),
            shop: given("shop"),
            category: given("category"),
            origin: given("origin"),
            sort: given("sort")
                .and_then(|sort| serde_json::from_value(sort.into()).ok())
                .unwrap_or_default(),
            ..Default::default()
        });
        match catalog.products(&query).await {
            Ok(products) => self.tell("products", products),
            // The screen asks again and says what to change.
            Err(problem) if problem.slug() == "invalid" => Ok(()),
            Err(problem) => Err(problem),
        }
    }

    async fn show_shop(&mut self, slug: &str, catalog: &Catalog) -> Result<(), Problem> {
        let Some(shop) = catalog.shop(slug).await? else {
            self.status = StatusCode::NOT_FOUND;
            return Ok(());
        };
        let products = self.query(ProductQuery {
            shop: Some(slug.to_owned()),
            ..Default::default()
        });
        let products = catalog.products(&products).await?;
        self.title = format!("{} · {NAME}", shop.name);
        self.description = shop.tagline.clone();
        self.tell("shop", shop)?;
        self.tell("products", products)
    }

    async fn show_product(&mut self, sku: &str, catalog: &Catalog) -> Result<(), Problem> {
        let Some(product) = catalog.product(sku, self.currency).await? else {
            self.status = StatusCode::NOT_FOUND;
            return Ok(());
        };
        self.title = format!("{} · {NAME}", product.title);
        self.description = first_sentences(&product.description);
        self.image.clone_from(&product.image);
        self.tell("product", product)
    }

    /// The query in this page's currency.
    fn query(&self, query: ProductQuery) -> ProductQuery {
        ProductQuery {
            currency: Some(self.currency.as_str().to_owned()),
            ..query
        }
    }

    fn tell(&mut self, key: &str, value: impl Serialize) -> Result<(), Problem> {
        let value = serde_json::to_value(value).map_err(Problem::internal)?;
        self.data.insert(key.to_owned(), value);
        Ok(())
    }
}

/// As much of a description as a shared link shows.
fn first_sentences(description: &str) -> String {
    let mut short: String = description.chars().take(DESCRIPTION_CHARS).collect();
    if short.len() < description.len() {
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
        short.push('…');
    }
    short
}

fn screen(path: &str) -> Option<Screen> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        [""] => Some(Screen::Home),
        ["search"] => Some(Screen::Search),
        ["s", slug] if !slug.is_empty() => Some(Screen::Shop(decoded(slug))),
        ["p", sku] if !sku.is_empty() => Some(Screen::Product(decoded(sku))),
        ["index.html" | "cart" | "checkout" | "orders" | "wishlist" | "you" | "sell"]
        | ["login" | "register" | "forgot" | "reset" | "confirm-email"]
        | ["you", "sync" | "devices" | "addresses"] => Some(Screen::Own),
        ["orders" | "o" | "sell", id] if !id.is_empty() => Some(Screen::Own),
        _ => None,
    }
}

/// A part of a path without its percent signs; SKUs and slugs need none.
fn decoded(part: &str) -> String {
    let quoted = format!("part={}", part.replace('+', "%2B"));
    Query::<HashMap<String, String>>::from_query(&quoted)
        .ok()
        .and_then(|query| query.into_inner().remove("part"))
        .unwrap_or_default()
}

fn currency(request: &HttpRequest) -> Currency {
    query_value(request, "currency")
        .and_then(|code| Currency::parse(&code))
        .or_else(|| Currency::parse(request.cookie(CURRENCY_COOKIE)?.value()))
        .unwrap_or(Currency::EUR)
}
