import { api } from "../platform/http";

/** A variant as a border sees it. */
export interface SellerGood {
  sku: string;
  title: string;
  image: string | null;
  shop: string;
  origin: string;
  weight_grams: number;
  /** Six digits; null: nobody has classified it. */
  hs6: string | null;
  /** The number under its barcode, fourteen digits; null: none is known. */
  gtin: string | null;
  /** What the code stands for, from the chapter down. */
  meaning: string[];
}

export interface GoodsPage {
  items: SellerGood[];
  missing: number;
  total: number;
  next_cursor: string | null;
}

/** A code that may fit; only six digits classify goods. */
export interface GoodsCode {
  hs: string;
  text: string;
  path: string[];
}

export const fetchGoods = (missing: boolean, cursor?: string | null): Promise<GoodsPage> =>
  api("GET", "/api/v1/seller/goods", undefined, { query: { missing: missing ? "true" : "", cursor } });

export const findCodes = async (q: string): Promise<GoodsCode[]> =>
  (await api<{ items: GoodsCode[] }>("GET", "/api/v1/hs", undefined, { query: { q } })).items;

export const setCode = (sku: string, hs6: string | null): Promise<SellerGood> =>
  api("PUT", `/api/v1/seller/goods/${encodeURIComponent(sku)}/code`, { hs6 });

/** Which barcode is on the goods; one that another product of the shop has is refused. */
export const setBarcode = (sku: string, gtin: string | null): Promise<unknown> =>
  api("PUT", `/api/v1/seller/goods/${encodeURIComponent(sku)}/barcode`, { gtin });
