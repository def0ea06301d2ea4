//! Exactly once: is an op new, a resend, or the sign of a cloned phone?

use crate::protocol::RawOp;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What the server remembers of an op.
#[derive(Clone, Debug)]
pub struct Stored<T> {
    pub id: Uuid,
    pub device: Uuid,
    pub seq: i64,
    pub outcome: T,
}

/// The ops of one request, put in their place.
#[derive(Debug)]
pub struct Sequenced<T> {
    /// In seq order, to be applied now.
    pub new: Vec<RawOp>,
    /// Already stored: skipped, and answered with the stored outcome.
    pub resent: Vec<(RawOp, T)>,
}

/// Another id already holds this device's seq, or the request repeats one: the phone was cloned or rewound.
#[derive(Debug, PartialEq, Eq)]
pub struct Forked {
    pub seq: i64,
}

/// Sorts the ops of `device` into new ones and resends. `stored` holds every known op with one of their ids, and
/// every known op of this device in the range of their seqs.
pub fn sequence<T: Clone>(
    device: Uuid,
    mut ops: Vec<RawOp>,
    stored: &[Stored<T>],
) -> Result<Sequenced<T>, Forked> {
    ops.sort_by_key(|op| op.seq);
    let by_id: HashMap<Uuid, &Stored<T>> = stored.iter().map(|op| (op.id, op)).collect();
    let taken: HashMap<i64, Uuid> = stored
        .iter()
        .filter(|op| op.device == device)
        .map(|op| (op.seq, op.id))
        .collect();
    let mut sequenced = Sequenced {
        new: Vec::new(),
        resent: Vec::new(),
    };
    let mut ids = HashSet::new();
    let mut seqs: HashMap<i64, Uuid> = HashMap::new();
    for op in ops {
        if let Some(known) = by_id.get(&op.id) {
            sequenced.resent.push((op, known.outcome.clone()));
            continue;
        }
        let held_by = taken.get(&op.seq).or_else(|| seqs.get(&op.seq)).copied();
        if held_by.is_some_and(|id| id != op.id) {
            return Err(Forked { seq: op.seq });
        }
        seqs.insert(op.seq, op.id);
        if ids.insert(op.id) {
            sequenced.new.push(op);
        }
    }
    Ok(sequenced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(id: u128, seq: i64) -> RawOp {
        RawOp {
            id: Uuid::from_u128(id),
            seq,
            at: 0,
            base: 0,
            base_at: 0,
            epoch: None,
            kind: "cart.add".into(),
            rest: Default::default(),
            is_readable: true,
        }
    }
    fn stored(id: u128, device: u128, seq: i64) -> Stored<&'static str> {
        Stored {
            id: Uuid::from_u128(id),
            device: Uuid::from_u128(device),
            seq,
            outcome: "applied",
        }
    }
    const PHONE: Uuid = Uuid::from_u128(7);

    #[test]
    fn new_ops_are_applied_in_seq_order_and_resends_are_only_answered() {
        let result = sequence(
            PHONE,
            vec![op(3, 3), op(2, 2), op(1, 1)],
            &[stored(1, 7, 1)],
        )
        .expect("no fork");
        assert_eq!(
            result.new.iter().map(|op| op.seq).collect::<Vec<_>>(),
            [2, 3]
        );
        assert_eq!(result.resent.len(), 1);
    }

    #[test]
    fn a_new_id_on_a_taken_seq_is_a_fork() {
        assert_eq!(
            sequence(PHONE, vec![op(9, 1)], &[stored(1, 7, 1)]).expect_err("fork"),
            Forked { seq: 1 }
        );
        assert_eq!(
            sequence::<()>(PHONE, vec![op(8, 1), op(9, 1)], &[]).expect_err("fork"),
            Forked { seq: 1 }
        );
    }

    #[test]
    fn an_op_renumbered_after_a_fork_is_known_by_its_id() {
        let result = sequence(PHONE, vec![op(1, 5)], &[stored(1, 6, 1)]).expect("no fork");
        assert!(result.new.is_empty() && result.resent.len() == 1);
    }
}
