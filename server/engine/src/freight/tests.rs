//! Prices, room and refusals.

use super::*;
use crate::{
    landed_cost::{Percent, Validity},
    money::{Currency, Money},
    time::Day,
    trade::CountryCode,
};
use proptest::prelude::*;
use std::sync::Arc;

fn day() -> Day {
    Day::parse("2026-11-26").expect("a day")
}

fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

fn always() -> Validity {
    Validity {
        from: None,
        to: None,
        as_of: day(),
        review_by: day(),
        source: Arc::from("a test"),
        is_firm: true,
    }
}

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn card(carrier: &str, service: Service, origin: &str, zone: &str) -> Card {
    Card {
        carrier: Arc::from(carrier),
        service,
        origin: CountryCode::parse(origin),
        zone: Arc::from(zone),
        up_to_grams: 30_000,
        min_grams: 0,
        base: euro(490),
        per_kg: euro(333),
        divisor: None,
        max_side_mm: None,
        days: (3, 6),
        advance_fee: AdvanceFee {
            percent: Percent::ZERO,
            minimum: euro(0),
        },
        accepts: Vec::new(),
        note: Arc::from(""),
        validity: always(),
    }
}

fn tariffs(cards: Vec<Card>) -> Tariffs {
    let mut tariffs = Tariffs::default();
    tariffs.cards = cards;
    tariffs.zones.push(Zone {
        country: country("DE"),
        zone: Arc::from("EU"),
        validity: always(),
    });
    tariffs.indexed()
}

fn piece(quantity: i64, grams: i64) -> Piece {
    Piece {
        quantity,
        grams,
        dimensions_mm: None,
        dangerous: None,
    }
}

fn parcel(pieces: Vec<Piece>) -> Parcel {
    Parcel {
        from: country("PT"),
        to: country("DE"),
        pieces,
    }
}

fn prices(tariffs: &Tariffs, pieces: Vec<Piece>) -> Vec<Result<i64, Refusal>> {
    let offers = offers(tariffs, &parcel(pieces), day());
    let price = |offer: Offer<'_>| offer.price.map(|price| price.minor);
    offers.into_iter().map(price).collect()
}

#[test]
fn a_parcel_costs_its_base_and_so_much_a_kilogram_rounded_half_up() {
    let tariffs = tariffs(vec![card("a", Service::Post, "", "EU")]);
    for (grams, minor) in [(0, 490), (1000, 823), (1500, 990), (2448, 1305)] {
        assert_eq!(
            prices(&tariffs, vec![piece(1, grams)]),
            [Ok(minor)],
            "{grams} g"
        );
    }
}

#[test]
fn the_exact_lane_goes_before_any_other() {
    let with = |base, origin: &str, zone: &str| Card {
        base: euro(base),
        per_kg: euro(0),
        ..card("a", Service::Post, origin, zone)
    };
    let all = [
        with(1, "", "ROW"),
        with(2, "PT", "ROW"),
        with(3, "", "EU"),
        with(4, "PT", "EU"),
        with(5, "MX", "EU"),
    ];
    for known in 1..=4 {
        let found = prices(&tariffs(all[..known].to_vec()), vec![piece(1, 10)]);
        assert_eq!(found, [Ok(known as i64)]);
    }
    assert_eq!(prices(&tariffs(all.to_vec()), vec![piece(1, 10)]), [Ok(4)]);
    assert!(prices(&tariffs(all[4..].to_vec()), vec![piece(1, 10)]).is_empty());
}

#[test]
fn room_counts_where_it_is_more_than_weight() {
    let by_room = Card {
        divisor: Some(5_000),
        base: euro(0),
        per_kg: euro(1_000),
        ..card("a", Service::Express, "", "EU")
    };
    let tariffs = tariffs(vec![by_room]);
    // 300 × 200 × 100 mm are 6,000 cm³: 1.2 kg at 5,000 cm³ a kilogram.
    let basket = Piece {
        dimensions_mm: Some([300, 200, 100]),
        ..piece(2, 400)
    };
    assert_eq!(
        chargeable_grams(std::slice::from_ref(&basket), Some(5_000)),
        Some(2_400)
    );
    assert_eq!(prices(&tariffs, vec![basket.clone()]), [Ok(2_400)]);
    let heavy = Piece {
        grams: 3_000,
        ..basket
    };
    assert_eq!(prices(&tariffs, vec![heavy]), [Ok(6_000)]);
}

