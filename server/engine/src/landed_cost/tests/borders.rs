//! One border after the other: worked examples, and what their laws are peculiar about.

use super::*;

#[test]
fn germany_levies_three_euro_a_category_and_tax_on_goods_freight_and_duty() {
    // 80 + 10 + 2 × 3 = 96; 19 % of it is 18.24; 96 + 18.24 = 114.24.
    let goods = vec![
        good("610910", money("60 EUR")),
        good("910211", money("20 EUR")),
    ];
    let cost = reckoned(&consignment("DE", goods, money("10 EUR")));
    assert_eq!(cost.duty, Some(money("6.00 EUR")));
    assert_eq!(cost.tax, Some(money("18.24 EUR")));
    let door = 8_000 + 1_000 + 600 + 1_824;
    assert_eq!(door, money("114.24 EUR").minor);
    assert_eq!(kinds(&cost), [AppliedKind::FlatDuty, AppliedKind::Tax]);
    assert_eq!(cost.confidence, Confidence::Firm);
}

#[test]
fn five_shirts_are_one_category_and_a_watch_is_another() {
    let (_, of_shirts) = vector("EU-3B");
    let mut shirts = good("610910", money("50 EUR"));
    shirts.items = 5;
    let cost = reckoned(&consignment("DE", vec![shirts], money("0 EUR")));
    assert_eq!(cost.duty, Some(money(&of_shirts["duty"])));
    let (_, of_both) = vector("EU-3C");
    let both = vec![
        good("610910", money("10 EUR")),
        good("910211", money("40 EUR")),
    ];
    let cost = reckoned(&consignment("DE", both, money("0 EUR")));
    assert_eq!(cost.duty, Some(money(&of_both["duty"])));
}

#[test]
fn the_day_decides_between_the_old_relief_and_the_flat_duty() {
    let at = |on: &str| {
        let goods = vec![good("610910", money("80 EUR"))];
        reckoned(&Consignment {
            day: day(on),
            ..consignment("DE", goods, money("10 EUR"))
        })
    };
    let (before, after) = (at("2026-06-30"), at("2026-07-01"));
    assert_eq!(kinds(&before), [AppliedKind::DutyRelief, AppliedKind::Tax]);
    assert_eq!(kinds(&after), [AppliedKind::FlatDuty, AppliedKind::Tax]);
    assert_eq!(
        (before.duty, after.duty),
        (Some(money("0 EUR")), Some(money("3 EUR")))
    );
    // 19 % of the three euro besides.
    assert_eq!(
        (before.tax, after.tax),
        (Some(money("17.10 EUR")), Some(money("17.67 EUR")))
    );
}

#[test]
fn a_business_pays_the_tariff_where_a_person_pays_the_flat_duty() {
    let goods = vec![good("610910", money("80 EUR"))];
    let cost = reckoned(&Consignment {
        buyer: BUSINESS,
        ..consignment("DE", goods, money("10 EUR"))
    });
    // 12 % of 90.
    assert_eq!(cost.duty, Some(money("10.80 EUR")));
    assert_eq!(kinds(&cost), [AppliedKind::Duty, AppliedKind::Tax]);
}

#[test]
fn britain_levies_tax_alone_up_to_its_threshold_and_both_above() {
    let at = |value: &str| {
        reckoned(&consignment(
            "GB",
            vec![good("691200", money(value))],
            money("10 GBP"),
        ))
    };
    let below = at("100 GBP");
    assert_eq!(
        (below.duty, below.tax),
        (Some(money("0 GBP")), Some(money("22.00 GBP")))
    );
    // 8 % of 210 is 16.80; 20 % of 226.80 is 45.36.
    let above = at("200 GBP");
    assert_eq!(
        (above.duty, above.tax),
        (Some(money("16.80 GBP")), Some(money("45.36 GBP")))
    );
    assert!(kinds(&above).contains(&AppliedKind::PreferencePossible));
    let mut proven = good("691200", money("200 GBP"));
    proven.is_origin_proven = true;
    let proven = reckoned(&consignment("GB", vec![proven], money("10 GBP")));
    assert_eq!(
        (proven.duty, proven.tax),
        (Some(money("0 GBP")), Some(money("42.00 GBP")))
    );
}

