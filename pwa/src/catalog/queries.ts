import { country, currency } from "../accounts/preferences";
import { api } from "../platform/http";
import type { Money } from "../platform/money";
import type { Filter, Product, ProductPage, Shop } from "./model";

/** One page of products as the filter asks; `cursor` continues the page before. */
export function fetchProducts(filter: Partial<Filter>, cursor?: string | null, limit = 24): Promise<ProductPage> {
  return api("GET", "/api/v1/products", undefined, {
    query: { ...filter, cursor, limit, currency: currency.value, ship_to: country.value },
  });
}

export function fetchProduct(sku: string): Promise<Product> {
  return api("GET", `/api/v1/products/${encodeURIComponent(sku)}`, undefined, { query: { currency: currency.value } });
}

export function fetchShops(): Promise<{ items: Shop[]; next_cursor: string | null }> {
  return api("GET", "/api/v1/shops");
}

export function fetchShop(slug: string): Promise<Shop> {
  return api("GET", `/api/v1/shops/${encodeURIComponent(slug)}`);
}

/** One part of a quote's reckoning, with where it comes from. */
export interface QuoteRule {
  part: string;
  name: string;
  detail: string;
  source: string;
  as_of: string;
  confidence: "firm" | "estimate" | "unknown";
}

export interface QuoteLine {
  sku: string;
  title: string;
  shop: string;
  quantity: number;
  unit_price: Money;
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
  problem: string | null;
}

/** What the server promises a purchase to cost, until it expires. Null parts were not calculated. */
export interface Quote {
  id: string;
  expires_at: string;
  currency: string;
  ship_to: { country: string; postcode?: string | null };
  lines: QuoteLine[];
  shops: {
    slug: string;
    name: string;
    goods: Money;
    freight: Money | null;
    total: Money;
    days: { from: number; to: number } | null;
  }[];
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
  fees: Money;
  total: Money;
  per_piece: Money | null;
  confidence: "firm" | "estimate" | "unknown";
  rules: QuoteRule[];
}

export interface QuoteAsk {
  lines?: { sku: string; quantity: number }[];
  cart_id?: string;
  ship_to: { country: string; postcode?: string };
  currency: string;
}

export function fetchQuote(ask: QuoteAsk): Promise<Quote> {
  return api("POST", "/api/v1/quotes", ask);
}
