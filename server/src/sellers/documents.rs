//! The papers that travel with a batch: commercial invoice, packing list, the post's customs declaration and the label;
//! and the shopper's own copy of the first two, which is the same paper.

use crate::{
    catalog::{Catalog, Maker},
    orders::{self, Order, OrderAddress},
    platform::{Platform, problem::Problem},
    scope::{self, Actor},
    sellers::storage,
};
use actix_web::{HttpResponse, get, http::StatusCode, http::header, web};
use rust_iso3166::from_alpha2;
use sampan_documents::{
    Category, Declaration, Document, DocumentError, Invoice, Label, Line, Party,
};
use sampan_engine::money::Money;
use serde::Deserialize;
use uuid::Uuid;

/// What wrapping adds to the goods, in hundredths of their weight. An estimate, until packing tables weigh parcels.
const WRAPPING_PERCENT: i64 = 8;
/// The value that decides between CN 22 and CN 23 is in special drawing rights of the IMF, which no table here has. Since
/// 2015 one has never been below 1.10 euro; a rate too low asks for the fuller form too early and never too late.
const EURO_CENTS_A_DRAWING_RIGHT: i64 = 110;

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    Invoice,
    PackingList,
    Customs,
    Label,
}

/// A paper of a batch, as PDF
#[utoipa::path(tag = "seller", params(("id" = Uuid, Path), ("paper" = String, Path, description = "`invoice`, `packing_list`, `customs` or `label`")), responses(
    (status = 200, description = "A PDF", content_type = "application/pdf"),
    (status = 404, body = crate::platform::problem::ProblemBody),
    (status = 409, body = crate::platform::problem::ProblemBody),
))]
#[get("/seller/batches/{id}/papers/{paper}")]
pub async fn show(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    path: web::Path<(Uuid, Paper)>,
) -> Result<HttpResponse, Problem> {
    let (id, paper) = path.into_inner();
    let reader = platform.db.reader();
    let batch = storage::find(reader, actor.scope_id, id)
        .await?
        .ok_or_else(|| Problem::not_found("batch"))?;
    let order = orders::find(reader, &[batch.reference.scope_id], batch.order_id)
        .await?
        .ok_or_else(|| Problem::not_found("order"))?
        .order;
    let number = batch.parcel.map(|parcel| parcel.number);
    draw(&platform, &catalog, &order, number, paper, "no-store").await
}

/// The shopper's own copy of a paper, as PDF: the invoice once the order is paid, the packing list once it is packed
#[utoipa::path(tag = "orders", params(("id" = Uuid, Path), ("name" = String, Path, description = "`invoice` or `packing-list`")), responses(
    (status = 200, description = "A PDF", content_type = "application/pdf"),
    (status = 404, body = crate::platform::problem::ProblemBody),
    (status = 409, body = crate::platform::problem::ProblemBody),
))]
#[get("/orders/{id}/documents/{name}.pdf")]
pub async fn own_copy(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, name) = path.into_inner();
    let reader = platform.db.reader();
    let scopes = scope::readable(reader, actor.scope_id).await?;
    let order = orders::find(reader, &scopes, id)
        .await?
        .ok_or_else(|| Problem::not_found("order"))?
        .order;
    let paper = [Paper::Invoice, Paper::PackingList]
        .into_iter()
        .find(|paper| file_name(*paper) == name && order.papers().contains(&&*name))
        .ok_or_else(|| Problem::not_found("document"))?;
    draw(
        &platform,
        &catalog,
        &order,
        None,
        paper,
        "private, no-cache",
    )
    .await
}

