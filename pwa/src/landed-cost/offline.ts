import type { Coming } from "../catalog/model";
import type { Asked, Quote, Wishes } from "../catalog/quote";
import { catalogCache } from "../db/catalog";
import { clock } from "../platform/clock";
import { type Money, tierPrice } from "../platform/money";
import { kept } from "./kept";
import { estimate, type KnownLine } from "./quote";

/** A product as any answer of the server may have left it here. */
interface Known {
  sku: string;
  title: string;
  tiers?: { minimum_quantity: number; price: Money }[];
  hs6?: string | null;
  origin?: string;
  weight_grams?: number;
  dimensions_mm?: number[] | null;
  dangerous_goods?: string | null;
  lead_time_days?: number;
  stock?: { available: number | null; coming?: Coming | null };
  shop?: { slug: string; name?: string; country?: string };
}

/** What these goods cost at the door by the rules and products this phone keeps; null where it lacks any of them. */
export async function estimateOffline(
  asked: readonly Asked[],
  { country, currency, ...wishes }: { country: string; currency: string } & Wishes,
): Promise<Quote | null> {
  const slice = (await kept())[country]?.slice;
  if (!slice || asked.length === 0) return null;
  const lines = await Promise.all(asked.map(lineOf));
  if (lines.some((line) => line === null)) return null;
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const { buyer, terms, service } = wishes;
  return estimate(slice, lines as KnownLine[], { country, currency, day, buyer, terms, service });
}

async function lineOf({ sku, quantity }: Asked): Promise<KnownLine | null> {
  const known = (await catalogCache.getProduct<Known>(sku))?.product;
  const price = known?.tiers && tierPrice(known.tiers, quantity);
  if (!known || !price || known.weight_grams === undefined || !known.shop) return null;
  const shop = (await catalogCache.getShop<{ name?: string; country?: string }>(known.shop.slug))?.shop;
  const country = known.shop.country ?? shop?.country;
  if (!country) return null;
  return {
    sku,
    title: known.title,
    quantity,
    unit_price: price,
    hs: known.hs6 ?? null,
    origin: known.origin ?? "",
    weight_grams: known.weight_grams,
    dimensions_mm: known.dimensions_mm ?? null,
    dangerous_goods: known.dangerous_goods ?? null,
    lead_time_days: known.lead_time_days ?? 0,
    ships_on: shipsOn(known.stock, quantity),
    shop: { slug: known.shop.slug, name: known.shop.name ?? shop?.name ?? "", country },
  };
}

/** The day goods are expected that were not there when the product was last seen. */
function shipsOn(stock: Known["stock"], quantity: number): string | null {
  const coming = stock?.coming;
  if (!stock || !coming || stock.available === null || stock.available >= quantity) return null;
  return coming.available >= quantity ? coming.on : null;
}
