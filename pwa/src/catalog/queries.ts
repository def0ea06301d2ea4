import { country, currency } from "../accounts/preferences";
import { api } from "../platform/http";
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