/// A paper and its reply. `number` is the parcel's, if it has one.
async fn draw(
    platform: &Platform,
    catalog: &Catalog,
    order: &Order,
    number: Option<String>,
    paper: Paper,
    caching: &'static str,
) -> Result<HttpResponse, Problem> {
    let maker = catalog
        .maker(&order.shop.slug)
        .await?
        .ok_or_else(|| Problem::not_found("shop"))?;
    let sheets = Sheets {
        goods: goods(catalog, order).await?,
        euro: catalog
            .rates()
            .await?
            .convert(order.goods, sampan_engine::money::Currency::EUR),
        // An invoice keeps its day, however often it is printed; a declaration is signed on the day it is drawn.
        date: match paper {
            Paper::Invoice | Paper::PackingList => order.placed_at.at().date(),
            Paper::Customs | Paper::Label => platform.now().date(),
        },
        number,
        order,
        maker: &maker,
    };
    let document = sheets.draw(paper)?;
    let name = format!("{}-{}.pdf", order.number, file_name(paper));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/pdf"))
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ))
        .body(document.pdf))
}

/// What the papers are drawn from.
struct Sheets<'a> {
    order: &'a Order,
    /// The parcel's number.
    number: Option<String>,
    maker: &'a Maker,
    goods: Vec<Line>,
    /// The goods' value.
    euro: Option<Money>,
    date: String,
}

impl Sheets<'_> {
    fn draw(&self, paper: Paper) -> Result<Document, Problem> {
        let drawn = match paper {
            Paper::Invoice => sampan_documents::commercial_invoice(&self.invoice()),
            Paper::PackingList => sampan_documents::packing_list(&self.invoice()),
            Paper::Customs => sampan_documents::customs_declaration(&self.declaration()),
            Paper::Label => sampan_documents::label(&self.label()?),
        };
        drawn.map_err(refused)
    }

    fn invoice(&self) -> Invoice {
        let order = self.order;
        let (goods, freight, total) = (order.goods, order.freight, order.total);
        let is_paid = order.terms == crate::landed_cost::Terms::Ddp;
        let paid = |amount: Option<Money>| amount.filter(|_| is_paid).map(|money| money.minor);
        // Tax that the seller collects with the sale is paid under either terms.
        let rest = total.minor - goods.minor - freight.minor;
        let tax = paid(order.tax).or((!is_paid && rest > 0).then_some(rest));
        Invoice {
            number: order.number.clone(),
            date: self.date.clone(),
            order_number: order.number.clone(),
            seller: self.seller(),
            buyer: self.buyer(),
            currency: order.currency.as_str().to_owned(),
            exponent: order.currency.exponent(),
            incoterms: format!(
                "{} {}",
                order.terms.as_str().to_uppercase(),
                order
                    .ship_to
                    .city
                    .as_deref()
                    .unwrap_or(&order.ship_to.country)
            ),
            lines: self.goods.clone(),
            goods_minor: goods.minor,
            freight_minor: freight.minor,
            duty_minor: paid(order.duty),
            tax_minor: tax,
            fees_minor: paid(Some(order.fees)).filter(|minor| *minor > 0),
            total_minor: total.minor,
            gross_weight_grams: self.gross_grams(),
            is_gross_estimated: true,
            parcels: 1,
            notes: Vec::new(),
        }
    }

    fn declaration(&self) -> Declaration {
        let number = self.number.clone();
        let cents = self.euro.map_or(i64::MAX / 100, |euro| euro.minor);
        Declaration {
            operator: self.seller().country,
            item_number: number.filter(|number| sampan_engine::tracking_number::is_s10(number)),
            sender: self.seller(),
            addressee: self.buyer(),
            category: Category::SaleOfGoods,
            lines: self.goods.clone(),
            currency: self.order.currency.as_str().to_owned(),
            exponent: self.order.currency.exponent(),
            total_minor: self.order.goods.minor,
            value_sdr_hundredths: cents.saturating_mul(100) / EURO_CENTS_A_DRAWING_RIGHT,
            gross_weight_grams: self.gross_grams(),
            is_gross_estimated: true,
            postage_minor: Some(self.order.freight.minor),
            fees_minor: None,
            invoice_number: Some(self.order.number.clone()),
            licence: None,
            certificate: None,
            comments: None,
            office: None,
            date: self.date.clone(),
        }
    }

    fn label(&self) -> Result<Label, Problem> {
        let number = self.number.as_ref().ok_or_else(|| {
            Problem::conflict(
                "conflict",
                "The label needs the parcel's number: mark the batch as shipped first.",
            )
        })?;
        Ok(Label {
            sender: self.seller(),
            addressee: self.buyer(),
            service: "Parcel".to_owned(),
            weight_grams: self.gross_grams(),
            is_weight_estimated: true,
            item_number: number.clone(),
            order_number: self.order.number.clone(),
        })
    }

    /// Nobody weighs parcels here: the catalogue's weights and [`WRAPPING_PERCENT`] on top, one gram at least. Every paper
    /// calls it an estimate.
    fn gross_grams(&self) -> i64 {
        let net: i64 = self.goods.iter().map(|line| line.net_weight_grams).sum();
        net + (net * WRAPPING_PERCENT).div_euclid(100).max(1)
    }

    fn seller(&self) -> Party {
        let (postal, electronic) = match self.maker.address.split_once("; ") {
            Some((postal, electronic)) => (postal, Some(electronic.to_owned())),
            None => (&*self.maker.address, None),
        };
        let place = at(&self.order.shop.country);
        let spoken = |text: &str| text.replace(' ', "").to_lowercase();
        let lines = postal.split(", ");
        let lines = lines.filter(|line| spoken(line) != spoken(&place.country));
        Party {
            name: self.maker.name.clone(),
            lines: lines.map(str::to_owned).collect(),
            email: electronic.filter(|text| text.contains('@')),
            ..place
        }
    }

    fn buyer(&self) -> Party {
        let OrderAddress {
            name,
            line1,
            line2,
            city,
            region,
            postcode,
            country,
            ..
        } = &self.order.ship_to;
        let place = [postcode, city].map(|part| part.as_deref().unwrap_or_default());
        let lines = [
            line1.clone(),
            line2.clone(),
            Some(place.join(" ").trim().to_owned()),
            region.clone(),
        ];
        Party {
            name: name.clone().unwrap_or_default(),
            lines: lines
                .into_iter()
                .flatten()
                .filter(|line| !line.is_empty())
                .collect(),
            ..at(country)
        }
    }
}

