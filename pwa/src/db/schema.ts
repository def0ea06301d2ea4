import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/**
 * The phone's own database: the truth the screens read. Everything a shopper owns is filed under `key`, a local
 * id of their scope on this phone, so that one account's taps can never be sent as another's.
 */
export interface Sampan extends DBSchema {
  /** One row a scope this phone has ever held. */
  scopes: { key: string; value: ScopeRow };
  /** Which scope is open, and a few facts of the app itself. */
  app: { key: string; value: unknown };
  /** What the server last confirmed, by kind and id. */
  confirmed: { key: [string, string, string]; value: ConfirmedRow };
  /** Ops not acknowledged yet. */
  outbox: { key: [string, string]; value: OpRow };
  /** Acknowledged ops, kept 30 days in case the server comes back from a backup. */
  acked: { key: [string, string]; value: OpRow; indexes: { acked_at: number } };
  /** Pages of a reply that came in several, until the last one is here. */
  staged: { key: [string, number]; value: StagedPage };
  /** What became of ops, until the shopper has dismissed it. */
  outcomes: { key: [string, string]; value: OutcomeRow };
  /** Products seen or fetched ahead. */
  products: { key: string; value: ProductRow; indexes: { shop: string; seen_at: number } };
  shops: { key: string; value: ShopRow };
}

export interface ScopeRow {
  key: string;
  /** The server's scope id; null until the first talk with it. */
  scope: string | null;
  device: string;
  secret: string;
  /** The server knows this device. False at first and after a fork. */
  device_known: boolean;
  /** The pair it was known by before a fork: a guest's only proof until the new device is known. */
  proof: { device: string; secret: string } | null;
  /** May take over the login that the browser's cookie still holds (after storage was evicted). */
  may_adopt: boolean;
  account: Account | null;
  cart: string | null;
  seq: number;
  epoch: string;
  cursor: number;
  cursor_at: number;
  /** Outcomes kept here that the next request names in `seen`. */
  seen: string[];
}

export interface Account {
  email: string;
  roles: string[];
  shops: { slug: string; name: string }[];
}

/** The fields that every op has on the wire, and those of its kind. */
export interface Op {
  id: string;
  seq: number;
  at: number;
  base: number;
  base_at: number;
  epoch: string;
  kind: string;
  [field: string]: unknown;
}

export interface OpRow {
  key: string;
  id: string;
  device: string;
  op: Op;
  /** What the screen showed when it was tapped (a product for a new line); never sent. */
  shown?: unknown;
  /** Acknowledged over device authority: stays in the projection until a signed-in reply shows its effect. */
  pushed?: boolean;
  /** Queued again after the server came back from a backup: already in what it confirmed once. */
  requeued?: boolean;
  acked_at?: number;
}

export interface ConfirmedRow {
  key: string;
  kind: string;
  id: string;
  rev: number;
  value: unknown;
}

export interface OutcomeRow {
  key: string;
  id: string;
  outcome: Outcome;
  op: Op | null;
  shown?: unknown;
  /** Told when only the device could speak for the scope, by a reply without changes. */
  by_device?: boolean;
  /** Kept a while after the shopper dismissed it, so that a repeated reply does not bring it back. */
  dismissed_at?: number;
}

export type OutcomeCode = "applied" | "merged" | "superseded" | "moved" | "rejected" | "needs_you" | "working";

export interface Outcome {
  id: string;
  seq?: number;
  code: OutcomeCode;
  why?: string;
  kind?: string;
  line?: string;
  kept?: number;
  asked?: number;
  got?: number;
  actions?: string[];
  [detail: string]: unknown;
}

export interface Change {
  kind: string;
  id: string;
  rev: number;
  value: unknown;
}

export type Reset = "epoch" | "schema" | "floor" | "scope_changed";

export interface StagedPage {
  key: string;
  n: number;
  page: string;
  /** The epoch the page belongs to, named when the next one is asked for. */
  epoch: string;
  acked: string[];
  outcomes: Outcome[];
  changes: Change[];
  seen: string[];
  reset: Reset | null;
}

export interface ProductRow {
  sku: string;
  shop: string;
  /** Folded words that the offline search looks through. */
  words: string[];
  seen_at: number;
  /** True when it belongs to a shop's shelf that is kept up to date as a whole. */
  shelf: boolean;
  /** As the server sent it: a list item, a shelf item, or all of it. */
  product: Record<string, unknown>;
}

export interface ShopRow {
  slug: string;
  shop: Record<string, unknown>;
  seen_at: number;
  /** Version of the shelf kept here; null when only the shop's page was seen. */
  version: number | string | null;
  shelf_at: number;
}

export type Db = IDBPDatabase<Sampan>;

const NAME = "sampan";
const VERSION = 1;
let opened: Promise<Db> | null = null;

/**
 * A transaction whose end nobody need await: what goes wrong in it is told by its requests, and when a browser throws the
 * database away in mid-read there may be nobody left to hear of it.
 */
export function watched<T extends { done: Promise<void> }>(tx: T): T {
  tx.done.catch(() => undefined);
  return tx;
}

/** The database, opened once; lets go at once when a newer build wants to change its shape. */
export function database(): Promise<Db> {
  opened ??= openDB<Sampan>(NAME, VERSION, {
    upgrade,
    blocking: (_now, _wanted, event) => {
      opened = null;
      (event.target as IDBDatabase).close();
    },
    terminated: () => {
      opened = null;
    },
  }).catch((problem) => {
    opened = null;
    throw problem;
  });
  return opened;
}

function upgrade(db: Db, from: number): void {
  if (from < 1) {
    db.createObjectStore("scopes", { keyPath: "key" });
    db.createObjectStore("app");
    db.createObjectStore("confirmed", { keyPath: ["key", "kind", "id"] });
    db.createObjectStore("outbox", { keyPath: ["key", "id"] });
    db.createObjectStore("acked", { keyPath: ["key", "id"] }).createIndex("acked_at", "acked_at");
    db.createObjectStore("staged", { keyPath: ["key", "n"] });
    db.createObjectStore("outcomes", { keyPath: ["key", "id"] });
    const products = db.createObjectStore("products", { keyPath: "sku" });
    products.createIndex("shop", "shop");
    products.createIndex("seen_at", "seen_at");
    db.createObjectStore("shops", { keyPath: "slug" });
  }
}

/** All rows of one scope in a store whose key starts with the scope's key. */
export function ofScope(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key], [key, []]);
}
