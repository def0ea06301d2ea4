//! Which room an op belongs to: one exhaustive enum.

use crate::{
    cart, registers,
    scope::{Reason, Synced},
    sync::{SyncedRooms, outcomes},
};
use sampan_engine::protocol::RawOp;
use serde_json::{Map, Value};
use uuid::Uuid;

/// An op its room has read.
#[derive(Clone, Debug)]
pub enum Op {
    Cart(cart::Op),
    Register(registers::Op),
    Outcome(Uuid),
    /// Needs other tables: runs alone, with every room's state saved before it.
    Command {
        kind: String,
        rest: Map<String, Value>,
    },
}

/// May a phone whose login has expired push this with its device secret alone?
pub fn is_for_device(kind: &str) -> bool {
    ["cart.", "wishlist.", "message."]
        .iter()
        .any(|prefix| kind.starts_with(prefix))
}

/// Does this op run alone?
pub fn is_command(kind: &str) -> bool {
    kind.starts_with("checkout.")
}

pub fn parse(rooms: &SyncedRooms, op: &RawOp) -> Result<Op, Reason> {
    if !op.is_readable {
        return Err("bad_op".into());
    }
    let rest = op.rest.clone();
    match op.kind.split_once('.') {
        Some(("cart", _)) => rooms.carts.parse(&op.kind, rest).map(Op::Cart),
        Some(("wishlist" | "address" | "prefs", _)) => {
            rooms.registers.parse(&op.kind, rest).map(Op::Register)
        }
        Some(("outcome", _)) => outcomes::parse(&op.kind, rest).map(Op::Outcome),
        Some(("checkout", "place" | "withdraw")) => Ok(Op::Command {
            kind: op.kind.clone(),
            rest,
        }),
        _ => Err("unknown_kind".into()),
    }
}
