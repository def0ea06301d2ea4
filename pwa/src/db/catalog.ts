/**
 * The catalogue that works in a tunnel: every product and shop this phone has seen, and whole shelves of shops fetched
 * in idle time, searched on the phone. A cache: it may be thrown away, and never outranks a fresh answer.
 */
export const catalogCache = {
  /** The product, and when it was last seen; null when this phone never did. */
  getProduct: async <T = CachedProduct>(sku: string) => (await shelves()).getProduct<T>(sku),
  /** Remembers products seen on a screen. A short form never overwrites the details known before. */
  putProducts: async (items: readonly CachedProduct[]) => (await shelves()).putProducts(items),
  /** Finds products by every word of the query, best first. */
  searchOffline: async <T = CachedProduct>(
    query: string,
    options?: { shop?: string; category?: string; limit?: number },
  ) => (await shelves()).searchOffline<T>(query, options),
  getShop: async <T = CachedShop>(slug: string) => (await shelves()).getShop<T>(slug),
  putShops: async (shops: readonly CachedShop[]) => (await shelves()).putShops(shops),
  listShops: async <T = CachedShop>() => (await shelves()).listShops<T>(),
  /** All products known of a shop, by title. */
  shelfOf: async <T = CachedProduct>(slug: string) => (await shelves()).shelfOf<T>(slug),
  /** Fetches a shop's whole catalogue, or what changed since the last time. */
  syncShelf: async (slug: string) => (await shelves()).syncShelf(slug),
  /** Fetches shelves one by one when the phone has nothing else to do; not with Save-Data, nor one younger than `max_age_ms`. */
  syncShelvesWhenIdle: (slugs: readonly string[], max_age_ms?: number) =>
    void shelves().then((all) => all.syncShelvesWhenIdle(slugs, max_age_ms)),
};

/** Any product as the server sends it: list item, shelf item or all of it. */
export type CachedProduct = {
  sku: string;
  title: string;
  shop?: { slug: string } | undefined;
} & Record<string, unknown>;
export type CachedShop = { slug: string; name: string } & Record<string, unknown>;

const shelves = () => import("./shelves");
