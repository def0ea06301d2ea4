//! Inside a territory, below a heading, and an office's own rates of exchange.

use super::*;

fn sent_from(from: &str, buyer: Buyer) -> LandedCost {
    let goods = vec![good("691200", money("80 EUR"))];
    reckoned(&Consignment {
        from: country(from),
        buyer,
        ..consignment("DE", goods, money("10 EUR"))
    })
}

#[test]
fn inside_a_territory_there_is_no_duty_and_the_tax_is_the_buyers_countrys() {
    for from in ["FR", "DE"] {
        let cost = sent_from(from, Buyer::Person);
        // 19 % of 90.
        assert_eq!(
            (cost.duty, cost.tax),
            (Some(money("0 EUR")), Some(money("17.10 EUR")))
        );
        assert_eq!(kinds(&cost), [AppliedKind::NoBorder, AppliedKind::Tax]);
        assert!(cost.is_tax_at_sale);
    }
    let beyond = sent_from("TR", Buyer::Person);
    assert_eq!(beyond.duty, Some(money("3 EUR")));
}

#[test]
fn a_business_with_a_number_owes_the_tax_itself_when_it_buys_in_another_member_country() {
    let abroad = sent_from("FR", BUSINESS);
    assert_eq!(abroad.tax, Some(money("0 EUR")));
    assert_eq!(
        kinds(&abroad),
        [AppliedKind::NoBorder, AppliedKind::ReverseCharge]
    );
    let at_home = sent_from("DE", BUSINESS);
    assert_eq!(at_home.tax, Some(money("17.10 EUR")));
    let without_number = sent_from(
        "FR",
        Buyer::Business {
            is_registered: false,
        },
    );
    assert_eq!(without_number.tax, Some(money("17.10 EUR")));
}

fn duty_row(hs: &str, rate: &str) -> DutyRow {
    DutyRow {
        territory: Arc::from("EU"),
        hs: Arc::from(hs),
        rate: DutyRate::parse(rate).expect("a rate"),
        note: Arc::from(""),
        validity: always(),
    }
}

#[test]
fn finer_rows_are_the_range_of_a_code_that_has_no_row_of_its_own() {
    let builder = || RulesBuilder {
        territories: vec![territory("EU", "EUR", Basis::Cif, (true, true))],
        ..RulesBuilder::default()
    };
    let finer = [("6911", "9%"), ("6912001000", "5%"), ("6912002000", "8%")];
    let rows = |rows: &[(&str, &str)]| {
        let duties = rows.iter().map(|(hs, rate)| duty_row(hs, rate)).collect();
        let rules = RulesBuilder {
            duties,
            ..builder()
        }
        .build();
        let territory = rules
            .territory(country("DE"), day("2026-11-26"))
            .expect("a territory");
        let found = rules.duties(territory, "691200", day("2026-11-26"));
        let told = found.iter().map(|row| row.rate.to_string());
        told.collect::<Vec<_>>()
    };
    assert_eq!(rows(&finer), ["5%", "8%"]);
    assert_eq!(rows(&[&finer[..], &[("691200", "7%")]].concat()), ["7%"]);
    assert_eq!(rows(&[&finer[..1], &[("6912", "6%")]].concat()), ["6%"]);
    assert!(rows(&finer[..1]).is_empty());
}

#[test]
fn an_office_counts_with_its_own_rate_of_exchange_and_says_so() {
    let rules = RulesBuilder {
        territories: vec![territory("CH", "CHF", Basis::Cif, (true, true))],
        taxes: vec![tax("CH", "8.1")],
        duties: vec![DutyRow {
            territory: Arc::from("CH"),
            ..duty_row("6912", "free")
        }],
        customs_rates: vec![CustomsRate {
            territory: Arc::from("CH"),
            currency: Currency::EUR,
            per_unit: Rate::parse_decimal("1.25").expect("a rate"),
            validity: always(),
        }],
        ..RulesBuilder::default()
    }
    .build();
    let goods = vec![good("691200", money("100 EUR"))];
    let to_ch = consignment("CH", goods, money("0 EUR"));
    // 100 EUR are 80 CHF to the office; 8.1 % of them 6.48 CHF, and those 8.10 EUR. A bank's rate of 1 does not count.
    let bank = |_, _| Some(Rate::ONE);
    let cost = reckon(&rules, &to_ch, bank).expect("a reckoning");
    assert_eq!(cost.tax, Some(money("8.10 EUR")));
    let exchange = &cost.applied[0];
    assert_eq!(
        (exchange.kind, &*exchange.name, exchange.rate.as_str()),
        (AppliedKind::Exchange, "EUR/CHF", "0.8000000000")
    );
}
