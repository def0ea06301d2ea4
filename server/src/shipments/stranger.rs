//! What of a carrier's free text a stranger may read: the town where something happened, never a street or a name.

use sampan_engine::parcel::ParcelState;

const MAX_TOWN_CHARS: usize = 40;
/// Shorter words, such as "de" or "St", stand in any address.
const MIN_WORD_CHARS: usize = 3;

/// The town of a place, with its country's code where the carrier gives one: "Lyon, FR" of "Rue Bichat 4, Lyon, FR". Near
/// the door it is `city` or nothing, as a pick-up point tells where somebody lives. `private` are lines that must not be
/// told, not even a word of them unless it is `city`'s too.
pub fn town(
    place: &str,
    state: ParcelState,
    private: &[&str],
    city: Option<&str>,
) -> Option<String> {
    let mut parts: Vec<&str> = place
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let country = parts.pop_if(|part| is_country(part));
    let own = city.filter(|city| {
        let city = words(city);
        !city.is_empty() && words(place).windows(city.len()).any(|run| run == city)
    });
    let town = own.or_else(|| {
        let is_told = |part: &&&str| is_town(part) && !gives_away(part, private, city);
        parts
            .last()
            .filter(|part| !is_near_the_door(state) && is_told(part))
            .copied()
    });
    match (town, country) {
        (Some(town), Some(country)) => Some(format!("{town}, {country}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

fn is_country(part: &str) -> bool {
    part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_town(part: &str) -> bool {
    part.chars().count() <= MAX_TOWN_CHARS && !part.chars().any(char::is_numeric)
}

fn gives_away(part: &str, private: &[&str], city: Option<&str>) -> bool {
    let of_city = words(city.unwrap_or_default());
    let folded = part.to_lowercase();
    words(part)
        .iter()
        .filter(|word| word.chars().count() >= MIN_WORD_CHARS && !of_city.contains(word))
        .any(|word| private.iter().any(|line| words(line).contains(word)))
        || private
            .iter()
            .any(|line| line.to_lowercase().contains(&folded) && words(line) != of_city)
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// From here on a place may be the buyer's own, a neighbour's or the shop around the corner.
const fn is_near_the_door(state: ParcelState) -> bool {
    match state {
        ParcelState::OutForDelivery
        | ParcelState::DeliveryFailed
        | ParcelState::AvailableForPickup
        | ParcelState::Delivered
        | ParcelState::Returning
        | ParcelState::Exception => true,
        ParcelState::InfoReceived
        | ParcelState::PickedUp
        | ParcelState::InTransit
        | ParcelState::Customs
        | ParcelState::CustomsHeld
        | ParcelState::CustomsCleared
        | ParcelState::Returned
        | ParcelState::Expired => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: [&str; 3] = ["Inés Duarte", "Calle Escondida 7", "41001"];

    #[test]
    fn a_stranger_reads_the_town_and_never_the_street() {
        use ParcelState::*;
        let table = [
            ("Lyon, FR", InTransit, Some("Lyon, FR")),
            ("Lisboa", PickedUp, Some("Lisboa")),
            ("Rue Bichat 4, Lyon, FR", InTransit, Some("Lyon, FR")),
            ("São Paulo, BR", Customs, Some("São Paulo, BR")),
            (
                "Calle Escondida 7, 41001 SEVILLA, ES",
                Delivered,
                Some("Sevilla, ES"),
            ),
            ("Calle Escondida, ES", InTransit, Some("ES")),
            ("Escondida", InTransit, None),
            ("Inés", InTransit, None),
            ("Hub 12", InTransit, None),
            ("Kiosko Marta, ES", AvailableForPickup, Some("ES")),
            ("Left with Inés Duarte", Delivered, None),
            ("", Delivered, None),
        ];
        for (place, state, due) in table {
            let told = town(place, state, &PRIVATE, Some("Sevilla"));
            assert_eq!(told.as_deref(), due, "{place}");
        }
    }

    #[test]
    fn a_script_without_spaces_gives_nothing_away_either() {
        let private = ["神南町一丁目", "山田花子"];
        let told = |place, state| town(place, state, &private, Some("東京"));
        assert_eq!(told("神南町一丁目", ParcelState::InTransit), None);
        assert_eq!(told("花子", ParcelState::InTransit), None);
        let city = told("東京, JP", ParcelState::Delivered);
        assert_eq!(city.as_deref(), Some("東京, JP"));
    }
}
