//! The offers for one parcel.

use crate::{
    freight::{
        dangerous_goods::Taking,
        tariffs::{Card, REST_OF_WORLD, Service, Tariffs},
    },
    money::{Money, MoneyError, Rate},
    time::Day,
    trade::CountryCode,
};
use std::{collections::BTreeMap, sync::Arc};

/// What is to be sent from one place to another.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub from: CountryCode,
    pub to: CountryCode,
    pub pieces: Vec<Piece>,
}

/// Pieces of one kind.
#[derive(Clone, Debug)]
pub struct Piece {
    pub quantity: i64,
    /// One piece, packed.
    pub grams: i64,
    /// One piece, packed; None counts by weight alone.
    pub dimensions_mm: Option<[i64; 3]>,
    /// UN number.
    pub dangerous: Option<Arc<str>>,
}

/// What one carrier's service says to a parcel.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The card that prices it, or the largest where none does.
    pub card: &'a Card,
    pub chargeable_grams: i64,
    /// More than the heaviest line carries goes as several parcels.
    pub parcels: i64,
    /// In the card's currency.
    pub price: Result<Money, Refusal>,
}

/// Why a service does not take a parcel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a side is longer than {limit_mm} mm")]
    TooLong { limit_mm: i64 },
    #[error("{un} is not taken")]
    DangerousGoods { un: Arc<str> },
    #[error("more than {limit} pieces of {un} in one parcel")]
    TooManyPieces { un: Arc<str>, limit: i64 },
    #[error("more than {limit} grams of {un} in one parcel")]
    TooManyGrams { un: Arc<str>, limit: i64 },
    #[error("the amount is too large")]
    TooLarge,
}

impl Refusal {
    /// For programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::TooLong { .. } => "too_long",
            Refusal::DangerousGoods { .. } => "dangerous_goods",
            Refusal::TooManyPieces { .. } => "too_many_pieces",
            Refusal::TooManyGrams { .. } => "too_many_grams",
            Refusal::TooLarge => "too_large",
        }
    }

    /// The goods it is about.
    pub fn un(&self) -> Option<&Arc<str>> {
        match self {
            Refusal::DangerousGoods { un }
            | Refusal::TooManyPieces { un, .. }
            | Refusal::TooManyGrams { un, .. } => Some(un),
            Refusal::TooLong { .. } | Refusal::TooLarge => None,
        }
    }

    pub const fn limit(&self) -> Option<i64> {
        match self {
            Refusal::TooLong { limit_mm: limit }
            | Refusal::TooManyPieces { limit, .. }
            | Refusal::TooManyGrams { limit, .. } => Some(*limit),
            Refusal::DangerousGoods { .. } | Refusal::TooLarge => None,
        }
    }
}

/// Weight or room, whichever is more: each kind of piece by `length × width × height ÷ divisor`, rounded up to the gram.
/// None when it is too large to count.
pub fn chargeable_grams(pieces: &[Piece], divisor: Option<i64>) -> Option<i64> {
    let mut weight: i128 = 0;
    let mut room: i128 = 0;
    for piece in pieces {
        let quantity = i128::from(piece.quantity);
        weight += i128::from(piece.grams) * quantity;
        room += match (piece.dimensions_mm, divisor) {
            // Cubic millimetres are thousandths of cubic centimetres, as grams are of kilograms.
            (Some([length, width, height]), Some(divisor)) => {
                let volume = i128::from(length) * i128::from(width) * i128::from(height) * quantity;
                let divisor = i128::from(divisor.max(1));
                (volume + divisor - 1).div_euclid(divisor)
            }
            _ => i128::from(piece.grams) * quantity,
        };
    }
    i64::try_from(weight.max(room)).ok()
}

/// How near a price list is to the lane (exact zone, exact origin), and its lines.
type PriceList<'a> = ((bool, bool), Vec<&'a Card>);

