import { catalogCache } from "../db/catalog";

const SHOPS = 6;

/** In idle time, the shelves of the shops this phone has come across last, so that they can be searched in a tunnel. */
export async function fetchAhead(): Promise<void> {
  const shops = await catalogCache.listShops();
  catalogCache.syncShelvesWhenIdle(shops.slice(0, SHOPS).map((shop) => shop.slug));
}
