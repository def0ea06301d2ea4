//! The numbers under the barcodes of a shop's goods (GTIN).

use crate::{
    catalog::Catalog,
    platform::{
        Platform,
        db::{self, Tx},
        extract::Body,
        problem::Problem,
    },
    scope::Actor,
    sellers::goods::{private, shops},
};
use actix_web::{HttpResponse, put, web};
use sampan_engine::gtin;
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BarcodeRequest {
    /// A GTIN of 8, 12, 13 or 14 digits with its check digit; null takes it away.
    pub gtin: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Barcode {
    pub sku: String,
    /// Fourteen digits, shorter numbers filled with zeros in front, as GS1 compares them.
    pub gtin: Option<String>,
}

/// Tells which barcode is on the goods
#[utoipa::path(tag = "seller", request_body = BarcodeRequest, responses((status = 200, body = Barcode), (status = 404, body = crate::platform::problem::ProblemBody), (status = 422, body = crate::platform::problem::ProblemBody)))]
#[put("/seller/goods/{sku}/barcode")]
pub async fn set(
    actor: Actor,
    platform: web::Data<Platform>,
    catalog: web::Data<Catalog>,
    sku: web::Path<String>,
    body: Body<BarcodeRequest>,
) -> Result<HttpResponse, Problem> {
    let typed = body.0.gtin.as_deref().map(str::trim);
    let gtin = match typed.filter(|typed| !typed.is_empty()) {
        None => None,
        Some(typed) => Some(gtin::normal(typed).ok_or_else(|| {
            Problem::field(
                "/gtin",
                "8, 12, 13 or 14 digits as printed under the barcode; the last one is the check digit and must fit.",
            )
        })?),
    };
    let shops = shops(&platform, &actor).await?;
    let found = catalog.listings(&[sku.as_str()]).await?;
    let listing = found
        .get(sku.as_str())
        .filter(|listing| shops.contains(&listing.shop_id))
        .ok_or_else(|| Problem::not_found("product"))?;
    let (shop_id, sku) = (listing.shop_id, sku.into_inner());
    let (name, wanted) = (sku.clone(), gtin.clone());
    let other = platform
        .db
        .write(move |tx| {
            let (sku, gtin) = (name.clone(), wanted.clone());
            Box::pin(async move { store(tx, shop_id, &sku, gtin.as_deref()).await })
        })
        .await?;
    if let Some(other) = other {
        return Err(Problem::field(
            "/gtin",
            format!("{other} bears this number already. Take it away there first."),
        ));
    }
    Ok(private(&Barcode { sku, gtin }))
}

/// Answers the other goods of the shop that bear the number already; then nothing was written.
async fn store(
    tx: &Tx,
    shop_id: Uuid,
    sku: &str,
    gtin: Option<&str>,
) -> Result<Option<String>, DbErr> {
    let text = "SELECT sku FROM variant WHERE shop_id = $1 AND gtin = $2 AND sku <> $3";
    let values = [shop_id.into(), gtin.into(), sku.into()];
    if let Some(row) = db::fetch_one(tx, text, values).await? {
        return row.try_get("", "sku").map(Some);
    }
    let text = "UPDATE variant SET gtin = $2 WHERE shop_id = $1 AND sku = $3";
    let values = [shop_id.into(), gtin.into(), sku.into()];
    db::execute(tx, text, values).await?;
    Ok(None)
}

/// The numbers of these goods, by SKU; one SKU is one shop's.
pub(super) async fn of_goods(
    connection: &impl ConnectionTrait,
    skus: &[&str],
) -> Result<HashMap<String, String>, DbErr> {
    if skus.is_empty() {
        return Ok(HashMap::new());
    }
    let mut values = skus.iter().map(|sku| (*sku).into()).collect();
    let list = db::in_list(1, &mut values);
    let text = format!(
        "SELECT v.sku, v.gtin FROM sku_directory d JOIN variant v ON v.shop_id = d.shop_id AND v.sku = d.sku \
         WHERE d.sku IN ({list}) AND v.gtin IS NOT NULL"
    );
    let rows = db::fetch_all(connection, &text, values).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "sku")?, row.try_get("", "gtin")?)))
        .collect()
}