#[test]
fn british_examples_end_as_the_calculator_says() {
    let duty = |value: Money, rate: &str| {
        let rate = DutyRate::parse(rate).expect("a rate");
        let dutiable = rate::Dutiable {
            value,
            grams: 0,
            items: 1,
        };
        rate.of(dutiable, |_| None)
            .expect("an amount")
            .expect("a duty")
    };
    let (told, due) = vector("GB-1");
    let cif = money(&format!("{} GBP", told["cif"]));
    assert_eq!(
        duty(cif, &format!("{}%", told["duty_pct"])),
        money(&format!("{} GBP", due["duty"]))
    );
    let (told, due) = vector("GB-2");
    let part = |name: &str| money(&format!("{} GBP", told[name]));
    let cif = part("goods")
        .checked_add(part("ship"))
        .and_then(|sum| sum.checked_add(part("ins")));
    let cif = cif.expect("a sum");
    assert_eq!(cif, money(&format!("{} GBP", due["cif"])));
    assert_eq!(
        duty(cif, &format!("{}%", told["duty_pct"])),
        money(&format!("{} GBP", due["duty"]))
    );
    let (told, due) = vector("GB-3");
    let base = money(&format!("{} GBP", told["cif"]))
        .checked_add(money(&format!("{} GBP", told["duty_total"])));
    let base = base.expect("a sum");
    assert_eq!(base, money(&format!("{} GBP", due["vat_base"])));
    assert_eq!(
        duty(base, &format!("{}%", told["vat_pct"])),
        money(&format!("{} GBP", due["vat"]))
    );
}

#[test]
fn australia_tests_goods_alone_and_taxes_freight_too() {
    let low = reckoned(&consignment(
        "AU",
        vec![good("691200", money("900 AUD"))],
        money("100 AUD"),
    ));
    assert_eq!(
        (low.duty, low.tax),
        (Some(money("0 AUD")), Some(money("100.00 AUD")))
    );
    assert!(low.is_tax_at_sale && kinds(&low).contains(&AppliedKind::TaxAtSale));

    let (told, due) = vector("AU-1");
    // One Australian dollar is 0.91 American ones.
    let rate = |from: Currency, _: Currency| {
        let dollar = Rate::parse_decimal("0.9100").expect("a rate");
        if from.as_str() == "USD" {
            Some(Rate {
                numerator: dollar.denominator,
                denominator: dollar.numerator,
            })
        } else {
            Some(dollar)
        }
    };
    let goods = vec![good("691200", money(&told["goods"]))];
    let local = consignment("AU", goods, money(&told["post_ins"]));
    let cost = reckon(&rules(), &local, rate).expect("a reckoning");
    let back = |amount: &str| {
        let amount = money(&format!("{} {}", due[amount], due["ccy"]));
        let dollar = Rate::parse_decimal("0.9100").expect("a rate");
        let dollars = Currency::parse("USD").expect("a currency");
        amount.convert_half_up(dollar, dollars).expect("an amount")
    };
    assert_eq!(
        (cost.duty, cost.tax),
        (Some(back("duty")), Some(back("gst")))
    );
    assert!(!cost.is_tax_at_sale);
}

#[test]
fn new_zealand_converts_each_line_and_rounds_before_it_adds() {
    let (told, due) = vector("NZ-1");
    let part = |name: &str| money(&format!("{} NZD", told[name]));
    let cost = reckoned(&consignment(
        "NZ",
        vec![good("691200", part("goods"))],
        part("freight_ins"),
    ));
    assert_eq!(cost.tax, Some(money(&format!("{} NZD", due["gst"]))));

    let (told, due) = vector("NZ-3-LVG");
    let dollar = Rate::parse_decimal("0.6507").expect("a rate");
    let into = Rate {
        numerator: dollar.denominator,
        denominator: dollar.numerator,
    };
    let kiwi = Currency::parse("NZD").expect("a currency");
    let local = |name: &str| {
        money(&told[name])
            .convert_half_up(into, kiwi)
            .expect("an amount")
    };
    assert_eq!(
        local("goods").to_string(),
        format!("{} NZD", due["goods_nzd"])
    );
    assert_eq!(
        local("ship").to_string(),
        format!("{} NZD", due["ship_nzd"])
    );
    let cost = reckoned(&consignment(
        "NZ",
        vec![good("691200", local("goods"))],
        local("ship"),
    ));
    assert!(
        kinds(&cost).contains(&AppliedKind::DutyRelief),
        "998.92 is below 1000"
    );
    assert_eq!(cost.tax, Some(money(&format!("{} NZD", due["gst"]))));
}

