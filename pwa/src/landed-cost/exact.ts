import { exponent } from "../platform/money";

/** A fraction of whole numbers; `d` is above zero. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

export const ONE: Fraction = { n: 1n, d: 1n };
export const ZERO: Fraction = { n: 0n, d: 1n };

/** Reads a plain decimal such as "12.50" exactly; empty is zero. */
export function decimal(text: string | undefined): Fraction {
  const [whole = "", part = ""] = (text || "0").split(".");
  return { n: BigInt(whole + part), d: 10n ** BigInt(part.length) };
}

export const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
export const over = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n });
export const isMore = (a: Fraction, b: Fraction): boolean => a.n * b.d > b.n * a.d;

/** Rounded once, half up; amounts are never below zero here. */
export const halfUp = ({ n, d }: Fraction): bigint => (2n * n + d) / (2n * d);

export const scale = (currency: string): bigint => 10n ** BigInt(exponent(currency));

/** Minor units in another currency by a rate between major units. */
export const convert = (minor: bigint, rate: Fraction, from: string, to: string): bigint =>
  from === to && rate === ONE ? minor : halfUp({ n: minor * rate.n * scale(to), d: rate.d * scale(from) });

/** Parts in proportion to weights that add up exactly: floors first, then one more to the largest remainders. */
export function split(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return weights.map((_, at) => (at === 0 ? whole : 0n));
  const parts = weights.map((weight) => (whole * weight) / total);
  let left = whole - parts.reduce((sum, part) => sum + part, 0n);
  const rest = weights.map((weight, at) => ({ at, rest: (whole * weight) % total }));
  rest.sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of rest) {
    if (left === 0n) break;
    parts[at] = (parts[at] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
