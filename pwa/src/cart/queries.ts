import { computed, signal } from "@preact/signals";
import { loaded, scope } from "../db/mirror";
import { enqueue } from "../db/outbox";
import { api } from "../platform/http";
import { type OpState, stateOf } from "../sync/status";
import { view } from "../sync/view";
import { type CartLine, type LineProduct, linesOf, openCart } from "./model";

/** The open cart's lines as the shopper tapped them. */
export const lines = computed(() => withAnswers(linesOf(view.value, scope.value?.cart ?? null)));
/** Distinct lines, for the bar's count. */
export const lineCount = computed(() => lines.value.length);
export const cartLoaded = loaded;

/** The id that ops and REST name; null before the first talk with the server. */
export const cartId = computed(() => {
  const id = openCart(view.value, scope.value?.cart ?? null);
  return id === "open" ? null : id;
});

export const quantityOf = (sku: string): number => lines.value.find((line) => line.sku === sku)?.quantity ?? 0;

/** Puts pieces into the cart. `product` is what the line draws until the server has answered. */
export const add = (sku: string, delta: number, product?: LineProduct) =>
  enqueue({ kind: "cart.add", cart: cartId.peek(), line: sku, delta }, product);

/** A typed or picked quantity. */
export const set = (sku: string, quantity: number, product?: LineProduct) =>
  quantity > 0 ? enqueue({ kind: "cart.set", cart: cartId.peek(), line: sku, quantity }, product) : remove(sku);

export const remove = (sku: string) => enqueue({ kind: "cart.remove", cart: cartId.peek(), line: sku });

export const note = (sku: string, text: string) => enqueue({ kind: "cart.note", cart: cartId.peek(), line: sku, text });

/** A tap on + or −; one that takes the line to zero is a remove. */
export function step(sku: string, delta: number, product?: LineProduct) {
  return quantityOf(sku) + delta <= 0 ? remove(sku) : add(sku, delta, product);
}

/** How far the shopper's last tap on a line has come. */
export function lineState(sku: string): OpState {
  return stateOf((op) => op.kind.startsWith("cart.") && op.line === sku, sku);
}

/** Prices and stock as of the last look; they change without any revision of the cart. */
const answers = signal<ReadonlyMap<string, Pick<CartLine, "product" | "market">>>(new Map());

/** Asks for today's prices and stock while the cart is open. Silent offline: the last answer stays. */
export async function refreshMarket(): Promise<void> {
  const cart = cartId.peek();
  if (!cart) return;
  const reply = await api<{ lines: (CartLine & { line: string })[] }>("GET", `/api/v1/carts/${cart}`).catch(() => null);
  if (reply) answers.value = new Map(reply.lines.map(({ line, product, market }) => [line, { product, market }]));
}

function withAnswers<T extends CartLine & { sku: string }>(list: T[]): T[] {
  return list.map((line) => {
    const answer = answers.value.get(line.sku);
    return answer ? { ...line, product: answer.product ?? line.product, market: answer.market ?? line.market } : line;
  });
}
