import type { BatchState, ParcelState, ShipTo } from "../orders/model";
import { api } from "../platform/http";
import type { Money } from "../platform/money";

/** A batch as the packing table sees it. */
export interface SellerBatch {
  id: string;
  state: BatchState;
  /** When goods are expected that were sold before they came; it cannot be packed until then. */
  planned_for?: string | null;
  shop: string | { slug: string; name: string };
  order_id: string;
  order_number: string;
  placed_at: string;
  lines: {
    sku: string;
    title: string;
    quantity: number;
    image: string | null;
    note?: string | null;
    /** The number under its barcode, fourteen digits. */
    gtin?: string | null;
  }[];
  ship_to: ShipTo;
  total: Money;
  parcel: { id: string; number: string; carrier: string; state: ParcelState; next_state: ParcelState | null } | null;
}

export interface BatchPage {
  items: SellerBatch[];
  next_cursor: string | null;
}

export const fetchBatches = (state: string, cursor?: string | null): Promise<BatchPage> =>
  api("GET", "/api/v1/seller/batches", undefined, { query: { state, cursor } });

/** One batch; the list is asked for it, as there is no call for one alone. */
export async function fetchBatch(id: string): Promise<SellerBatch | null> {
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const reply: BatchPage = await api("GET", "/api/v1/seller/batches", undefined, { query: { cursor } });
    const found = reply.items.find((batch) => batch.id === id);
    if (found || !reply.next_cursor) return found ?? null;
    cursor = reply.next_cursor;
  }
  return null;
}

const MAX_PAGES = 40;

export const markPacked = (id: string): Promise<SellerBatch> => api("POST", `/api/v1/seller/batches/${id}/packed`, {});

interface Missing {
  /** Made here; sent again it changes nothing. */
  id: string;
  sku: string;
  pieces: number;
  /** YYYY-MM-DD: when as many more come. */
  expected_on: string;
}

/** Pieces of a batch are not on the shelf. */
export const tellMissing = (batch: string, missing: Missing): Promise<SellerBatch> =>
  api("POST", `/api/v1/seller/batches/${batch}/missing`, missing);

/** Under which number; one whose check digit is wrong is taken only when it is printed so. */
interface Handed {
  number: string;
  carrier: string;
  isAsPrinted: boolean;
}

export const markShipped = (id: string, { number, carrier, isAsPrinted }: Handed): Promise<SellerBatch> =>
  api("POST", `/api/v1/seller/batches/${id}/shipped`, {
    ...(number && { tracking_number: number, as_printed: isAsPrinted }),
    ...(carrier && number && { carrier }),
  });

/** Moves a parcel of the demo's own carrier to its next state; there already, it stays. */
export const moveParcel = (parcel: string, state: ParcelState | null): Promise<unknown> =>
  api("POST", `/api/v1/seller/parcels/${parcel}/advance`, { state });

export function shopName(batch: SellerBatch): string {
  return typeof batch.shop === "string" ? batch.shop : batch.shop.name;
}
