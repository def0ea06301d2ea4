import { clock } from "../platform/clock";
import { api } from "../platform/http";
import type { CachedProduct, CachedShop } from "./catalog";
import { database, type ProductRow, type ShopRow, watched } from "./schema";
import { matches, words } from "./words";

/** How the phone's catalogue is kept; the screens reach it through `catalogCache`, which fetches this file when needed. */

interface ShelfReply {
  shop: string;
  version: number | string;
  full: boolean;
  items: (CachedProduct & { words?: string[] | string })[];
  removed: string[];
}

const MAX_SEEN = 3_000;
const SHELF_FRESH_MS = 30 * 60_000;

/** The product, and when it was last seen; null when this phone never did. */
export async function getProduct<T = CachedProduct>(sku: string): Promise<{ product: T; seen_at: number } | null> {
  const row = await (await database()).get("products", sku);
  return row ? { product: row.product as T, seen_at: row.seen_at } : null;
}

/** Remembers products seen on a screen. A short form never overwrites the details known before. */
export async function putProducts(items: readonly CachedProduct[]): Promise<void> {
  const tx = watched((await database()).transaction("products", "readwrite"));
  for (const item of items) {
    const before = await tx.store.get(item.sku);
    await tx.store.put(rowOf(item, before, before?.shelf ?? false));
  }
  const overflow = (await tx.store.count()) - MAX_SEEN;
  let oldest = overflow > 0 ? await tx.store.index("seen_at").openCursor() : null;
  for (let left = overflow; oldest && left > 0; oldest = await oldest.continue()) {
    if (oldest.value.shelf) continue;
    await oldest.delete();
    left -= 1;
  }
  await tx.done;
}

/** Finds products by every word of the query, best first; whole words before beginnings, titles before the rest. */
export async function searchOffline<T = CachedProduct>(
  query: string,
  options: { shop?: string; category?: string; limit?: number } = {},
): Promise<T[]> {
  const asked = words(query);
  const db = await database();
  const rows = options.shop ? await db.getAllFromIndex("products", "shop", options.shop) : await db.getAll("products");
  return rows
    .filter((row) => !options.category || row.product.category === options.category)
    .map((row) => ({
      row,
      score: asked.length ? matches(asked, row.words, words(String(row.product.title ?? ""))) : 1,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.row.seen_at - a.row.seen_at)
    .slice(0, options.limit ?? 60)
    .map(({ row }) => row.product as T);
}

export async function getShop<T = CachedShop>(
  slug: string,
): Promise<{ shop: T; seen_at: number; shelf_at: number } | null> {
  const row = await (await database()).get("shops", slug);
  return row ? { shop: row.shop as T, seen_at: row.seen_at, shelf_at: row.shelf_at } : null;
}

export async function putShops(shops: readonly CachedShop[]): Promise<void> {
  const tx = watched((await database()).transaction("shops", "readwrite"));
  for (const shop of shops) {
    const before = await tx.store.get(shop.slug);
    await tx.store.put({
      version: null,
      shelf_at: 0,
      ...before,
      slug: shop.slug,
      shop: { ...before?.shop, ...shop },
      seen_at: clock.now(),
    });
  }
  await tx.done;
}

/** Shops this phone has come across, the latest first. */
export async function listShops<T = CachedShop>(): Promise<T[]> {
  const rows = await (await database()).getAll("shops");
  return rows.sort((a, b) => b.seen_at - a.seen_at).map((row) => row.shop as T);
}

/** All products known of a shop, by title. */
export async function shelfOf<T = CachedProduct>(slug: string): Promise<T[]> {
  const rows = await (await database()).getAllFromIndex("products", "shop", slug);
  return rows
    .map((row) => row.product)
    .sort((a, b) => String(a.title).localeCompare(String(b.title)))
    .map((product) => product as T);
}

/** Fetches a shop's whole catalogue, or what changed since the last time. */
export async function syncShelf(slug: string): Promise<void> {
  const db = await database();
  const before = await db.get("shops", slug);
  const reply = await api<ShelfReply>("GET", "/api/v1/shelf", undefined, {
    query: { shop: slug, since: before?.version },
  });
  const tx = watched(db.transaction(["products", "shops"], "readwrite"));
  const products = tx.objectStore("products");
  if (reply.full) {
    const kept = new Set(reply.items.map((item) => item.sku));
    for (const row of await products.index("shop").getAll(slug))
      if (row.shelf && !kept.has(row.sku)) await products.delete(row.sku);
  }
  for (const sku of reply.removed) await products.delete(sku);
  for (const item of reply.items) {
    const known = await products.get(item.sku);
    const shop = known?.product.shop ?? before?.shop ?? { slug };
    await products.put(rowOf({ shop: shop as { slug: string }, ...item }, known, true));
  }
  const shop: ShopRow = {
    slug,
    shop: before?.shop ?? { slug },
    seen_at: before?.seen_at ?? clock.now(),
    version: reply.version,
    shelf_at: clock.now(),
  };
  await tx.objectStore("shops").put(shop);
  await tx.done;
}

/** Fetches shelves one by one when the phone has nothing else to do; not with Save-Data, nor one that is fresh. */
export function syncShelvesWhenIdle(slugs: readonly string[], max_age_ms = SHELF_FRESH_MS): void {
  const connection = (navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } })
    .connection;
  if (connection?.saveData || connection?.effectiveType?.includes("2g")) return;
  if (document.documentElement.dataset.saver === "on") return;
  const [slug, ...rest] = slugs;
  if (!slug) return;
  const run = async () => {
    const known = await getShop(slug);
    if (!known || known.shelf_at <= clock.now() - max_age_ms) await syncShelf(slug);
    syncShelvesWhenIdle(rest, max_age_ms);
  };
  whenIdle(() => void run().catch(() => undefined));
}

function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 10_000 });
  else setTimeout(work, 2_000);
}

function rowOf(
  item: CachedProduct & { words?: string[] | string },
  before: ProductRow | undefined,
  shelf: boolean,
): ProductRow {
  const { words: given, ...fresh } = item;
  const product = { ...before?.product, ...defined(fresh) } as Record<string, unknown>;
  const own = Array.isArray(given) ? given : words(given ?? "");
  const text = [
    product.title,
    product.category,
    product.description,
    (product.shop as { name?: string } | undefined)?.name,
  ];
  return {
    sku: item.sku,
    shop: item.shop?.slug ?? before?.shop ?? "",
    words: [...new Set([...own, ...words(text.filter(Boolean).join(" "))])],
    seen_at: clock.now(),
    shelf,
    product,
  };
}

/** Without the fields that a short form leaves empty. */
function defined(item: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined && value !== null));
}
