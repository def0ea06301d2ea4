import { locale } from "./locale";

/** An amount in minor units of an ISO 4217 currency; always an integer, never a fraction. */
export interface Money {
  minor: number;
  currency: string;
}

/** Minor digits by ISO 4217; what is not named has 2. */
const EXPONENTS: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

export function exponent(currency: string): number {
  for (const [digits, currencies] of Object.entries(EXPONENTS))
    if (currencies.includes(currency)) return Number(digits);
  return 2;
}

/** The amount as exact decimal text: 1490 EUR is "14.90", 5 BHD is "0.005". */
export function decimal({ minor, currency }: Money): string {
  const digits = exponent(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? "-" : ""}${whole}${digits ? `.${text.slice(-digits)}` : ""}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** The amount in the shopper's language, always with its currency. */
export function formatMoney(money: Money, language: string = locale.value): string {
  const key = `${language} ${money.currency}`;
  let format = formats.get(key);
  if (!format) {
    const digits = exponent(money.currency);
    format = new Intl.NumberFormat(language, {
      style: "currency",
      currency: money.currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  // A decimal string is formatted exactly; a number would go through a float.
  return format.format(decimal(money) as `${number}`);
}

/** A unit price times a whole number of pieces. */
export function times(money: Money, quantity: number): Money {
  return { minor: integer(money.minor * quantity), currency: money.currency };
}

/** Sums amounts of one currency; null when there are none or the currencies differ. */
export function sum(amounts: readonly Money[]): Money | null {
  const [first] = amounts;
  if (!first || amounts.some((each) => each.currency !== first.currency)) return null;
  return { minor: integer(amounts.reduce((total, each) => total + each.minor, 0)), currency: first.currency };
}

/** The unit price at a quantity: the tier with the greatest lower bound not above it, else the first. */
export function tierPrice(
  tiers: readonly { minimum_quantity: number; price: Money }[],
  quantity: number,
): Money | null {
  const sorted = [...tiers].sort((a, b) => a.minimum_quantity - b.minimum_quantity);
  return (sorted.findLast((tier) => tier.minimum_quantity <= quantity) ?? sorted[0])?.price ?? null;
}

function integer(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError("An amount is beyond what can be counted exactly.");
  return minor;
}
