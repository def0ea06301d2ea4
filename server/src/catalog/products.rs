//! Lists of products: search, facets, sorting, pages. A product stands here once, with the face of its first variant.

use super::{
    Catalog,
    listing::ListingShop,
    market::{Market, Product},
    search, words,
};
use crate::platform::problem::{Problem, ProblemBody};
use actix_web::{HttpRequest, HttpResponse, get, web};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sampan_engine::{
    money::{Currency, Money},
    trade::CountryCode,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::IntoParams;

const MAX_PRODUCTS: usize = 60;
const PRODUCTS_A_PAGE: usize = 24;
const MAX_QUERY_CHARS: usize = 200;
/// Values told of one facet, the most frequent first.
const MAX_FACET_VALUES: usize = 50;

/// A product in a list.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductItem {
    pub sku: String,
    pub title: String,
    pub shop: ListingShop,
    pub category: String,
    /// A piece at the minimum quantity, in the currency asked for; the seller's, where no rate is known.
    pub price: Money,
    pub minimum_quantity: i64,
    pub image: Option<String>,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub origin: String,
    /// What a piece costs at the door; null when not calculated.
    pub landed: Option<Money>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProductPage {
    pub items: Vec<ProductItem>,
    pub facets: Facets,
    pub next_cursor: Option<String>,
}

/// How many products there are by each value, each facet counted without its own filter.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Facets {
    pub category: Vec<FacetValue>,
    pub origin: Vec<FacetValue>,
    pub shop: Vec<FacetValue>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FacetValue {
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub count: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    #[default]
    Relevance,
    Newest,
    PriceAsc,
    PriceDesc,
}

/// What a list is asked for; empty texts count as not given.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// Words that all must be there; the last may be the beginning of one
    pub q: Option<String>,
    /// A shop's slug
    pub shop: Option<String>,
    pub category: Option<String>,
    /// Country of origin, as in PT
    pub origin: Option<String>,
    /// The buyer's currency, EUR unless told
    pub currency: Option<String>,
    /// The buyer's country, as in DE
    pub ship_to: Option<String>,
    #[serde(default)]
    #[param(inline)]
    pub sort: ProductSort,
    /// At most 60, 24 unless told
    pub limit: Option<usize>,
    /// `next_cursor` of the page before
    pub cursor: Option<String>,
}

/// Where a product stands in an order, and where a page ended.
type Place = (i64, i64, i64);

/// Products by words, shop, category, origin
#[utoipa::path(tag = "catalogue", params(ProductQuery), responses((status = 200, body = ProductPage), (status = 304, description = "As before"), (status = 422, body = ProblemBody)))]
#[get("/products")]
pub async fn list_products(
    request: HttpRequest,
    catalog: web::Data<Catalog>,
    query: web::Query<ProductQuery>,
) -> Result<HttpResponse, Problem> {
    let market = catalog.market().await?;
    let asked = format!("products {query:?}");
    if let Some(reply) = catalog.found(&market, &asked) {
        return Ok(reply.answer(&request));
    }
    let page = catalog.products(&query).await?;
    Ok(catalog.kept(&market, asked, || Ok(page))?.answer(&request))
}

impl Catalog {
    /// A page of products.
    pub async fn products(&self, query: &ProductQuery) -> Result<ProductPage, Problem> {
        let wish = Wish::parse(query)?;
        let reader = self.platform.db.reader();
        let market = self.market().await?;
        let candidates: Vec<&Arc<Product>> = if wish.words.is_empty() {
            market.products().collect()
        } else {
            let found = search::find(reader, &wish.words).await?;
            let products = found.iter().filter_map(|id| market.by_search_id(*id));
            products
                .filter(|product| product.face().is_some())
                .collect()
        };
        Ok(wish.page(&market, &candidates))
    }
}

/// A query that was read.
struct Wish {
    words: Vec<String>,
    shop: Option<String>,
    category: Option<String>,
    origin: Option<String>,
    currency: Currency,
    sort: ProductSort,
    limit: usize,
    after: Option<Place>,
}

