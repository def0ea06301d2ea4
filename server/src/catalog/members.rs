//! Who works for which shop.

use crate::platform::db::{self, Tx};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;
use uuid::Uuid;

/// A shop that somebody works for.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct MemberShop {
    #[serde(skip)]
    pub shop_id: Uuid,
    pub slug: String,
    pub name: String,
}

/// The shops of a seller, by slug.
pub async fn shops_of(
    connection: &impl ConnectionTrait,
    scope_id: Uuid,
) -> Result<Vec<MemberShop>, DbErr> {
    let text = "SELECT s.id, s.slug, s.name FROM shop_member m JOIN shop s ON s.id = m.shop_id \
                WHERE m.scope_id = $1 ORDER BY s.slug";
    db::fetch_all(connection, text, [scope_id.into()])
        .await?
        .iter()
        .map(|row| {
            Ok(MemberShop {
                shop_id: row.try_get("", "id")?,
                slug: row.try_get("", "slug")?,
                name: row.try_get("", "name")?,
            })
        })
        .collect()
}

/// Lets an account work for a shop; telling it twice changes nothing. `role` is `owner` or `packer`.
pub async fn add_member(
    tx: &Tx,
    shop_slug: &str,
    scope_id: Uuid,
    role: &str,
) -> Result<bool, DbErr> {
    let text = "INSERT INTO shop_member (shop_id, scope_id, role) SELECT id, $2, $3 FROM shop WHERE slug = $1 \
                ON CONFLICT (shop_id, scope_id) DO UPDATE SET role = excluded.role";
    let values = [shop_slug.into(), scope_id.into(), role.into()];
    Ok(db::execute(tx, text, values).await? > 0)
}

/// Lets an account work for every shop there is.
pub async fn add_member_of_all(tx: &Tx, scope_id: Uuid, role: &str) -> Result<(), DbErr> {
    let text = "INSERT INTO shop_member (shop_id, scope_id, role) SELECT id, $1, $2 FROM shop WHERE 1 = 1 \
                ON CONFLICT (shop_id, scope_id) DO NOTHING";
    db::execute(tx, text, [scope_id.into(), role.into()])
        .await
        .map(|_| ())
}
