//! What holds for any consignment.

use super::*;
use proptest::prelude::*;

fn some_goods() -> impl Strategy<Value = Vec<(usize, i64, i64, i64)>> {
    proptest::collection::vec(
        (0..4_usize, 0..2_000_000_i64, 1..500_i64, 0..50_000_i64),
        1..12,
    )
}

proptest! {
    #[test]
    fn lines_add_up_and_nothing_is_below_zero(lines in some_goods(), freight in 0..200_000_i64, to in 0..8_usize) {
        let (to, currency) = [("DE", "EUR"), ("GB", "GBP"), ("CH", "CHF"), ("AU", "AUD"), ("NZ", "NZD"), ("CA", "CAD"), ("NO", "NOK"), ("US", "USD")][to];
        let currency = Currency::parse(currency).expect("a currency");
        let goods = lines.iter().map(|(hs, value, items, grams)| Good {
            items: *items,
            grams: *grams,
            ..good(["610910", "910211", "691200", "691210"][*hs], Money::new(*value, currency))
        });
        let cost = reckoned(&consignment(to, goods.collect(), Money::new(freight, currency)));
        let sum = |part: fn(&LineCost) -> Option<Money>| cost.lines.iter().map(|line| part(line).map(|amount| amount.minor)).sum::<Option<i64>>();
        prop_assert_eq!(cost.duty.map(|duty| duty.minor), sum(|line| line.duty));
        prop_assert_eq!(cost.tax.map(|tax| tax.minor), sum(|line| line.tax));
        prop_assert!(cost.lines.iter().all(|line| line.duty.is_none_or(|duty| duty.minor >= 0) && line.tax.is_none_or(|tax| tax.minor >= 0)));
        if let Some(range) = cost.duty_range {
            prop_assert!(range.low.minor <= range.high.minor);
        }
    }

    /// Within one tier and one regime more pieces never cost less.
    #[test]
    fn more_pieces_never_cost_less(price in 1..20_000_i64, pieces in 1..400_i64, more in 1..50_i64, freight in 0..5_000_i64) {
        let pounds = Currency::parse("GBP").expect("a currency");
        let door = |pieces: i64| {
            let mut goods = good("691200", Money::new(price * pieces, pounds));
            goods.items = pieces;
            let cost = reckoned(&consignment("GB", vec![goods], Money::new(freight, pounds)));
            price * pieces + freight + cost.duty.expect("a duty").minor + cost.tax.expect("a tax").minor
        };
        prop_assert!(door(pieces + more) >= door(pieces));
    }
}