/// One offer for each carrier and service, by carrier's and service's name. Cards for the exact origin go before those
/// for any, those of the exact zone before the rest of the world's.
pub fn offers<'a>(tariffs: &'a Tariffs, parcel: &Parcel, day: Day) -> Vec<Offer<'a>> {
    let zone = tariffs.zone(parcel.to, day);
    let mut lines: BTreeMap<(&str, Service), PriceList<'_>> = BTreeMap::new();
    for (is_exact, zone) in [(true, zone), (false, REST_OF_WORLD)] {
        for card in tariffs.cards(zone, day) {
            if card.origin.is_some_and(|origin| origin != parcel.from) {
                continue;
            }
            let closeness = (is_exact, card.origin.is_some());
            let known = lines
                .entry((&card.carrier, card.service))
                .or_insert((closeness, Vec::new()));
            if closeness > known.0 {
                *known = (closeness, Vec::new());
            }
            if closeness == known.0 {
                known.1.push(card);
            }
        }
        if zone == REST_OF_WORLD {
            break;
        }
    }
    lines
        .into_values()
        .filter_map(|(_, cards)| offer(tariffs, &cards, parcel, day))
        .collect()
}

/// The line of a price list that the parcel falls on, and its price.
fn offer<'a>(
    tariffs: &'a Tariffs,
    cards: &[&'a Card],
    parcel: &Parcel,
    day: Day,
) -> Option<Offer<'a>> {
    let heaviest = cards.iter().max_by_key(|card| card.up_to_grams)?;
    let Some(grams) = chargeable_grams(&parcel.pieces, heaviest.divisor) else {
        return Some(Offer {
            card: heaviest,
            chargeable_grams: i64::MAX,
            parcels: 1,
            price: Err(Refusal::TooLarge),
        });
    };
    let most = heaviest.up_to_grams.max(1);
    let parcels = (grams + most - 1).div_euclid(most).max(1);
    let each = (grams + parcels - 1).div_euclid(parcels);
    let fits = cards.iter().filter(|card| card.up_to_grams >= each);
    let card = fits.min_by_key(|card| card.up_to_grams)?;
    let price = refusal(tariffs, card, parcel, day).map_or_else(
        || price(card, each, parcels).map_err(|_| Refusal::TooLarge),
        Err,
    );
    Some(Offer {
        card,
        chargeable_grams: grams,
        parcels,
        price,
    })
}

/// `parcels × (base + per_kg × kilograms)`, half up once for each parcel.
fn price(card: &Card, grams: i64, parcels: i64) -> Result<Money, MoneyError> {
    let kilograms = Rate {
        numerator: i128::from(grams.max(card.min_grams)),
        denominator: 1_000,
    };
    let by_weight = card
        .per_kg
        .convert_half_up(kilograms, card.per_kg.currency)?;
    card.base.checked_add(by_weight)?.times(parcels)
}

fn refusal(tariffs: &Tariffs, card: &Card, parcel: &Parcel, day: Day) -> Option<Refusal> {
    let sides = parcel.pieces.iter().filter_map(|piece| piece.dimensions_mm);
    let longest = sides.flatten().max().unwrap_or(0);
    if let Some(limit_mm) = card.max_side_mm.filter(|limit| longest > *limit) {
        return Some(Refusal::TooLong { limit_mm });
    }
    let mut dangerous: BTreeMap<&Arc<str>, (i64, i64)> = BTreeMap::new();
    for piece in &parcel.pieces {
        if let Some(un) = &piece.dangerous {
            let sum = dangerous.entry(un).or_default();
            sum.0 = sum.0.saturating_add(piece.quantity);
            sum.1 = sum
                .1
                .saturating_add(piece.grams.saturating_mul(piece.quantity));
        }
    }
    dangerous.into_iter().find_map(|(un, (pieces, grams))| {
        let row = tariffs.dangerous(un, card.service, day);
        let is_accepted = card.accepts.contains(un);
        match row.map(|row| row.taking).filter(|_| is_accepted) {
            None | Some(Taking::Refused) => Some(Refusal::DangerousGoods { un: un.clone() }),
            Some(Taking::Within {
                pieces: most,
                grams: heaviest,
            }) => {
                let un = un.clone();
                if let Some(limit) = most.filter(|limit| pieces > *limit) {
                    return Some(Refusal::TooManyPieces { un, limit });
                }
                heaviest
                    .filter(|limit| grams > *limit)
                    .map(|limit| Refusal::TooManyGrams { un, limit })
            }
        }
    })
}
