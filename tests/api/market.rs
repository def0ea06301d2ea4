//! A small market for tests: two shops in two countries.

use super::TestApp;
use sampan::catalog::{CatalogueImport, Importer, Pictures};

pub const MUG: &str = "MUG-1";
pub const SCARF: &str = "SCARF-1";
pub const TEA: &str = "TEA-1";

const SHOPS: &str = "\
slug,name,tagline,story,country,place,tint,icon,founded,currency,manufacturer,address
pots,Pots,Clay by hand,Three cousins and a kiln.,PT,Redondo,#F4DDCB,,2009,EUR,Pots Lda.,Rua 1 Redondo; pots@shop.example
wool,Wool,Warm things,Two sisters and a loom.,GB,Leeds,#DDE6F4,,2011,GBP,Wool Ltd.,1 Mill Lane Leeds; wool@shop.example
";
const HEADER: &str = "sku,title,description,category,currency,tier1_min,tier1_price,tier2_min,tier2_price,pack_step,origin,hs6,weight_grams,lead_time_days,stock\n";
const POTS: &str = "\
MUG-1,Morning mug,Glazed by hand.,tableware,EUR,1,9.00,24,7.50,1,PT,691200,350,3,1000000
TEA-1,Mountain tea,Rolled leaves.,tea-coffee,EUR,1,4.00,,,1,PT,090220,100,2,1000000
";
const WOOL: &str =
    "SCARF-1,Long scarf,Woven on a hand loom.,knitwear,GBP,1,20.00,,,1,GB,621420,220,5,1000000\n";

/// Fills the market of a test.
pub async fn market(app: &TestApp) {
    let importer = Importer::of(&app.rooms.platform);
    let db = &app.rooms.platform.db;
    importer
        .shops(db, SHOPS.into(), Pictures::LeftOut)
        .await
        .expect("shops");
    for (shop, rows) in [("pots", POTS), ("wool", WOOL)] {
        let import = CatalogueImport {
            shop: shop.to_owned(),
            bytes: format!("{HEADER}{rows}").into_bytes(),
            map: None,
            pictures: Pictures::LeftOut,
            replace: false,
            dry_run: false,
        };
        importer.catalogue(db, import).await.expect("a catalogue");
    }
}
