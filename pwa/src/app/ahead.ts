import { effect } from "@preact/signals";
import { country } from "../accounts/preferences";
import { engaged, keepSliceWhenIdle } from "../catalog/landed";
import { catalogCache } from "../db/catalog";
import { online } from "../sync/status";

const SHOPS = 6;

/** In idle time, what works in a tunnel: the shelves of the shops this phone has come across last, and the rules of the destination. */
export async function fetchAhead(): Promise<void> {
  const shops = await catalogCache.listShops();
  catalogCache.syncShelvesWhenIdle(shops.slice(0, SHOPS).map((shop) => shop.slug));
  effect(() => {
    if (engaged.value && country.value && online.value) keepSliceWhenIdle(country.value);
  });
}
