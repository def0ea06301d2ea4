use super::*;
use crate::trade::tests::{buyer, seller};

/// An invoice of as many lines as asked, which adds up.
pub fn invoice(count: usize) -> Invoice {
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
    let lines: Vec<Line> = goods
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
        .collect();
    let goods_minor = total(&lines, |line| line.total_minor);
    let net = total(&lines, |line| line.net_weight_grams);
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
        is_gross_estimated: false,
        parcels: 2,
        notes: vec![
            "Duty and import tax are paid by the seller; nothing is due on delivery.".into(),
            "Packed in recycled cardboard without wood.".into(),
        ],
        lines,
    }
}

#[test]
fn a_few_lines_fit_one_page() {
    assert_eq!(commercial_invoice(&invoice(3)).map(|d| d.pages), Ok(1));
    assert_eq!(packing_list(&invoice(3)).map(|d| d.pages), Ok(1));
}

#[test]
fn forty_lines_and_two_hundred_flow_over_pages() {
    for (lines, least, most) in [(40, 2, 4), (200, 8, 14)] {
        let drawn = commercial_invoice(&invoice(lines)).expect("drawn");
        assert!((least..=most).contains(&drawn.pages), "{}", drawn.pages);
        assert_eq!(drawn.missing_glyphs, []);
        assert!(packing_list(&invoice(lines)).is_ok());
    }
}

#[test]
fn every_number_of_lines_can_be_drawn() {
    for lines in 1..60 {
        assert!(commercial_invoice(&invoice(lines)).is_ok(), "{lines}");
    }
}

#[test]
fn the_same_invoice_gives_the_same_bytes() {
    assert_eq!(
        commercial_invoice(&invoice(40)),
        commercial_invoice(&invoice(40))
    );
}

#[test]
fn a_total_that_is_not_the_sum_of_its_parts_is_refused() {
    let mut wrong = invoice(2);
    wrong.total_minor += 1;
    let found = wrong.total_minor;
    let refused = DocumentError::DoesNotAddUp {
        what: "total".into(),
        expected: found - 1,
        found,
    };
    assert_eq!(commercial_invoice(&wrong), Err(refused));
}

#[test]
fn what_is_not_paid_by_the_seller_is_not_in_the_total() {
    let mut dap = invoice(2);
    dap.incoterms = "DAP Berlin".into();
    dap.duty_minor = None;
    dap.tax_minor = None;
    assert!(commercial_invoice(&dap).is_err());
    dap.total_minor = dap.goods_minor + 4_850 + 600;
    assert!(commercial_invoice(&dap).is_ok());
}

#[test]
fn a_vague_description_is_refused_with_its_line() {
    let mut vague = invoice(3);
    vague.lines[1].description = "Gift items".into();
    let refused = DocumentError::Vague {
        line: 2,
        description: "Gift items".into(),
    };
    assert_eq!(commercial_invoice(&vague), Err(refused.clone()));
    assert_eq!(packing_list(&vague), Err(refused));
}

#[test]
fn a_description_of_the_greatest_length_and_a_currency_without_minor_units_fit() {
    let mut long = invoice(30);
    long.currency = "JPY".into();
    long.exponent = 0;
    for line in &mut long.lines {
        line.description = "Donaudampfschifffahrt".repeat(28);
    }
    assert!(commercial_invoice(&long).is_ok());
}

#[test]
fn long_notes_flow_over_pages() {
    let mut noted = invoice(20);
    noted.notes = vec!["A sentence that says little at some length. ".repeat(40); 12];
    assert!(commercial_invoice(&noted).is_ok_and(|d| d.pages > 2));
}

#[test]
fn a_name_the_font_lacks_is_printed_in_latin_letters() {
    let mut foreign = invoice(1);
    foreign.buyer.name = "شركة Noor 王".into();
    let drawn = commercial_invoice(&foreign).expect("drawn");
    assert_eq!(drawn.missing_glyphs, []);
}

#[test]
fn a_weight_that_was_not_weighed_is_called_an_estimate() {
    let invoice = invoice(1);
    let named = |kind: &dyn Kind| {
        kind.sums()
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    assert!(named(&Packed(&invoice)).contains(&"Gross weight, kg".to_owned()));
    let estimated = Invoice {
        is_gross_estimated: true,
        ..invoice
    };
    assert!(named(&Packed(&estimated)).contains(&"Gross weight (estimated), kg".to_owned()));
}