fn at(country: &str) -> Party {
    let known = from_alpha2(country);
    Party {
        country: known.map_or(country, |known| known.name).to_owned(),
        country_code: country.to_owned(),
        ..Party::default()
    }
}

/// The order's lines with what customs ask of each: code, origin and weight as the catalogue has them.
async fn goods(catalog: &Catalog, order: &Order) -> Result<Vec<Line>, Problem> {
    let skus: Vec<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
    let listings = catalog.listings(&skus).await?;
    Ok(order
        .lines
        .iter()
        .map(|line| {
            let listing = listings.get(&line.sku);
            let origin = listing.map_or("", |listing| &listing.origin);
            Line {
                description: line.title.clone(),
                hs6: listing.and_then(|listing| listing.hs6.clone()),
                origin: at(origin).country,
                quantity: line.quantity,
                unit_price_minor: line.unit_price.minor,
                total_minor: line.total.minor,
                net_weight_grams: listing
                    .map_or(1, |listing| listing.weight_grams)
                    .saturating_mul(line.quantity),
            }
        })
        .collect())
}

const fn file_name(paper: Paper) -> &'static str {
    match paper {
        Paper::Invoice => "invoice",
        Paper::PackingList => "packing-list",
        Paper::Customs => "customs",
        Paper::Label => "label",
    }
}

/// What must be mended before a paper can be drawn.
fn refused(error: DocumentError) -> Problem {
    match error {
        DocumentError::Font(why) => Problem::internal(why),
        error => Problem::new(
            StatusCode::CONFLICT,
            "conflict",
            format!("This paper cannot be drawn: {error}."),
        ),
    }
}
