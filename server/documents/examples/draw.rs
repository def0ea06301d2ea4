//! Draws one of each into `out/`, to be looked at.

use sampan_documents::*;

fn seller() -> Party {
    Party {
        name: "Jingdezhen Hearth Ceramics Co., Ltd.".into(),
        lines: vec![
            "Building 3, 18 Xinfeng Road".into(),
            "Zhushan District".into(),
            "Jingdezhen, Jiangxi 333000".into(),
        ],
        country: "China".into(),
        country_code: "CN".into(),
        email: Some("export@hearth.example".into()),
        vat: None,
        eori: Some("CN1234567890".into()),
    }
}

fn buyer() -> Party {
    Party {
        name: "Café Łąka, Żaneta Großmann".into(),
        lines: vec!["Schönhauser Allee 12a".into(), "10119 Berlin".into()],
        country: "Germany".into(),
        country_code: "DE".into(),
        email: Some("zaneta@laka.example".into()),
        vat: Some("DE123456789".into()),
        eori: Some("DE1234567890123".into()),
    }
}

fn foreign() -> Party {
    Party {
        name: "Παπαδοπούλου & Ђорђевић (陶器店)".into(),
        lines: vec!["Οδός Ερμού 45".into(), "105 63 Αθήνα".into()],
        country: "Greece".into(),
        country_code: "GR".into(),
        ..Party::default()
    }
}

fn lines(count: usize) -> Vec<Line> {
    let goods = [
        (
            "Porcelain tea bowl, celadon glaze, hand thrown, 9 cm",
            "691110",
            "China",
            1250,
            210,
        ),
        (
            "Linen tea towel, woven, 45 × 70 cm",
            "630260",
            "Lithuania",
            890,
            95,
        ),
        (
            "Oolong tea, loose, in tins of 100 g, harvest of spring 2026, Anxi county, medium roast, sealed under nitrogen",
            "090230",
            "China",
            1640,
            160,
        ),
        ("Walnut tea scoop, oiled", "441990", "Viet Nam", 475, 38),
        (
            "Cast-iron kettle, enamelled inside, 0.8 l",
            "732394",
            "Japan",
            6900,
            1450,
        ),
    ];
    goods
        .iter()
        .cycle()
        .take(count)
        .zip(1..)
        .map(|(&(description, hs6, origin, price, grams), i)| {
            let quantity = 1 + i * 7 % 23;
            Line {
                description: description.into(),
                hs6: Some(hs6.into()),
                origin: origin.into(),
                quantity,
                unit_price_minor: price,
                total_minor: price * quantity,
                net_weight_grams: grams * quantity,
            }
        })
        .collect()
}

fn invoice(count: usize) -> Invoice {
    let lines = lines(count);
    let goods_minor: i64 = lines.iter().map(|l| l.total_minor).sum();
    let net: i64 = lines.iter().map(|l| l.net_weight_grams).sum();
    Invoice {
        number: "INV-2026-00417".into(),
        date: "2026-11-26".into(),
        order_number: "S-2026-004217".into(),
        seller: seller(),
        buyer: buyer(),
        currency: "EUR".into(),
        exponent: 2,
        incoterms: "DDP Berlin".into(),
        goods_minor,
        freight_minor: 4_850,
        duty_minor: Some(1_215),
        tax_minor: Some(9_730),
        fees_minor: Some(600),
        total_minor: goods_minor + 4_850 + 1_215 + 9_730 + 600,
        gross_weight_grams: net + 1_200,
        parcels: 2,
        notes: vec![
            "Duty and import tax are paid by the seller; nothing is due on delivery.".into(),
            "Packed in recycled cardboard without wood.".into(),
        ],
        lines,
    }
}

fn declaration(count: usize, sdr: i64) -> Declaration {
    let lines = lines(count);
    Declaration {
        operator: "China Post".into(),
        item_number: Some("RR473124829CN".to_owned()),
        sender: seller(),
        addressee: buyer(),
        total_minor: lines.iter().map(|l| l.total_minor).sum(),
        gross_weight_grams: lines.iter().map(|l| l.net_weight_grams).sum::<i64>() + 300,
        lines,
        currency: "EUR".into(),
        exponent: 2,
        value_sdr_hundredths: sdr,
        postage_minor: Some(1_480),
        fees_minor: Some(320),
        invoice_number: Some("INV-2026-00417".into()),
        date: "2026-11-26".into(),
        ..Declaration::default()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut yen = invoice(2);
    (yen.currency, yen.exponent) = ("JPY".into(), 0);
    yen.buyer = foreign();
    yen.lines[0].unit_price_minor = 123_456_789;
    yen.lines[0].total_minor = 123_456_789 * yen.lines[0].quantity;
    yen.lines[1].description = "Long".repeat(100);
    yen.goods_minor = yen.lines.iter().map(|l| l.total_minor).sum();
    (yen.duty_minor, yen.tax_minor, yen.fees_minor) = (None, None, None);
    yen.total_minor = yen.goods_minor + yen.freight_minor;
    yen.incoterms = "DAP Athens".into();
    let mut other = declaration(2, 10_000);
    other.category = Category::Other("Exhibition pieces on loan".into());
    other.addressee = foreign();
    let parcel = Label {
        sender: seller(),
        addressee: buyer(),
        service: "Registered small packet".into(),
        weight_grams: 1_850,
        item_number: "RR473124829CN".to_owned(),
        order_number: "S-2026-004217".into(),
    };
    let mut long = parcel.clone();
    long.addressee.name =
        "Österreichische Gesellschaft für Teekultur und Keramik, Abteilung Einkauf".into();
    long.addressee.lines = vec![
        "z. Hd. Frau Dr. Maximiliane von Hohenfels-Traunstein".into(),
        "Untere Donaustraße 117, Hinterhaus, Stiege 4, Tür 12".into(),
        "1020 Wien-Leopoldstadt".into(),
    ];
    long.addressee.country = "Austria".into();
    long.service = "Tracked parcel, delivery against signature, insured".into();
    let drawn = [
        ("invoice-3", commercial_invoice(&invoice(3))?),
        ("invoice-40", commercial_invoice(&invoice(40))?),
        ("invoice-200", commercial_invoice(&invoice(200))?),
        ("invoice-yen", commercial_invoice(&yen)?),
        ("packing-12", packing_list(&invoice(12))?),
        ("cn22", customs_declaration(&declaration(3, 12_000))?),
        ("cn22-other", customs_declaration(&other)?),
        ("cn23", customs_declaration(&declaration(4, 40_000))?),
        ("cn23-12", customs_declaration(&declaration(12, 40_000))?),
        ("label", label(&parcel)?),
        ("label-long", label(&long)?),
    ];
    for (name, document) in drawn {
        println!(
            "{name}: {} bytes, {} pages, missing {:?}",
            document.pdf.len(),
            document.pages,
            document.missing_glyphs
        );
        std::fs::write(format!("out/{name}.pdf"), document.pdf)?;
    }
    Ok(())
}