impl Wish {
    fn parse(query: &ProductQuery) -> Result<Self, Problem> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let q = given(&query.q).unwrap_or_default();
        if q.chars().count() > MAX_QUERY_CHARS {
            return Err(Problem::field(
                "/q",
                format!("Shorten it to {MAX_QUERY_CHARS} characters."),
            ));
        }
        if given(&query.ship_to).is_some_and(|country| CountryCode::parse(&country).is_none()) {
            return Err(Problem::field(
                "/ship_to",
                "Write the country's two capital letters, as in DE.",
            ));
        }
        let after = match given(&query.cursor) {
            None => None,
            Some(cursor) => Some(place(&cursor).ok_or_else(|| {
                Problem::field(
                    "/cursor",
                    "Send next_cursor of the page before, unchanged, or leave it out.",
                )
            })?),
        };
        Ok(Self {
            words: words::asked(&q),
            shop: given(&query.shop),
            category: given(&query.category),
            origin: given(&query.origin),
            currency: currency(query.currency.as_deref())?,
            sort: query.sort,
            limit: query
                .limit
                .unwrap_or(PRODUCTS_A_PAGE)
                .clamp(1, MAX_PRODUCTS),
            after,
        })
    }

    fn page(&self, market: &Market, candidates: &[&Arc<Product>]) -> ProductPage {
        let mut placed: Vec<(Place, &Arc<Product>)> = candidates
            .iter()
            .filter(|product| self.takes(product, None))
            .map(|product| (self.place(market, product), *product))
            .collect();
        placed.sort_unstable_by_key(|(place, _)| *place);
        let start = self.after.map_or(0, |after| {
            placed.partition_point(|(place, _)| *place <= after)
        });
        let rest = &placed[start..];
        let shown = &rest[..rest.len().min(self.limit)];
        let more = rest.len() > self.limit;
        ProductPage {
            items: shown
                .iter()
                .filter_map(|(_, product)| item(market, product, self.currency))
                .collect(),
            facets: self.facets(candidates),
            next_cursor: shown
                .last()
                .filter(|_| more)
                .map(|(place, _)| cursor(*place)),
        }
    }

    /// Does it pass the filters, but for one facet's own?
    fn takes(&self, product: &Product, but: Option<Facet>) -> bool {
        [
            (Facet::Category, &self.category),
            (Facet::Origin, &self.origin),
            (Facet::Shop, &self.shop),
        ]
        .into_iter()
        .all(|(facet, wanted)| {
            but == Some(facet)
                || wanted
                    .as_deref()
                    .is_none_or(|wanted| facet.of(product) == wanted)
        })
    }

    /// Ties stand in each seller's own order, one product of every shop after the other.
    fn place(&self, market: &Market, product: &Product) -> Place {
        let price = || {
            let tier = product.face().and_then(|face| face.listing.tiers.first());
            tier.and_then(|tier| market.rates.convert(tier.price, self.currency))
                .map(|price| price.minor)
        };
        let first = match self.sort {
            ProductSort::Relevance => -score(&self.words, &product.title_words),
            ProductSort::Newest => -product.created_at,
            ProductSort::PriceAsc => price().unwrap_or(i64::MAX),
            ProductSort::PriceDesc => price().map_or(i64::MAX, |minor| -minor),
        };
        (first, product.position, product.search_id)
    }

    fn facets(&self, candidates: &[&Arc<Product>]) -> Facets {
        let count = |facet: Facet| {
            let mut counts: BTreeMap<&str, (usize, &Product)> = BTreeMap::new();
            for product in candidates
                .iter()
                .filter(|product| self.takes(product, Some(facet)))
            {
                counts.entry(facet.of(product)).or_insert((0, product)).0 += 1;
            }
            let mut values: Vec<FacetValue> = counts
                .into_iter()
                .map(|(value, (count, product))| FacetValue {
                    value: value.to_owned(),
                    label: (facet == Facet::Shop).then(|| product.shop.name.clone()),
                    count,
                })
                .collect();
            values.sort_by_key(|value| std::cmp::Reverse(value.count));
            values.truncate(MAX_FACET_VALUES);
            values
        };
        Facets {
            category: count(Facet::Category),
            origin: count(Facet::Origin),
            shop: count(Facet::Shop),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Category,
    Origin,
    Shop,
}

impl Facet {
    fn of(self, product: &Product) -> &str {
        match self {
            Facet::Category => &product.category,
            Facet::Origin => product.face().map_or("", |face| &face.listing.origin),
            Facet::Shop => &product.shop.slug,
        }
    }
}

/// A whole word of the title counts most, a beginning of one less, a word elsewhere least; the phone ranks alike.
fn score(asked: &[String], title: &[String]) -> i64 {
    asked
        .iter()
        .map(|word| {
            if title.contains(word) {
                4
            } else if title.iter().any(|each| each.starts_with(word.as_str())) {
                3
            } else {
                1
            }
        })
        .sum()
}

/// None for a product that nothing can be bought of.
pub(super) fn item(market: &Market, product: &Product, currency: Currency) -> Option<ProductItem> {
    let listing = &product.face()?.listing;
    let price = listing.tiers.first()?.price;
    Some(ProductItem {
        sku: listing.sku.as_str().to_owned(),
        title: listing.title.clone(),
        shop: listing.shop.clone(),
        category: listing.category.clone(),
        price: market.rates.convert(price, currency).unwrap_or(price),
        minimum_quantity: listing.minimum_quantity(),
        image: listing.image.clone(),
        origin: listing.origin.clone(),
        landed: None,
    })
}

/// The buyer's currency; euro when not told.
pub(super) fn currency(code: Option<&str>) -> Result<Currency, Problem> {
    match code.map(str::trim).filter(|code| !code.is_empty()) {
        None => Ok(Currency::EUR),
        Some(code) => Currency::parse(code).ok_or_else(|| {
            Problem::field(
                "/currency",
                "Write the currency's three capital letters, as in EUR.",
            )
        }),
    }
}

fn cursor((first, position, id): Place) -> String {
    URL_SAFE_NO_PAD.encode(format!("{first}:{position}:{id}"))
}

fn place(cursor: &str) -> Option<Place> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor.trim()).ok()?).ok()?;
    let mut numbers = text.split(':').map(|number| number.parse().ok());
    let place = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::{cursor, place, score, words};

    #[test]
    fn titles_outrank_descriptions_and_whole_words_outrank_beginnings() {
        let title = words::indexed("Tea bowl with a drip rim");
        let scored = |query: &str| score(&words::asked(query), &title);
        assert_eq!(
            [scored("tea bowl"), scored("tea bo"), scored("stoneware")],
            [8, 7, 1]
        );
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let end = (-980, 3, 77);
        assert_eq!(place(&cursor(end)), Some(end));
        for bad in ["", "x", "MTox", "MToyOjM6NA"] {
            assert_eq!(place(bad), None, "{bad}");
        }
    }
}
