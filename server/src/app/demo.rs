//! `serve --demo`: fills an empty database with the demo market, once, in one transaction.

use crate::{
    accounts::{Preferences, Role, create_account},
    app::{Rooms, StartError},
    catalog::{self, CatalogueImport, ImportError, Importer, Pictures, StockImport},
    platform::{
        Platform,
        db::{self, Tx},
    },
    scope::dataset,
    shipments,
};
use rust_embed::RustEmbed;
use sampan_engine::time::Timestamp;
use std::borrow::Cow;

const PASSWORD: &str = "sampan-demo";
const LOG_INS: [(&str, &[Role]); 3] = [
    ("seller@demo.sampan", &[Role::Seller]),
    ("operator@demo.sampan", &[Role::Operator]),
    ("shopper@demo.sampan", &[]),
];

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// Opens the demo market: fills an empty database, leaves a marked one as it is, refuses any other.
pub async fn open(rooms: &Rooms) -> Result<(), StartError> {
    let db = &rooms.platform.db;
    if dataset::is_demo(db).await? {
        return people(&rooms.platform).await;
    }
    if !dataset::is_untouched(db).await? {
        return Err(
            "this database holds shops or shoppers that are not the demo market's. Start without --demo, \
             or give the demo a database of its own: --database sqlite://demo.db"
                .into(),
        );
    }
    let importer = rooms.catalog.importer();
    db.write(move |tx| {
        let importer = importer.clone();
        Box::pin(async move {
            fill(&importer, tx).await?;
            dataset::mark_demo(tx).await?;
            Ok::<_, ImportError>(())
        })
    })
    .await
    .map_err(|error| format!("the demo market cannot be loaded: {error}"))?;
    rooms.catalog.written();
    people(&rooms.platform).await
}

/// The three who can log in; the seller works for every shop. Known ones stay as they are.
async fn people(platform: &Platform) -> Result<(), StartError> {
    for (email, roles) in LOG_INS {
        let preferences = Preferences::default();
        let scope_id = create_account(platform, email, PASSWORD, roles, preferences)
            .await
            .map_err(|refusal| format!("the demo account {email} cannot be made: {refusal:?}"))?;
        if roles.contains(&Role::Seller) {
            platform
                .db
                .write(move |tx| Box::pin(catalog::add_member_of_all(tx, scope_id, "owner")))
                .await?;
        }
    }
    Ok(())
}

/// What `serve --demo` prints.
pub fn log_ins() -> String {
    let lines = LOG_INS.map(|(email, _)| format!("  {email}"));
    format!(
        "Log in with the password {PASSWORD} as\n{}",
        lines.join("\n")
    )
}

async fn fill(importer: &Importer, tx: &Tx) -> Result<(), ImportError> {
    let pictures = Pictures::Embedded(picture);
    importer
        .fx_in(tx, &file("ecb-reference-rates.csv")?)
        .await?;
    let shops = file("shops.csv")?;
    importer.shops_in(tx, &shops, &pictures).await?;
    for row in db::fetch_all(tx, "SELECT slug FROM shop ORDER BY slug", []).await? {
        let shop: String = row.try_get("", "slug")?;
        let name = format!("catalogue/{shop}.csv");
        let import = CatalogueImport {
            bytes: file(&name)?.into_owned(),
            shop,
            map: None,
            pictures: pictures.clone(),
            replace: true,
            dry_run: false,
        };
        let told = |error| ImportError::File(format!("{name}: {error}"));
        importer.catalogue_in(tx, &import).await.map_err(told)?;
    }
    importer.warehouses_in(tx, &file("warehouses.csv")?).await?;
    let counts = StockImport {
        bytes: file("stock.csv")?.into_owned(),
        shops: None,
        dry_run: false,
    };
    importer.stock_in(tx, &counts).await?;
    let coming = StockImport {
        bytes: coming(importer.clock.now())?,
        ..counts
    };
    importer.stock_in(tx, &coming).await?;
    let now = importer.clock.now().micros();
    shipments::import_history(tx, &file("trips.csv")?, now)
        .await
        .map_err(|error| ImportError::File(format!("trips.csv: {error}")))?;
    Ok(())
}

/// What comes to makers whose shelves are empty, as a stock file: the demo's own counts days from when it opens.
fn coming(now: Timestamp) -> Result<Vec<u8>, ImportError> {
    let mut rows = String::from("sku,on_hand,expected_on,coming\n");
    for row in csv::Reader::from_reader(&*file("coming.csv")?).deserialize() {
        let (sku, in_days, pieces): (String, i64, i64) =
            row.map_err(|error| ImportError::File(format!("coming.csv: {error}")))?;
        let day = now.plus_days(in_days).day();
        rows.push_str(&format!("{sku},0,{day},{pieces}\n"));
    }
    Ok(rows.into_bytes())
}

/// A file of the demo market.
pub fn file(name: &str) -> Result<Cow<'static, [u8]>, ImportError> {
    Files::get(name)
        .map(|file| file.data)
        .ok_or_else(|| ImportError::File(format!("the demo's file {name} is missing")))
}

fn picture(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(&format!("pictures/{name}")).map(|file| file.data)
}
