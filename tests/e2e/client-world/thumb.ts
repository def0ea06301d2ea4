import type { Tab } from "./app.ts";
import type { Tap } from "./script.ts";

/** The names that a script's numbers stand for. */
export interface Shown {
  skus: readonly string[];
  addresses: readonly string[];
}

/** What a tap must leave behind: its ops, and what its line shows then. */
export interface Expected {
  done: unknown;
  ops: Record<string, unknown>[];
  line?: { sku: string; quantity: number };
}

/** One tap, by the very function that the screen calls. */
export function thumb(tab: Tab, tap: Tap, { skus, addresses }: Shown): Expected {
  const sku = "line" in tap ? (skus[tap.line] ?? "") : "";
  const has = tab.cart.quantityOf(sku);
  const line = (quantity: number) => ({ sku, quantity });
  const remove = { kind: "cart.remove", line: sku };
  switch (tap.tap) {
    case "add":
      return {
        done: tab.cart.add(sku, tap.pieces),
        ops: [{ kind: "cart.add", line: sku, delta: tap.pieces }],
        line: line(has + tap.pieces),
      };
    case "step": {
      const left = has + tap.pieces;
      const op = left > 0 ? { kind: "cart.add", line: sku, delta: tap.pieces } : remove;
      return { done: tab.cart.step(sku, tap.pieces), ops: [op], line: line(Math.max(0, left)) };
    }
    case "set": {
      const op = tap.pieces > 0 ? { kind: "cart.set", line: sku, quantity: tap.pieces } : remove;
      return { done: tab.cart.set(sku, tap.pieces), ops: [op], line: line(tap.pieces) };
    }
    case "remove":
      return { done: tab.cart.remove(sku), ops: [remove], line: line(0) };
    case "note":
      return { done: tab.cart.note(sku, tap.text), ops: [{ kind: "cart.note", line: sku, text: tap.text }] };
    case "wish":
      return { done: tab.wishlist.wish(sku), ops: [{ kind: "wishlist.put", sku }] };
    case "unwish":
      return { done: tab.wishlist.unwish(sku), ops: [{ kind: "wishlist.remove", sku }] };
    case "country":
      return { done: tab.preferences.chooseCountry(tap.value), ops: [{ kind: "prefs.set", name: tap.tap, value: tap.value }] };
    case "currency":
      return { done: tab.preferences.chooseCurrency(tap.value), ops: [{ kind: "prefs.set", name: tap.tap, value: tap.value }] };
    case "save_address": {
      const address_id = addresses[tap.address] ?? "";
      const address = { name: "Inés Duarte", line1: tap.street, city: "Porto", postcode: "4050-107", country: "PT" };
      return { done: tab.address.saveAddress(address, address_id), ops: [{ kind: "address.put", address_id, ...address }] };
    }
    case "remove_address": {
      const address_id = addresses[tap.address] ?? "";
      return { done: tab.address.removeAddress(address_id), ops: [{ kind: "address.remove", address_id }] };
    }
    case "card":
      return answerCard(tab, tap);
  }
}

/** Does what one of the open cards offers; nothing when none is open. */
function answerCard(tab: Tab, { card: number, action: which }: Tap & { tap: "card" }): Expected {
  const cards = tab.status.cards.value;
  const card = cards[number % Math.max(1, cards.length)];
  if (!card) return { done: null, ops: [] };
  const actions = tab.outcomes.actionsOf(card);
  const action = actions[which % actions.length] ?? "dismiss";
  const dismissal = { kind: "outcome.dismiss", op: card.id };
  const takes_back = action === "remove" && (card.outcome.line ?? card.op?.line) !== undefined;
  return { done: tab.outcomes.act(card, action), ops: takes_back ? [{}, dismissal] : [dismissal] };
}
