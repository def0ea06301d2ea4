//! Goods codes that sellers give their variants one by one.

use crate::{
    catalog::{Catalog, Listing},
    platform::db::{self, Tx},
};
use sea_orm::DbErr;
use std::sync::Arc;
use uuid::Uuid;

impl Catalog {
    /// What these shops sell today, in the order of their SKUs.
    pub async fn goods_of(&self, shops: &[Uuid]) -> Result<Vec<Arc<Listing>>, DbErr> {
        let market = self.market().await?;
        let variants = market.products().flat_map(|product| product.listed());
        let mut goods: Vec<Arc<Listing>> = variants
            .map(|variant| &variant.listing)
            .filter(|listing| shops.contains(&listing.shop_id))
            .cloned()
            .collect();
        goods.sort_by(|one, other| one.sku.as_str().cmp(other.sku.as_str()));
        Ok(goods)
    }

    /// Sets the six-digit code of a shop's variant, or takes it away. False when the shop has no such variant.
    pub async fn classify(
        &self,
        shop_id: Uuid,
        sku: &str,
        hs6: Option<&str>,
    ) -> Result<bool, DbErr> {
        let (sku, hs6) = (sku.to_owned(), hs6.map(str::to_owned));
        let is_done = self
            .platform
            .db
            .write(move |tx| {
                let (sku, hs6) = (sku.clone(), hs6.clone());
                Box::pin(async move { set_code(tx, shop_id, &sku, hs6.as_deref()).await })
            })
            .await?;
        self.written();
        Ok(is_done)
    }
}

async fn set_code(tx: &Tx, shop_id: Uuid, sku: &str, hs6: Option<&str>) -> Result<bool, DbErr> {
    let text = "UPDATE shop SET version = version + 1 WHERE id = $1";
    db::execute(tx, text, [shop_id.into()]).await?;
    let text = "UPDATE variant SET hs6 = $3, version = (SELECT version FROM shop WHERE id = $1) WHERE shop_id = $1 AND sku = $2";
    let changed = db::execute(
        tx,
        text,
        [shop_id.into(), sku.into(), hs6.map(str::to_owned).into()],
    )
    .await?;
    super::import::move_version(tx).await?;
    Ok(changed > 0)
}
