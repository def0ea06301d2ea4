//! The shops format: one row a shop.

use super::{
    ImportError, Importer, Pictures,
    cells::Cells,
    move_version, pictures,
    table::{self, Columns},
};
use crate::platform::db::{self, Tx};
use sampan_engine::money::Currency;
use sea_orm::Value;

const COLUMNS: Columns = Columns {
    required: &[
        "slug",
        "name",
        "tagline",
        "story",
        "country",
        "place",
        "tint",
        "founded",
        "currency",
        "manufacturer",
        "address",
    ],
    optional: &["icon"],
};

struct Shop {
    line: u64,
    slug: String,
    icon: Option<String>,
    /// name, tagline, story, country, place, tint, founded, currency, manufacturer, address
    texts: [String; 10],
}

pub(super) async fn run(
    importer: &Importer,
    tx: &Tx,
    bytes: &[u8],
    files: &Pictures,
) -> Result<usize, ImportError> {
    let shops = check(bytes)?;
    let now = importer.clock.now();
    let named = shops.iter().filter_map(|shop| {
        Some(pictures::Named {
            line: shop.line,
            column: "icon",
            name: shop.icon.as_deref()?,
        })
    });
    let icons = pictures::store(tx, files, named, now.micros()).await?;
    for shop in &shops {
        let icon = shop.icon.as_ref().and_then(|name| icons.get(name)).cloned();
        let mut values: Vec<Value> = vec![
            importer.ids.v7(now).into(),
            shop.slug.as_str().into(),
            icon.into(),
            now.micros().into(),
        ];
        values.extend(shop.texts.iter().map(|text| text.as_str().into()));
        let text = "INSERT INTO shop (id, slug, icon, created_at, version, name, tagline, story, country, place, tint, \
                    founded, currency, manufacturer, address) \
                    VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
                    ON CONFLICT (slug) DO UPDATE SET icon = COALESCE(excluded.icon, shop.icon), \
                    version = shop.version + 1, name = excluded.name, tagline = excluded.tagline, \
                    story = excluded.story, country = excluded.country, place = excluded.place, tint = excluded.tint, \
                    founded = excluded.founded, manufacturer = excluded.manufacturer, address = excluded.address";
        db::execute(tx, text, values).await?;
    }
    move_version(tx).await?;
    Ok(shops.len())
}

fn check(bytes: &[u8]) -> Result<Vec<Shop>, ImportError> {
    let table = table::read(bytes, &COLUMNS, None)?;
    let mut mistakes = Vec::new();
    let mut shops: Vec<Shop> = Vec::new();
    for row in &table.rows {
        let mut cells = Cells {
            row,
            mistakes: &mut mistakes,
        };
        let slug = cells.text("slug", 1, 40);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !slug.bytes().all(plain) {
            cells.wrong(
                "slug",
                format!("{slug:?}: use small letters, digits and hyphens."),
            );
        }
        if shops.iter().any(|shop| shop.slug == slug) {
            cells.wrong(
                "slug",
                format!("{slug} stands here twice. Give each shop its own."),
            );
        }
        let texts = [
            cells.text("name", 1, 60),
            cells.text("tagline", 1, 80),
            cells.text("story", 1, 500),
            cells.country("country"),
            cells.text("place", 1, 80),
            tint(&mut cells),
            cells.text("founded", 1, 10),
            currency(&mut cells),
            cells.text("manufacturer", 1, 120),
            cells.text("address", 1, 250),
        ];
        let icon = cells.picture("icon");
        shops.push(Shop {
            line: row.line,
            slug,
            icon,
            texts,
        });
    }
    if mistakes.is_empty() {
        Ok(shops)
    } else {
        Err(ImportError::Rows(mistakes))
    }
}

fn tint(cells: &mut Cells) -> String {
    let tint = cells.get("tint").to_owned();
    let digits = tint.strip_prefix('#').unwrap_or("");
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        cells.wrong("tint", format!("{tint:?}: write a colour as #RRGGBB."));
    }
    tint
}

fn currency(cells: &mut Cells) -> String {
    let code = cells.get("currency").to_owned();
    if Currency::parse(&code).is_none() {
        cells.wrong(
            "currency",
            format!("{code:?}: write the currency's three capital letters, as in EUR."),
        );
    }
    code
}
