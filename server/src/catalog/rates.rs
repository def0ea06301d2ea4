//! Reference rates: units of a currency for one euro, each with its date and source.

use crate::platform::db;
use sampan_engine::money::{Currency, Money, Rate};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashMap;

/// The latest rate of every currency known.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    by_currency: HashMap<Currency, DatedRate>,
}

#[derive(Clone, Debug)]
struct DatedRate {
    per_euro: Rate,
    source: String,
    date: String,
}

/// One currency's rate in another, and where it comes from: what every derived amount must store.
#[derive(Clone, Debug)]
pub struct CrossRate {
    /// `FROM/TO`, as in `EUR/GBP`.
    pub pair: String,
    pub rate: Rate,
    /// Ten digits after the point.
    pub decimal: String,
    pub source: String,
    /// `YYYY-MM-DD`, the older of the two rates' dates.
    pub date: String,
}

impl Rates {
    /// The amount in another currency, rounded half up once. None when a rate is missing.
    pub fn convert(&self, money: Money, to: Currency) -> Option<Money> {
        if money.currency == to {
            return Some(money);
        }
        let rate = self.rate(money.currency, to)?;
        money.convert_half_up(rate, to).ok()
    }

    /// The rate between two currencies over the euro.
    pub fn cross(&self, from: Currency, to: Currency) -> Option<CrossRate> {
        let rate = self.rate(from, to)?;
        let mut used: Vec<&DatedRate> = [from, to]
            .iter()
            .filter_map(|currency| self.by_currency.get(currency))
            .collect();
        used.sort_by(|a, b| a.date.cmp(&b.date));
        let oldest = used.first();
        Some(CrossRate {
            pair: format!("{from}/{to}"),
            rate,
            decimal: rate.to_decimal(),
            source: oldest.map_or_else(String::new, |rate| rate.source.clone()),
            date: oldest.map_or_else(String::new, |rate| rate.date.clone()),
        })
    }

    /// The date of the newest rate; empty when there is none.
    pub fn as_of(&self) -> &str {
        let dates = self.by_currency.values().map(|rate| rate.date.as_str());
        dates.max().unwrap_or("")
    }

    /// Who publishes them; empty when there is none.
    pub fn source(&self) -> &str {
        let newest = self.by_currency.values().max_by(|a, b| a.date.cmp(&b.date));
        newest.map_or("", |rate| rate.source.as_str())
    }

    /// Units for one euro, by currency.
    pub fn per_euro_of_all(&self) -> std::collections::BTreeMap<String, String> {
        let rates = self.by_currency.iter();
        rates
            .map(|(currency, rate)| (currency.to_string(), rate.per_euro.to_decimal()))
            .collect()
    }

    /// What one unit of the first currency is in the second.
    pub fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        Rate::over_euro(self.per_euro(from)?, self.per_euro(to)?)
    }

    fn per_euro(&self, currency: Currency) -> Option<Rate> {
        if currency == Currency::EUR {
            return Some(Rate {
                numerator: 1,
                denominator: 1,
            });
        }
        self.by_currency.get(&currency).map(|rate| rate.per_euro)
    }

    /// The latest rates that were known on `today` (`YYYY-MM-DD`).
    pub(super) async fn load(
        connection: &impl ConnectionTrait,
        today: &str,
    ) -> Result<Self, DbErr> {
        let text = "SELECT r.currency, r.date, r.per_euro, r.source FROM fx_rate r JOIN \
                    (SELECT currency, MAX(date) AS date FROM fx_rate WHERE date <= $1 GROUP BY currency) latest \
                    ON latest.currency = r.currency AND latest.date = r.date";
        let mut by_currency = HashMap::new();
        for row in db::fetch_all(connection, text, [today.into()]).await? {
            let (code, per_euro): (String, String) =
                (row.try_get("", "currency")?, row.try_get("", "per_euro")?);
            let (Some(currency), Some(per_euro)) =
                (Currency::parse(&code), Rate::parse_decimal(&per_euro))
            else {
                continue;
            };
            let rate = DatedRate {
                per_euro,
                source: row.try_get("", "source")?,
                date: row.try_get("", "date")?,
            };
            by_currency.insert(currency, rate);
        }
        Ok(Self { by_currency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> Rates {
        let dated = |per_euro: &str, date: &str| DatedRate {
            per_euro: Rate::parse_decimal(per_euro).expect("a rate"),
            source: "European Central Bank".into(),
            date: date.into(),
        };
        let by_currency = [
            ("GBP", dated("0.84638", "2024-06-28")),
            ("JPY", dated("171.94", "2024-06-27")),
        ];
        Rates {
            by_currency: by_currency
                .into_iter()
                .map(|(code, rate)| (currency(code), rate))
                .collect(),
        }
    }

    fn currency(code: &str) -> Currency {
        Currency::parse(code).expect("a code")
    }

    #[test]
    fn prices_are_converted_over_the_euro_and_rounded_once() {
        let table = [
            ((1000, "GBP", "JPY"), Some(2031)),
            ((780, "JPY", "EUR"), Some(454)),
            ((950, "EUR", "GBP"), Some(804)),
            ((950, "EUR", "EUR"), Some(950)),
            ((950, "XAU", "XAU"), Some(950)),
            ((950, "XAU", "EUR"), None),
        ];
        for ((minor, from, to), expected) in table {
            let converted = rates().convert(Money::new(minor, currency(from)), currency(to));
            assert_eq!(
                converted.map(|money| money.minor),
                expected,
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn a_cross_rate_tells_pair_source_and_the_older_date() {
        let cross = rates()
            .cross(currency("GBP"), currency("JPY"))
            .expect("a rate");
        assert_eq!(
            (
                cross.pair.as_str(),
                cross.decimal.as_str(),
                cross.date.as_str()
            ),
            ("GBP/JPY", "203.1475223895", "2024-06-27")
        );
    }
}
