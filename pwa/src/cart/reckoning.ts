import { computed } from "@preact/signals";
import { type Money, sum, tierPrice, times } from "../platform/money";
import type { CartLine, Limits, Line, Market } from "./model";
import { lines } from "./queries";

/** The open cart by maker, and what its goods cost. */
export const makers = computed(() => byMaker(lines.value));
export const goods = computed(() => goodsOf(lines.value));

export interface Maker {
  slug: string;
  name: string;
  country: string;
  tint: string;
  lines: Line[];
  goods: Money | null;
}

/** The cart by maker, as parcels will leave. */
export function byMaker(lines: readonly Line[]): Maker[] {
  const makers = new Map<string, Maker>();
  for (const line of lines) {
    const shop = line.product?.shop ?? { slug: "", name: "", country: "", tint: "" };
    const maker = makers.get(shop.slug) ?? { ...shop, lines: [], goods: null };
    maker.lines.push(line);
    makers.set(shop.slug, maker);
  }
  for (const maker of makers.values()) maker.goods = goodsOf(maker.lines);
  return [...makers.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The price a piece at this line's quantity. */
export function unitPrice(line: CartLine): Money | null {
  return line.product && (tierPrice(line.product.tiers, line.quantity) ?? line.product.price);
}

export function lineTotal(line: CartLine): Money | null {
  const price = unitPrice(line);
  return price && times(price, line.quantity);
}

/** The goods of several lines; null when a price is unknown or currencies differ. */
export function goodsOf(lines: readonly CartLine[]): Money | null {
  const totals = lines.map(lineTotal);
  return totals.every((total) => total !== null) ? sum(totals as Money[]) : null;
}

/** What + and − do to a line: packs at a time, and never between zero and the minimum. */
export function stepFrom(quantity: number, direction: 1 | -1, market: Limits | null): number {
  const step = market?.pack_step ?? 1;
  const minimum = market?.minimum_quantity ?? 1;
  if (direction > 0) return quantity < minimum ? minimum - quantity : step - ((quantity - minimum) % step);
  if (quantity <= minimum) return -quantity;
  const over = (quantity - minimum) % step;
  return -(over === 0 ? step : over);
}

/** Why the market would not take the line as it is; the server's word, or the phone's own arithmetic while it is silent. */
export function problemOf(quantity: number, market: Market): Market["problem"] {
  if (market.problem === "unlisted") return "unlisted";
  if (quantity < market.minimum_quantity) return "below_minimum";
  if ((quantity - market.minimum_quantity) % Math.max(1, market.pack_step) !== 0) return "not_in_steps";
  if (market.max_per_order !== null && quantity > market.max_per_order) return "above_maximum";
  if (market.available !== null && quantity > Math.max(market.available, market.coming?.available ?? 0))
    return "short_stock";
  return null;
}
