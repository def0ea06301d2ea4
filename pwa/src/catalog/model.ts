import type { Money } from "../platform/money";

/** A shop as a product names it. */
export interface ShopRef {
  slug: string;
  name: string;
  country: string;
  place?: string;
  tint: string;
}

/** A niche shop with its own face. `icon` is an image's address. */
export interface Shop extends ShopRef {
  tagline: string;
  story: string;
  icon: string | null;
  product_count: number;
  founded: string | number | null;
}

/** A unit price from a quantity upwards. */
export interface Tier {
  minimum_quantity: number;
  price: Money;
}

/** What a piece costs at the door by quantity, in words; an estimate is "about". */
export type DoorPrices = Record<number, { price: string; isAbout: boolean }>;

/** A product as a list shows it; `price` is a piece at the minimum quantity. */
export interface ProductItem {
  sku: string;
  title: string;
  shop: ShopRef;
  category: string;
  price: Money;
  minimum_quantity: number;
  image: string | null;
  origin: string;
}

export interface FacetValue {
  value: string;
  label: string | null;
  count: number;
}

export type FacetName = "category" | "origin" | "shop";

export interface ProductPage {
  items: ProductItem[];
  facets?: Partial<Record<FacetName, FacetValue[]>> | null;
  next_cursor: string | null;
}

export interface Variant {
  sku: string;
  options: Record<string, string>;
  available: number;
  coming?: Coming | null;
}

/** What comes on a day (YYYY-MM-DD) and may be ordered already. */
export interface Coming {
  on: string;
  available: number;
}

/** All of one variant, its siblings beside it. */
export interface Product {
  sku: string;
  title: string;
  description: string;
  shop: ShopRef;
  category: string;
  tiers: Tier[];
  minimum_quantity: number;
  pack_step: number;
  max_per_order: number | null;
  origin: string;
  hs6: string | null;
  weight_grams: number;
  dimensions_mm: number[] | null;
  /** UN number. */
  dangerous_goods: string | null;
  lead_time_days: number;
  image: string | null;
  images: string[];
  fx: { pair: string; rate: string; source: string; date: string } | null;
  stock: {
    /** Null: not known here. */
    available: number | null;
    coming?: Coming | null;
    warehouse: { country: string; place: string } | null;
    lead_time_days: number;
  };
  options: Record<string, string>;
  variants: Variant[];
  safety: { manufacturer: string; address: string; warnings: string | null } | null;
}

const MOST = 1_000_000;

/** What the market allows for one line. */
export interface Limits {
  minimum_quantity: number;
  pack_step: number;
  max_per_order: number | null;
}

/** The nearest quantity that can be ordered (the minimum and whole packs above it), never less than asked unless the maximum is below it. */
export function orderable(asked: number, { minimum_quantity, pack_step, max_per_order }: Limits): number {
  const step = Math.max(1, pack_step);
  const least = Math.max(1, minimum_quantity);
  const packs = Math.ceil(Math.max(0, asked - least) / step);
  const most = Math.floor(Math.max(0, (max_per_order ?? MOST) - least) / step);
  return least + Math.min(packs, most) * step;
}

/** Where the slider ends: past the last tier, or at what may be ordered at most. */
export function sliderEnd(tiers: readonly Tier[], limits: Limits): number {
  const last = Math.max(limits.minimum_quantity, ...tiers.map((tier) => tier.minimum_quantity));
  return orderable(Math.min(limits.max_per_order ?? Number.POSITIVE_INFINITY, Math.ceil(last * 1.5)), limits);
}

/** The tier that holds at a quantity: the greatest lower bound not above it, else the lowest. */
export function tierAt(tiers: readonly Tier[], quantity: number): Tier | undefined {
  const rising = [...tiers].sort((a, b) => a.minimum_quantity - b.minimum_quantity);
  return rising.findLast((tier) => tier.minimum_quantity <= quantity) ?? rising[0];
}

export type Sort = "relevance" | "newest" | "price_asc" | "price_desc";

export const sorts: readonly Sort[] = ["relevance", "newest", "price_asc", "price_desc"];

/** What a list of products is asked for; kept in the address, so that back and sharing work. */
export interface Filter {
  q: string;
  sort: Sort;
  category?: string | undefined;
  origin?: string | undefined;
  shop?: string | undefined;
}

export function filterFrom(query: Record<string, string>): Filter {
  return {
    q: query.q ?? "",
    sort: sorts.find((sort) => sort === query.sort) ?? "relevance",
    category: query.category || undefined,
    origin: query.origin || undefined,
    shop: query.shop || undefined,
  };
}

/** The filter as a query string without what is not set: "?q=tea&origin=JP", or "". */
export function queryOf(filter: Filter, more: Record<string, string | undefined> = {}): string {
  const entries = Object.entries({ ...filter, sort: filter.sort === "relevance" ? undefined : filter.sort, ...more });
  const search = new URLSearchParams(entries.filter((entry): entry is [string, string] => !!entry[1]));
  const text = search.toString();
  return text && `?${text}`;
}
