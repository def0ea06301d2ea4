import type { Buyer } from "../accounts/buyer";
import { api } from "../platform/http";
import type { Money } from "../platform/money";

/** The parts of a landed price, in the order in which they come to be asked. */
export const parts = ["goods", "freight", "duty", "tax", "fees"] as const;
export type Part = (typeof parts)[number];

/** How sure an amount is. An estimate is always marked "about". */
export type Confidence = "firm" | "estimate" | "unknown";

/** Who pays at the border: the seller out of what is paid now, or the buyer at the door. */
export type Terms = "ddp" | "dap";

export interface Range {
  low: Money;
  high: Money;
}

export interface Days {
  from: number;
  to: number;
}

/** One rule of a quote's reckoning, with where it comes from. Days are YYYY-MM-DD. */
export interface QuoteRule {
  part: string;
  kind: RuleKind;
  /** Whose parcel; null: of all. */
  parcel: string | null;
  /** The tariff's code, the tax, the agreement, the carrier. */
  name: string;
  /** "12%", "3.00 EUR", "EUR/GBP 0.8463800000" */
  rate: string;
  /** What the rule's own row remarks, in English. */
  detail: string;
  /** What it came to; null for a rule that only decides. */
  amount: Money | null;
  source: string;
  as_of: string;
  from: string | null;
  to: string | null;
  /** After this day it is only an estimate. */
  review_by: string | null;
  confidence: Confidence;
}

export type RuleKind =
  | "exchange"
  | "freight"
  | "duty"
  | "preference"
  | "preference_possible"
  | "layer"
  | "flat_duty"
  | "duty_relief"
  | "tax"
  | "tax_relief"
  | "tax_at_sale"
  | "reverse_charge"
  | "no_border"
  | "fee"
  | "advance_fee"
  | "unknown";

/** What is missing for a line's duty and tax. */
export type Missing = "hs" | "duty" | "tax" | "territory" | "exchange";

export interface QuoteLine {
  sku: string;
  title: string;
  shop: string;
  /** The parcel it travels in. */
  parcel: string;
  quantity: number;
  unit_price: Money;
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
  problem: string | null;
  hs: string | null;
  origin: string;
  unknown: Missing | null;
}

/** Amounts by part; null: not known. */
export interface Sums {
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  /** Set where six digits leave several rates open; the high one is charged. */
  duty_range: Range | null;
  tax: Money | null;
  fees: Money | null;
  /** What is paid now. */
  total: Money;
  /** What the door will ask besides; null: not known. */
  at_door: Money | null;
  confidence: Confidence;
}

/** One way to send a parcel; `freight` is null where it is refused. */
export interface QuoteService {
  service: string;
  carrier: string;
  freight: Money | null;
  days: Days;
  refused: { code: string; un: string | null; limit: string | null } | null;
}

/** The place a parcel leaves from, and why that one. */
export interface Origin {
  /** A shared warehouse's slug; null: the maker's own. */
  warehouse: string | null;
  place: string;
  country: string;
  why: "only" | "cheaper_and_sooner" | "cheaper" | "sooner" | "known" | "split";
  /** What one other place would have meant, the maker's if it can. */
  instead: { place: string; country: string; dearer: Money; days_later: number } | null;
}

/** One shop's parcel from one place. */
export interface QuoteShop extends Sums {
  /** What lines and rules call it. */
  parcel: string;
  slug: string;
  name: string;
  country: string;
  /** Not known of what this phone works out itself: that leaves from the maker. */
  ships_from?: Origin;
  weight_grams: number;
  /** What the carrier counts: weight or room, whichever is more. */
  chargeable_grams: number;
  terms: Terms;
  terms_why: "asked" | "known" | "not_known" | "no_border";
  /** The seller collects the tax with the sale, whatever the terms. */
  tax_at_sale: boolean;
  service: string;
  carrier: string;
  services: QuoteService[];
  /** From order to door. */
  days: Days | null;
  /** YYYY-MM-DD: the day the last of its goods is expected, where they were sold before they came. */
  ships_on?: string | null;
}

/** What the server promises a purchase to cost, until it expires; or what this phone worked out by itself. */
export interface Quote extends Sums {
  id: string;
  expires_at: string;
  /** YYYY-MM-DD: the day whose rules it was worked out by. */
  day: string;
  currency: string;
  ship_to: { country: string; postcode?: string | null };
  lines: QuoteLine[];
  shops: QuoteShop[];
  /** `total`, and `at_door` where it is known, for one piece. */
  per_piece: Money | null;
  rules: QuoteRule[];
  /** Rules for persons that do not hold because a business buys. */
  changed_for_business: QuoteRule[];
}

/** A quantity of one product. */
export interface Asked {
  sku: string;
  quantity: number;
}

/** What a shopper may choose besides the goods. */
export interface Wishes {
  buyer?: Buyer;
  terms?: Terms;
  service?: string;
}

export interface QuoteAsk extends Wishes {
  lines?: readonly Asked[];
  cart_id?: string;
  ship_to: { country: string; postcode?: string };
  currency: string;
}

export function fetchQuote(ask: QuoteAsk): Promise<Quote> {
  return api("POST", "/api/v1/quotes", ask);
}
