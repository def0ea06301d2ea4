import { api, call } from "../platform/http";

const FILE_MS = 60_000;

/** Pieces by how long they have lain. */
export interface Ages {
  up_to_30_days: number;
  up_to_90_days: number;
  up_to_180_days: number;
  older: number;
  oldest_days: number;
}

/** A variant in one place; `warehouse` null: with the maker. */
export interface StockPlace {
  warehouse: string | null;
  on_hand: number;
  reserved: number;
  free: number;
  low_mark: number;
  is_low: boolean;
  /** What comes and may be sold before it is there. */
  promise: Promised | null;
  ages: Ages;
}

/** So many pieces on a day (YYYY-MM-DD), those orders wait for among them. */
export interface Promised {
  expected_on: string;
  pieces: number;
  waiting: number;
}

/** What a seller says of a variant in a place; without a day and pieces nothing changes of what comes. */
export interface Counted {
  warehouse: string | null;
  on_hand: number;
  low_mark: number;
  expected_on?: string;
  coming?: number;
}

export interface SellerStock {
  sku: string;
  title: string;
  image: string | null;
  shop: string;
  places: StockPlace[];
}

/** A warehouse near the buyers that shops may send to. */
export interface Warehouse {
  slug: string;
  name: string;
  country: string;
  place: string;
}

export interface StockPage {
  items: SellerStock[];
  next_cursor: string | null;
  low: number;
  warehouses: Warehouse[];
}

export interface StockReport {
  rows: number;
  changed: number;
}

export interface TransferLine {
  sku: string;
  title: string;
  sent: number;
  received: number | null;
  difference: number | null;
}

/** Pieces on their way from the maker to a warehouse. */
export interface Transfer {
  id: string;
  warehouse: string;
  state: "on_the_way" | "customs" | "received";
  carrier: string | null;
  number: string | null;
  customs_entry: string | null;
  expected_on: string | null;
  sent_at: string;
  lines: TransferLine[];
}

export interface TransferPage {
  items: Transfer[];
  next_cursor: string | null;
}

export interface NewTransfer {
  id: string;
  warehouse: string;
  lines: { sku: string; pieces: number }[];
  carrier?: string;
  number?: string;
  expected_on?: string;
}

const STOCK = "/api/v1/seller/stock";
const TRANSFERS = "/api/v1/seller/transfers";

export const fetchStock = (low: boolean, q: string, cursor?: string | null): Promise<StockPage> =>
  api("GET", STOCK, undefined, { query: { low: low ? "true" : "", q, cursor } });

export const count = (sku: string, counted: Counted): Promise<StockReport> =>
  api("PUT", `${STOCK}/${encodeURIComponent(sku)}`, counted);

/** A file of counts; a dry run only tells what would change. */
export async function sendCounts(file: File, dry_run: boolean): Promise<StockReport> {
  const query = { dry_run: String(dry_run) };
  const response = await call("POST", `${STOCK}/imports`, file, { query, timeout_ms: FILE_MS });
  return response.json();
}

export const fetchTransfers = (cursor?: string | null): Promise<TransferPage> =>
  api("GET", TRANSFERS, undefined, { query: { cursor } });

export const sendTransfer = (transfer: NewTransfer): Promise<Transfer> => api("POST", TRANSFERS, transfer);

export const atCustoms = (id: string, entry: string): Promise<Transfer> =>
  api("POST", `${TRANSFERS}/${id}/customs`, { entry });

export const receive = (id: string, lines: { sku: string; pieces: number }[]): Promise<Transfer> =>
  api("POST", `${TRANSFERS}/${id}/received`, { lines });
