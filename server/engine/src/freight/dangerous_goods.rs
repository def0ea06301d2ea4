//! Dangerous goods by UN number: what a service takes of them, and how much.

use crate::{freight::tariffs::Service, landed_cost::Validity};
use std::sync::Arc;

/// One UN number with one service.
#[derive(Clone, Debug)]
pub struct DangerousGoods {
    /// `UN3481`
    pub un: Arc<str>,
    /// As a shopper would call it: "lithium batteries in equipment".
    pub name: Arc<str>,
    pub service: Service,
    pub taking: Taking,
    pub note: Arc<str>,
    pub validity: Validity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    Refused,
    /// At most so many pieces and so many grams of them a parcel; None: no limit of that sort.
    Within {
        pieces: Option<i64>,
        grams: Option<i64>,
    },
}
