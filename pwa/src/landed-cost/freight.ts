import { convert, decimal, halfUp } from "./exact";
import { bankRate, type Landed, minorOf } from "./reckon";
import { type Row, type Slice, words } from "./rules";

/** Pieces of one kind in a parcel, one of them as packed. */
export interface Pieces {
  quantity: number;
  weight_grams: number;
  /** Length, width, height; null counts by weight alone. */
  dimensions_mm: readonly number[] | null;
  /** UN number. */
  dangerous_goods: string | null;
}

/** The line of a carrier's price list that a parcel falls on, and its price. */
export interface Offer {
  row: Row;
  chargeable_grams: number;
  price: bigint;
}

/** The services that take a parcel, the wished one first and then the cheapest: the twin of `engine::freight`. */
export function offers(
  slice: Slice,
  from: string,
  pieces: readonly Pieces[],
  { country, currency, service }: { country: string; currency: string; service?: string | undefined },
): Offer[] {
  const closeness = (row: Row) =>
    (row.zone === (slice.zones[country] ?? "ROW") ? 2 : 0) + (row.origin === from ? 1 : 0);
  const lists = new Map<string, Row[]>();
  for (const row of slice.cards) {
    if (row.origin !== "*" && row.origin !== from) continue;
    const key = `${row.carrier} ${row.service}`;
    const known = lists.get(key) ?? [];
    const nearer = closeness(row) - closeness(known[0] ?? row);
    if (nearer >= 0) lists.set(key, nearer ? [row] : [...known, row]);
  }
  const found: Offer[] = [];
  for (const list of lists.values()) {
    list.sort((a, b) => limit(a.up_to_grams) - limit(b.up_to_grams));
    const heaviest = list[list.length - 1] as Row;
    const chargeable_grams = chargeable(pieces, heaviest.divisor);
    const parcels = Math.ceil(chargeable_grams / limit(heaviest.up_to_grams)) || 1;
    const each = Math.ceil(chargeable_grams / parcels);
    const row = list.find(({ up_to_grams }) => limit(up_to_grams) >= each);
    const own = row?.currency ?? "";
    const rate = bankRate(slice, own, currency);
    if (!row || !rate || !isTaken(slice, row, pieces)) continue;
    const counted = BigInt(Math.max(each, Number(row.min_grams ?? 0)));
    const byWeight = convert(minorOf(row.per_kg, own), { n: counted, d: 1_000n }, own, own);
    const price = convert((minorOf(row.base, own) + byWeight) * BigInt(parcels), rate, own, currency);
    found.push({ row, chargeable_grams, price });
  }
  const order = ({ row, price }: Offer) => Number(price) - (row.service === service ? Number.MAX_SAFE_INTEGER : 0);
  return found.sort((a, b) => order(a) - order(b));
}

const limit = (text: string | undefined) => Number(text || Number.POSITIVE_INFINITY);

/** Weight or room, whichever is more; each kind's room rounded up to the gram. */
function chargeable(pieces: readonly Pieces[], divisor: string | undefined): number {
  let [weight, room] = [0, 0];
  for (const { quantity, weight_grams, dimensions_mm } of pieces) {
    weight += weight_grams * quantity;
    room +=
      dimensions_mm && divisor
        ? Math.ceil((dimensions_mm.reduce((volume, side) => volume * side, 1) * quantity) / Number(divisor))
        : weight_grams * quantity;
  }
  return Math.max(weight, room);
}

function isTaken(slice: Slice, row: Row, pieces: readonly Pieces[]): boolean {
  return pieces.every(({ dimensions_mm, dangerous_goods: un }) => {
    if (Math.max(0, ...(dimensions_mm ?? [])) > limit(row.max_side_mm)) return false;
    if (!un) return true;
    const rule = slice.dangerous_goods.find((rule) => rule.un === un && rule.service === row.service);
    const same = pieces.filter((other) => other.dangerous_goods === un);
    const most = (of: (one: Pieces) => number) => same.reduce((sum, one) => sum + of(one), 0);
    return (
      rule?.taken === "yes" &&
      words(row.accepts).includes(un) &&
      most((one) => one.quantity) <= limit(rule.max_pieces) &&
      most((one) => one.quantity * one.weight_grams) <= limit(rule.max_grams)
    );
  });
}

/** What the carrier takes for paying at the border. */
export function advanceFee(slice: Slice, row: Row, cost: Landed, currency: string): bigint {
  const atBorder = (cost.duty ?? 0n) + (cost.is_tax_at_sale ? 0n : (cost.tax ?? 0n)) + cost.fees;
  if (atBorder === 0n || cost.duty === null || cost.tax === null) return 0n;
  const share = decimal(row.advance_fee_percent);
  const fee = halfUp({ n: atBorder * share.n, d: share.d * 100n });
  const own = row.currency ?? "";
  const rate = bankRate(slice, own, currency);
  const least = rate ? convert(minorOf(row.advance_fee_min, own), rate, own, currency) : 0n;
  return fee > least ? fee : least;
}
