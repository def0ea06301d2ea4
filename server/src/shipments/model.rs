//! What a parcel is, and how an event moves it.

use sampan_engine::parcel::ParcelState;
use uuid::Uuid;

/// A parcel as stored.
#[derive(Clone, Debug)]
pub struct ParcelRow {
    pub scope_id: Uuid,
    pub id: Uuid,
    pub order_id: Uuid,
    pub batch_id: Uuid,
    pub carrier: String,
    pub number: String,
    pub state: ParcelState,
    /// ISO 3166-1 alpha-2 of where it was handed over.
    pub origin: String,
    /// ISO 3166-1 alpha-2 of where it goes.
    pub destination: String,
    /// Passes a customs border.
    pub crosses_border: bool,
    pub eta_from: i64,
    pub eta_to: i64,
    pub last_event_at: i64,
    /// How many events it has; the next one gets this number plus one.
    pub events: i64,
}

/// A parcel about to be handed over.
#[derive(Clone, Debug)]
pub struct NewParcel {
    pub id: Uuid,
    pub order_id: Uuid,
    pub batch_id: Uuid,
    pub carrier: String,
    /// As [`normal_number`] writes it.
    pub number: String,
    pub origin: String,
    pub destination: String,
    pub crosses_border: bool,
    pub eta_from: i64,
    pub eta_to: i64,
}

/// One scan of a carrier.
#[derive(Clone, Debug)]
pub struct Report {
    /// The carrier's own id; a repeat of it changes nothing.
    pub event_id: String,
    pub at: i64,
    pub state: ParcelState,
    pub place: Option<String>,
    /// The carrier's words, a plain sentence.
    pub text: Option<String>,
}

/// A tracking number as it is compared: capital letters and digits without spaces. None if it cannot be one.
pub fn normal_number(number: &str) -> Option<String> {
    let normal: String = number
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| character.to_ascii_uppercase())
        .collect();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    ((4..=40).contains(&normal.len()) && normal.bytes().all(allowed)).then_some(normal)
}

#[cfg(test)]
mod tests {
    use super::normal_number;

    #[test]
    fn tracking_numbers_are_compared_without_spaces_and_case() {
        assert_eq!(
            normal_number(" rr 123 456 785 pt").as_deref(),
            Some("RR123456785PT")
        );
        assert_eq!(normal_number("12"), None);
        assert_eq!(normal_number("<script>"), None);
    }
}