#[test]
fn canada_taxes_goods_and_duty_but_not_freight() {
    let (told, due) = vector("CA-1");
    let dollar = Rate::parse_decimal("1.15").expect("a rate");
    let canadian = Currency::parse("CAD").expect("a currency");
    let value = money(&told["goods"])
        .convert_half_up(dollar, canadian)
        .expect("an amount");
    assert_eq!(value, money(&format!("{} CAD", due["vfd"])));
    let cost = reckoned(&consignment(
        "CA",
        vec![good("691200", value)],
        money("30 CAD"),
    ));
    assert_eq!(cost.duty, Some(money(&format!("{} CAD", due["duty"]))));
    assert_eq!(cost.tax, Some(money(&format!("{} CAD", due["gst"]))));

    let mut mexican = good("691200", value);
    mexican.origin = Some(country("MX"));
    let cost = reckoned(&consignment("CA", vec![mexican], money("30 CAD")));
    assert_eq!(
        cost.duty,
        Some(money("0 CAD")),
        "the agreement's own threshold"
    );
}

#[test]
fn switzerland_does_not_levy_a_tax_below_five_francs() {
    let at = |value: &str| {
        reckoned(&consignment(
            "CH",
            vec![good("691200", money(value))],
            money("10 CHF"),
        ))
    };
    // 8.1 % of 60 is 4.86, of 62 is 5.02.
    assert_eq!(at("50 CHF").tax, Some(money("0 CHF")));
    assert_eq!(at("52 CHF").tax, Some(money("5.02 CHF")));
    assert_eq!(
        kinds(&at("50 CHF")),
        [AppliedKind::Duty, AppliedKind::TaxRelief]
    );
}

#[test]
fn norway_looks_at_each_item() {
    let mut many = good("691200", money("20000 NOK"));
    many.items = 10;
    let cost = reckoned(&consignment("NO", vec![many.clone()], money("100 NOK")));
    assert!(cost.is_tax_at_sale);
    assert_eq!(cost.tax, Some(money("5025.00 NOK")));
    many.items = 6;
    let cost = reckoned(&consignment("NO", vec![many], money("100 NOK")));
    assert!(!cost.is_tax_at_sale, "3,333.33 an item");
}

#[test]
fn where_six_digits_do_not_decide_the_higher_rate_is_charged_and_the_range_told() {
    let cost = reckoned(&consignment(
        "US",
        vec![good("691200", money("100 USD"))],
        money("20 USD"),
    ));
    // 9.8 % or 4.5 %, and a layer of 10 % on either; freight is no part of the value.
    assert_eq!(cost.duty, Some(money("19.80 USD")));
    let range = cost.duty_range.expect("a range");
    assert_eq!(
        (range.low, range.high),
        (money("14.50 USD"), money("19.80 USD"))
    );
    assert_eq!(
        (cost.tax, cost.confidence),
        (Some(money("0 USD")), Confidence::Estimate)
    );
    let mut mexican = good("691200", money("100 USD"));
    mexican.origin = Some(country("MX"));
    let cost = reckoned(&consignment("US", vec![mexican], money("20 USD")));
    assert_eq!(
        cost.duty,
        Some(money("9.80 USD")),
        "no layer on this origin"
    );
}

