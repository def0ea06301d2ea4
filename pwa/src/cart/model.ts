import type { Coming } from "../catalog/model";
import type { Op } from "../db/schema";
import type { Money } from "../platform/money";
import type { Draft, Room, View } from "../sync/project";

/** A line as the server sends it, or as far as the phone knows it. */
export interface CartLine {
  quantity: number;
  note: string | null;
  product: LineProduct | null;
  /** What the market answers to the quantity; null until the server has seen the line. */
  market: Market | null;
}

export interface LineProduct {
  title: string;
  image: string | null;
  price: Money;
  tiers: { minimum_quantity: number; price: Money }[];
  shop: { slug: string; name: string; country: string; tint: string };
  /** As the product's page had them: how a tap steps until the market answers. */
  limits?: Limits;
}

export type Limits = Pick<Market, "minimum_quantity" | "pack_step">;

export interface Market {
  available: number | null;
  coming?: Coming;
  minimum_quantity: number;
  pack_step: number;
  max_per_order: number | null;
  price_changed_from: Money | null;
  problem: "unlisted" | "below_minimum" | "not_in_steps" | "above_maximum" | "short_stock" | null;
}

/** The cart of a phone that has never talked with the server. */
const UNNAMED = "open";
const MAX_QUANTITY = 1_000_000;

/** The rule of the merge as one phone can know it: adds add, a set sets, a remove empties, and nothing goes below zero. */
export const cartRoom: Room = {
  ops: {
    "cart.add": (draft, op, at) => {
      const cart = target(draft, op, at.cart, true);
      if (cart) change(draft, cart, op, (quantity) => quantity + Number(op.delta), at.shown);
    },
    "cart.set": (draft, op, at) => {
      const cart = target(draft, op, at.cart, false);
      if (cart) change(draft, cart, op, () => Number(op.quantity), at.shown);
    },
    "cart.remove": (draft, op, at) => {
      const cart = target(draft, op, at.cart, false);
      if (cart) change(draft, cart, op, () => 0, at.shown);
    },
    "cart.note": (draft, op, at) => {
      const cart = target(draft, op, at.cart, false);
      const id = `${cart}/${op.line}`;
      const line = cart && draft.one<CartLine>("cart_line", id);
      if (line) draft.put("cart_line", id, { ...line, note: String(op.text) || null });
    },
  },
};

function change(draft: Draft, cart: string, op: Op, next: (quantity: number) => number, shown: unknown): void {
  const id = `${cart}/${op.line}`;
  const line = draft.one<CartLine>("cart_line", id);
  const quantity = Math.min(MAX_QUANTITY, Math.max(0, next(line?.quantity ?? 0)));
  if (quantity === 0) draft.remove("cart_line", id);
  else
    draft.put("cart_line", id, {
      note: null,
      market: null,
      ...line,
      product: line?.product ?? product(shown),
      quantity,
    });
}

/** Adds to a cart that was ordered meanwhile go to the open one; sets and removes of it wait for the shopper. */
function target(view: View, op: Op, open: string | null, moves: boolean): string | null {
  const named = (op.cart as string | null) ?? openCart(view, open);
  const closed = view.one<{ state: string }>("cart", named)?.state === "ordered";
  return closed ? (moves ? openCart(view, open) : null) : named;
}

/** The cart that takes new lines: the scope's own, or what came after it was ordered. */
export function openCart(view: View, cart: string | null): string {
  const carts = view.all<{ state: string; successor: string | null }>("cart");
  let id = cart ?? [...carts].find(([, each]) => each.state === "open")?.[0] ?? UNNAMED;
  for (let step = carts.size; step > 0; step -= 1) {
    const here = carts.get(id);
    if (here?.state !== "ordered" || !here.successor) break;
    id = here.successor;
  }
  return id;
}

function product(shown: unknown): LineProduct | null {
  return shown && typeof shown === "object" && "title" in shown ? (shown as LineProduct) : null;
}

export interface Line extends CartLine {
  sku: string;
}

/** The lines of the open cart, by SKU so that they never jump while they are edited. */
export function linesOf(view: View, cart: string | null): Line[] {
  const start = `${openCart(view, cart)}/`;
  const lines: Line[] = [];
  for (const [id, line] of view.all<CartLine>("cart_line"))
    if (id.startsWith(start) && line) lines.push({ ...line, sku: id.slice(start.length) });
  return lines.sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
