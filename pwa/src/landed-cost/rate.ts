import { decimal, type Fraction, isMore, plus, scale, times, ZERO } from "./exact";

/** What a rate is taken of, in the currency of the duty. */
export interface Dutiable {
  value: bigint;
  grams: number;
  items: number;
  currency: string;
}

const GRAMS: Record<string, bigint> = { kg: 1_000n, "100kg": 100_000n };

/**
 * The duty in minor units, not rounded: `12%`, `free`, `4.5% + 3 EUR/100kg`, `8% min 0.30 EUR/item max 0.80 EUR/item`.
 * Null without a rate of exchange; `rate` tells what one unit of a currency is in the duty's.
 */
export function dutyOf(text: string, goods: Dutiable, rate: (from: string) => Fraction | null): Fraction | null {
  if (text.trim().toLowerCase() === "free") return ZERO;
  const [rest = "", max] = text.split(" max ");
  const [sum = "", min] = rest.split(" min ");
  let duty: Fraction = ZERO;
  for (const term of sum.split("+")) {
    const part = termOf(term, goods, rate);
    if (!part) return null;
    duty = plus(duty, part);
  }
  for (const [bound, isLeast] of [
    [min, true],
    [max, false],
  ] as const) {
    if (!bound) continue;
    const limit = termOf(bound, goods, rate);
    if (!limit) return null;
    if (isMore(limit, duty) === isLeast) duty = limit;
  }
  return duty;
}

function termOf(text: string, goods: Dutiable, rate: (from: string) => Fraction | null): Fraction | null {
  const term = text.trim();
  if (term.endsWith("%")) return times({ n: goods.value, d: 100n }, decimal(term.slice(0, -1).trim()));
  const [amount = "", unit = ""] = term.split("/");
  const [number, currency = ""] = amount.trim().split(" ");
  const exchange = rate(currency);
  if (!exchange) return null;
  const grams = GRAMS[unit];
  const units: Fraction = grams ? { n: BigInt(goods.grams), d: grams } : { n: BigInt(goods.items), d: 1n };
  const major = times(times(decimal(number), units), exchange);
  return { n: major.n * scale(goods.currency), d: major.d };
}
