//! Points in time and ids as they leave the server: RFC 3339 over REST, epoch milliseconds inside sync.

use sampan_engine::time::Timestamp;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// Who is being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    Rest,
    Sync,
}

/// A point in time, written as its reader expects it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    at: Timestamp,
    telling: Telling,
}

impl Telling {
    pub const fn moment(self, micros: i64) -> Moment {
        Moment {
            at: Timestamp::from_micros(micros),
            telling: self,
        }
    }
}

impl Moment {
    pub const fn at(self) -> Timestamp {
        self.at
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.telling {
            Telling::Rest => serializer.serialize_str(&self.at.rfc3339()),
            Telling::Sync => serializer.serialize_i64(self.at.millis()),
        }
    }
}

/// The id part of a [`sampan_engine::protocol::Position::bound`] for rows keyed by UUID.
pub fn uuid_bound(bound: &str) -> Uuid {
    match bound {
        "" => Uuid::nil(),
        bound => Uuid::try_parse(bound).unwrap_or(Uuid::max()),
    }
}