#[test]
fn a_layer_adds_replaces_or_tops_up() {
    let with = |layers: Vec<(&str, Stacks)>| {
        let layer = |(percent, stacks): (&str, Stacks)| Layer {
            territory: Arc::from("GB"),
            name: Arc::from(percent),
            percent: Percent::parse(percent).expect("a percent"),
            origins: Vec::new(),
            not_origins: Vec::new(),
            hs_prefix: Arc::from(""),
            stacks,
            note: Arc::from(""),
            validity: always(),
        };
        let rows = RulesBuilder {
            territories: vec![territory("GB", "GBP", Basis::Fob, (true, true))],
            taxes: vec![tax("GB", "0")],
            duties: vec![duty_row("GB", "6912", "8%")],
            layers: layers.into_iter().map(layer).collect(),
            ..RulesBuilder::default()
        };
        let goods = vec![good("691200", money("1000 GBP"))];
        let cost = reckon(
            &rows.build(),
            &consignment("GB", goods, money("0 GBP")),
            no_exchange,
        );
        cost.expect("a reckoning").duty.expect("a duty").to_string()
    };
    assert_eq!(
        with(vec![("10", Stacks::Adds), ("25", Stacks::Adds)]),
        "430.00 GBP"
    );
    assert_eq!(
        with(vec![("10", Stacks::Adds), ("25", Stacks::Replaces)]),
        "330.00 GBP"
    );
    assert_eq!(with(vec![("15", Stacks::TopsUp)]), "150.00 GBP");
    assert_eq!(with(vec![("5", Stacks::TopsUp)]), "80.00 GBP");
}

#[test]
fn what_no_rule_says_is_unknown_and_never_nothing() {
    let mut unclassified = good("691200", money("500 GBP"));
    unclassified.hs = None;
    let cost = reckoned(&consignment("GB", vec![unclassified], money("10 GBP")));
    assert_eq!((cost.duty, cost.tax), (None, None));
    assert_eq!(
        (cost.unknown.as_slice(), cost.confidence),
        ([Unknown::Hs(0)].as_slice(), Confidence::Unknown)
    );

    let cost = reckoned(&consignment(
        "GB",
        vec![good("010121", money("500 GBP"))],
        money("10 GBP"),
    ));
    assert_eq!(cost.unknown, [Unknown::Duty(0)]);
    let cost = reckoned(&consignment(
        "BR",
        vec![good("691200", money("5 BRL"))],
        money("1 BRL"),
    ));
    assert_eq!(
        (cost.unknown.as_slice(), cost.duty),
        ([Unknown::Territory].as_slice(), None)
    );
    let cost = reckoned(&consignment(
        "GB",
        vec![good("691200", money("5 EUR"))],
        money("1 EUR"),
    ));
    assert_eq!(cost.unknown, [Unknown::Exchange]);
}

#[test]
fn past_its_review_date_a_rule_gives_an_estimate() {
    let goods = vec![good("610910", money("80 EUR"))];
    let cost = reckoned(&Consignment {
        day: day("2027-07-01"),
        ..consignment("DE", goods, money("10 EUR"))
    });
    assert_eq!(cost.confidence, Confidence::Estimate);
}

#[test]
fn triangulated_rates_have_ten_digits() {
    let (told, due) = vector("FX-1");
    let rate = |name: &str| Rate::parse_decimal(&told[name]).expect("a rate");
    let cross = |from: &str, to: &str| Rate::over_euro(rate(from), rate(to)).expect("a cross rate");
    assert_eq!(cross("eur_usd", "eur_gbp").to_decimal(), due["usd_gbp"]);
    assert_eq!(cross("eur_usd", "eur_jpy").to_decimal(), due["usd_jpy"]);
    let pounds = Currency::parse("GBP").expect("a currency");
    let hundred = money("100 USD").convert_half_up(cross("eur_usd", "eur_gbp"), pounds);
    assert_eq!(hundred, Ok(money(&format!("{} GBP", due["100usd_in_gbp"]))));

    let (told, due) = vector("FX-2-ledger");
    let (number, _) = told["rate"].split_once(' ').expect("a rate");
    let rupees = Currency::parse("INR").expect("a currency");
    let rate = Rate::parse_decimal(number).expect("a rate");
    let credit = money(&told["amount"])
        .convert_half_up(rate, rupees)
        .expect("an amount");
    assert!(due.is_empty(), "its answers are numbers: 10000 and 824214");
    assert_eq!(credit.minor, 824_214);
}
