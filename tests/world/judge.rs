//! What must become of each op of an exchange.

use super::{
    merge::{Line, Place, Verdict},
    network::Letter,
    oracle::{Broken, Kept, Oracle, Scope, Seen, id_of, number, ops_of, uuid},
    promise,
};
use serde_json::Value;

const DAY_MS: i64 = 86_400_000;
/// The fields a cart op may have.
const FIELDS: [&str; 12] = [
    "id", "seq", "at", "base", "base_at", "epoch", "kind", "cart", "line", "delta", "quantity",
    "text",
];

impl Oracle {
    /// Takes the ops of a request in seq order: what is known is a resend, the rest is judged and stored.
    pub fn take_ops(&self, scope: &mut Scope, letter: &Letter, seen: Seen) -> Kept {
        let mut ops = ops_of(letter).to_vec();
        ops.sort_by_key(|op| op["seq"].as_i64());
        let floor = scope.devices.values().map(|device| device.base_floor).min();
        for op in &ops {
            let (id, seq) = (id_of(op), number(op, "seq"));
            if scope.ops.contains_key(&id) {
                scope.tell_again(id, letter.device);
                continue;
            }
            let place = self.place(scope, letter, op, seen)?;
            let verdict = self.judge(scope, letter, op, &place, floor.unwrap_or(0));
            scope.store(id, seq, letter.device, verdict);
            let told = letter.body["epoch"].as_str();
            if told.is_none_or(|epoch| epoch == self.epoch) {
                let device = scope.devices.entry(letter.device).or_default();
                device.base_floor = device.base_floor.max(place.base);
            }
        }
        Ok(())
    }

    fn place(
        &self,
        scope: &Scope,
        letter: &Letter,
        op: &Value,
        seen: Seen,
    ) -> Result<Place, Broken> {
        let tap = self.taps.get(&id_of(op));
        let tap = tap.ok_or_else(|| Broken(format!("an op that nobody tapped: {op}")))?;
        let epoch = op["epoch"].as_str().or(letter.body["epoch"].as_str());
        let is_current = epoch.is_none_or(|epoch| epoch == self.epoch);
        let highest = if is_current {
            seen.rev - 1
        } else {
            scope.restored_rev
        };
        let base = number(op, "base");
        promise!(
            !is_current || base <= highest,
            "a base of {base} at revision {}",
            seen.rev
        );
        Ok(Place {
            device: letter.device,
            seq: number(op, "seq"),
            rev: seen.rev,
            base: base.min(highest),
            base_at: number(op, "base_at"),
            waited: letter.true_ms - tap.true_ms + letter.clock_error - tap.clock_error,
            received_at: seen.rev_at,
            wound_back: tap.wound_back,
        })
    }

    fn judge(
        &self,
        scope: &mut Scope,
        letter: &Letter,
        op: &Value,
        place: &Place,
        floor: i64,
    ) -> Verdict {
        if place.waited > 90 * DAY_MS {
            return Verdict::why("needs_you", "old");
        }
        let kind = op["kind"].as_str().unwrap_or_default();
        let room = kind.split('.').next().unwrap_or_default();
        if !letter.is_bearer && room != "cart" && room != "wishlist" {
            return Verdict::why("needs_you", "sign_in");
        }
        match room {
            "cart" => self.judge_cart(scope, kind, op, place, floor),
            "wishlist" | "address" | "prefs" => scope.write_register(kind, op, place),
            "outcome" => {
                let named = uuid(op, "op");
                match scope.told.get_mut(&named) {
                    Some(told) if told.verdict.code == "working" => {}
                    Some(told) => told.is_dismissed = true,
                    None => {
                        scope.dismissed_early.insert(named);
                    }
                }
                Verdict::of("applied")
            }
            "checkout" => scope.command(kind, op),
            _ => Verdict::why("rejected", "unknown_kind"),
        }
    }

    fn judge_cart(
        &self,
        scope: &mut Scope,
        kind: &str,
        op: &Value,
        place: &Place,
        floor: i64,
    ) -> Verdict {
        let fields = op.as_object().into_iter().flat_map(|op| op.keys());
        if fields
            .into_iter()
            .any(|name| !FIELDS.contains(&name.as_str()))
        {
            return Verdict::why("rejected", "unknown_field");
        }
        let named = if op["cart"].is_null() {
            scope.open
        } else {
            uuid(op, "cart")
        };
        let Some(cart) = scope.carts.get(&named) else {
            return Verdict::why("rejected", "unknown_cart");
        };
        let is_moved = !cart.is_open;
        if is_moved && kind != "cart.add" {
            return Verdict::why("needs_you", "cart_ordered");
        }
        let sku = op["line"].as_str().unwrap_or_default().to_owned();
        let held = scope
            .lines
            .get(&(scope.open, sku.clone()))
            .map_or(0, Line::quantity);
        if held == 0 && kind != "cart.remove" && !self.listed.contains(&sku) {
            return Verdict::why("rejected", "unknown_line");
        }
        let line = scope.lines.entry((scope.open, sku)).or_default();
        let last = &mut scope.last_eff;
        let verdict = match kind {
            "cart.add" => line.add(place, number(op, "delta")),
            "cart.set" => line.set(place, number(op, "quantity"), last),
            "cart.remove" => line.set(place, 0, last),
            _ => {
                let text = op["text"].as_str().filter(|text| !text.is_empty());
                line.note.write(place, text.map(Value::from), last)
            }
        };
        line.may_fold(floor);
        if is_moved {
            Verdict::of("moved")
        } else {
            verdict
        }
    }
}
