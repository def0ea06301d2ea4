import { computed } from "@preact/signals";
import type { Address } from "../accounts/address";
import { currency } from "../accounts/preferences";
import { cartId, lines } from "../cart/queries";
import { fetchQuote, type Quote } from "../catalog/quote";
import { wishes } from "../catalog/wishes";
import { enqueue } from "../db/outbox";
import type { Op } from "../db/schema";
import { api, Unreachable } from "../platform/http";
import { uuidv7 } from "../platform/ids";
import type { Money } from "../platform/money";
import { type Card, cards } from "../sync/status";
import { unconfirmed, view } from "../sync/view";

/** The sandbox's cards: one that works and three that teach what can go wrong. */
export const sandboxCards = ["ok", "declined", "challenge", "timeout"] as const;
export type SandboxCard = (typeof sandboxCards)[number];

export interface Contact {
  email: string;
  phone?: string;
}

export interface Placement {
  ship_to: Address;
  contact: Contact;
  payment_method: { provider: "sandbox"; token: SandboxCard };
}

export interface Payment {
  id: string;
  state: string;
  provider?: string;
}

export interface Placed {
  order_group_id: string;
  orders: { id: string; number: string; state: string }[];
  payment: Payment;
}

/** Sends what was tapped, then asks what the cart as it then stands will cost. */
export async function quoteCart(ship_to: { country: string; postcode?: string }): Promise<Quote> {
  const { syncNow } = await import("../sync/exchange");
  await syncNow();
  const cart = cartId.peek();
  if (!cart) throw new Unreachable("The cart has not been sent yet.");
  return fetchQuote({ cart_id: cart, ship_to, currency: currency.peek(), ...wishes.peek() });
}

/** Places the order. The intent is its idempotency key: a repeat of the same intent never orders twice. */
export function placeOrder(intent: string, quote: Quote, placement: Placement): Promise<Placed> {
  return api(
    "POST",
    "/api/v1/checkouts",
    { cart_id: cartId.peek(), quote_id: quote.id, ...placement },
    { idempotency_key: intent, timeout_ms: 20_000 },
  );
}

export function fetchPayment(id: string): Promise<Payment> {
  return api("GET", `/api/v1/payments/${encodeURIComponent(id)}`);
}

/** The sandbox's bank page in two taps: "yes, it is me" or "no". */
export function answerChallenge(id: string, accept: boolean): Promise<Payment> {
  return api("POST", `/api/v1/payments/${encodeURIComponent(id)}/sandbox-confirm`, { accept });
}

/** Keeps the order on the phone, to be placed when there is a network, for no more than `max_total`. Null when it has no room. */
export function orderLater(placement: Placement, max_total: Money, quote: Quote | null): Promise<Op | null> {
  return enqueue({
    kind: "checkout.place",
    intent: uuidv7(),
    cart: cartId.peek(),
    quote_id: quote?.id ?? null,
    lines: lines.peek().map(({ sku, quantity }) => ({ sku, quantity })),
    max_total,
    ...placement,
  });
}

export const withdraw = (intent: string) => enqueue({ kind: "checkout.withdraw", intent });
export const dismiss = (op: string) => enqueue({ kind: "outcome.dismiss", op });

/** An order that waits to be placed. */
export interface Queued {
  intent: string;
  state: "waiting" | "queued" | "working";
  max_total: Money | null;
}

/** Orders on their way to being placed: on this phone still, or with the server. */
export const queued = computed<Queued[]>(() => {
  const unsent = new Map(
    unconfirmed.value.filter(({ op }) => op.kind === "checkout.place").map(({ op }) => [String(op.intent), op]),
  );
  const refused = new Set(refusals.value.map(({ op }) => op?.intent));
  const found: Queued[] = [];
  for (const [intent, checkout] of view.value.all<{ state: string; asked?: { max_total?: Money } } | null>(
    "checkout",
  )) {
    if (
      !checkout ||
      refused.has(intent) ||
      ["placed", "cancelled", "refused", "withdrawn", "done"].includes(checkout.state)
    )
      continue;
    const state = unsent.has(intent) ? "waiting" : checkout.state === "queued" ? "queued" : "working";
    const max_total = (unsent.get(intent)?.max_total ?? checkout.asked?.max_total ?? null) as Money | null;
    found.push({ intent, state, max_total });
  }
  return found;
});

/** Orders that could not be placed and wait for the shopper; nothing was charged for any of them. */
export const refusals = computed<Card[]>(() =>
  cards.value.filter(
    ({ op, outcome }) =>
      outcome.code === "needs_you" &&
      (op?.kind === "checkout.place" || outcome.kind === "checkout.place" || outcome.op_kind === "checkout.place"),
  ),
);
