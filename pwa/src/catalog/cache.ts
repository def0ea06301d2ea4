import { type CachedProduct, type CachedShop, catalogCache } from "../db/catalog";
import type { Filter, Product, ProductItem, ProductPage, Shop, ShopRef, Tier } from "./model";

/** What this phone keeps of the catalogue, in the shapes the screens draw. Writing is never waited for, and never fails a screen. */

export function rememberProducts(products: readonly (ProductItem | Product)[]): void {
  quietly(catalogCache.putProducts(products as unknown as CachedProduct[]));
}

export function rememberShops(shops: readonly Shop[]): void {
  quietly(catalogCache.putShops(shops as unknown as CachedShop[]));
}

/** Fetches a shop's whole shelf when the phone is idle, so that the shop works in a tunnel. */
export function keepShelf(slug: string): void {
  catalogCache.syncShelvesWhenIdle([slug], 0);
}

/** Searches what is kept here, as the server would. */
export async function searchKept(filter: Filter): Promise<ProductItem[]> {
  const found = await catalogCache.searchOffline<Kept>(filter.q, {
    ...(filter.shop && { shop: filter.shop }),
    ...(filter.category && { category: filter.category }),
  });
  const shops = new Map((await catalogCache.listShops<Shop>()).map((shop) => [shop.slug, shop]));
  const items = found.map((product) => asItem(product, shops)).filter((item): item is ProductItem => item !== null);
  return sorted(filter.origin ? items.filter((item) => item.origin === filter.origin) : items, filter);
}

/** A product as far as it is kept here; null when too little is known to draw it. */
export async function keptProduct(sku: string): Promise<{ product: Product; seen_at: number } | null> {
  const kept = await catalogCache.getProduct<Kept>(sku);
  if (!kept) return null;
  const shop = await fullShop(kept.product.shop);
  const tiers = tiersOf(kept.product);
  if (!shop || tiers.length === 0) return null;
  const { product } = kept;
  return {
    seen_at: kept.seen_at,
    product: {
      description: "",
      pack_step: 1,
      max_per_order: null,
      hs6: null,
      weight_grams: 0,
      dimensions_mm: null,
      dangerous_goods: null,
      lead_time_days: 0,
      images: [],
      fx: null,
      options: {},
      variants: [],
      safety: null,
      image: null,
      origin: shop.country,
      category: "",
      minimum_quantity: 1,
      ...product,
      stock: product.stock ?? {
        available: product.available ?? null,
        warehouse: null,
        lead_time_days: product.lead_time_days ?? 0,
      },
      tiers,
      shop,
    } as Product,
  };
}

/** A shop's page from what is kept here. */
export async function keptShop(slug: string, filter: Filter): Promise<{ shop: Shop; products: ProductPage } | null> {
  const kept = await catalogCache.getShop<Shop>(slug);
  if (!kept?.shop.tint) return null;
  return {
    shop: kept.shop,
    products: { items: await searchKept({ ...filter, shop: slug }), facets: {}, next_cursor: null },
  };
}

export async function keptShops(): Promise<Shop[]> {
  return (await catalogCache.listShops<Shop>()).filter((shop) => shop.tint);
}

/** Any form of a product that the server sends; a shelf's items carry no shop. */
type Kept = Partial<Omit<Product, "shop">> &
  Partial<Pick<ProductItem, "price">> & {
    sku: string;
    title: string;
    available?: number;
    shop?: Partial<ShopRef> & { slug: string };
  };

function asItem(product: Kept, shops: ReadonlyMap<string, Shop>): ProductItem | null {
  const shop = product.shop?.tint ? (product.shop as ShopRef) : shops.get(product.shop?.slug ?? "");
  const price = product.price ?? tiersOf(product)[0]?.price;
  if (!shop || !price) return null;
  return {
    sku: product.sku,
    title: product.title,
    shop,
    category: product.category ?? "",
    price,
    minimum_quantity: product.minimum_quantity ?? 1,
    image: product.image ?? null,
    origin: product.origin ?? shop.country,
  };
}

function tiersOf(product: Kept): Tier[] {
  if (product.tiers?.length) return product.tiers;
  return product.price ? [{ minimum_quantity: product.minimum_quantity ?? 1, price: product.price }] : [];
}

async function fullShop(shop: Kept["shop"]): Promise<ShopRef | null> {
  if (shop?.tint) return shop as ShopRef;
  return shop ? ((await catalogCache.getShop<Shop>(shop.slug))?.shop ?? null) : null;
}

function sorted(items: ProductItem[], { sort }: Filter): ProductItem[] {
  if (sort === "price_asc") return items.sort((a, b) => a.price.minor - b.price.minor);
  if (sort === "price_desc") return items.sort((a, b) => b.price.minor - a.price.minor);
  return items;
}

function quietly(work: Promise<unknown>): void {
  work.catch((problem) => console.warn("This phone could not keep what it saw.", problem));
}