#[test]
fn the_smallest_line_that_carries_it_prices_and_more_goes_as_several_parcels() {
    let line = |up_to_grams, per_kg| Card {
        up_to_grams,
        base: euro(100),
        per_kg: euro(per_kg),
        ..card("a", Service::Express, "", "EU")
    };
    let tariffs = tariffs(vec![line(2_000, 300), line(10_000, 200)]);
    assert_eq!(prices(&tariffs, vec![piece(1, 2_000)]), [Ok(700)]);
    assert_eq!(prices(&tariffs, vec![piece(1, 2_001)]), [Ok(500)]);
    // 25 kg are three parcels of 8,334 g.
    assert_eq!(
        prices(&tariffs, vec![piece(25, 1_000)]),
        [Ok(3 * (100 + 1_667))]
    );
}

#[test]
fn what_is_too_long_or_dangerous_is_refused_in_words_and_another_service_may_take_it() {
    let post = Card {
        max_side_mm: Some(1_050),
        ..card("a", Service::Post, "", "EU")
    };
    let express = Card {
        accepts: vec![Arc::from("UN3481")],
        ..card("b", Service::Express, "", "EU")
    };
    let mut tariffs = tariffs(vec![post, express]);
    let taken = Taking::Within {
        pieces: Some(4),
        grams: Some(5_000),
    };
    tariffs.dangerous_goods.push(DangerousGoods {
        un: Arc::from("UN3481"),
        name: Arc::from("lithium batteries in equipment"),
        service: Service::Express,
        taking: taken,
        note: Arc::from(""),
        validity: always(),
    });
    let tariffs = tariffs.indexed();
    let un: Arc<str> = Arc::from("UN3481");
    let lamp = |quantity, grams| Piece {
        dangerous: Some(un.clone()),
        ..piece(quantity, grams)
    };
    let refused = Refusal::DangerousGoods { un: un.clone() };
    assert_eq!(prices(&tariffs, vec![lamp(2, 100)])[0], Err(refused));
    assert!(prices(&tariffs, vec![lamp(2, 100)])[1].is_ok());
    let many = Refusal::TooManyPieces {
        un: un.clone(),
        limit: 4,
    };
    assert_eq!(prices(&tariffs, vec![lamp(5, 100)])[1], Err(many));
    let heavy = Refusal::TooManyGrams {
        un: un.clone(),
        limit: 5_000,
    };
    assert_eq!(prices(&tariffs, vec![lamp(4, 2_000)])[1], Err(heavy));
    let rug = Piece {
        dimensions_mm: Some([1_600, 200, 200]),
        ..piece(1, 900)
    };
    assert_eq!(
        prices(&tariffs, vec![rug.clone()])[0],
        Err(Refusal::TooLong { limit_mm: 1_050 })
    );
    assert!(prices(&tariffs, vec![rug])[1].is_ok());
}

proptest! {
    #[test]
    fn a_heavier_parcel_never_costs_less_within_a_line(one in 1_i64..30_000, more in 0_i64..30_000) {
        let tariffs = tariffs(vec![card("a", Service::Post, "", "EU")]);
        let heavier = (one + more).min(30_000);
        let price = |grams| prices(&tariffs, vec![piece(1, grams)])[0].clone().expect("a price");
        prop_assert!(price(one) <= price(heavier));
    }

    #[test]
    fn no_parcel_counts_for_less_than_it_weighs(
        grams in 0_i64..100_000, quantity in 1_i64..1_000,
        sides in proptest::array::uniform3(1_i64..2_000), divisor in 1_i64..10_000,
    ) {
        let piece = Piece { dimensions_mm: Some(sides), ..piece(quantity, grams) };
        let counted = chargeable_grams(&[piece], Some(divisor)).expect("small enough");
        prop_assert!(counted >= grams * quantity);
    }
}
