import { useEffect } from "preact/hooks";
import { country, currency } from "../accounts/preferences";
import { OnItsWay } from "../orders/on-its-way";
import { orders, reorderable, useGuestOrders } from "../orders/queries";
import { islandData } from "../platform/island";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { SkeletonGrid, SkeletonList } from "../ui/skeleton";
import { keptShops, rememberProducts, rememberShops, searchKept } from "./cache";
import "./catalog.css";
import type { ProductItem, Shop } from "./model";
import { ProductGrid } from "./product-card";
import { fetchProducts, fetchShops } from "./queries";
import { ShopCard } from "./shop-card";

interface HomeData {
  shops: Shop[];
  products: ProductItem[];
}

const NICHE_SHOPS = 3;
const PRODUCTS = 8;

/** The first screen: what is on its way for someone with orders, one sentence and three shops for someone new. */
export default function HomeView() {
  usePage({ title: "Sampan" });
  const island = islandData<{ home?: HomeData }>("/")?.home;
  const home = useLoad(`home ${currency.value} ${country.value}`, loadHome, island);
  useEffect(() => {
    if (!home.data) return;
    rememberShops(home.data.shops);
    rememberProducts(home.data.products);
  }, [home.data]);

  useGuestOrders();
  const mine = orders.value;
  const isNew = mine.length === 0;

  return (
    <div class="screen">
      {isNew ? <p class="lead">{t("home-lead")}</p> : <OnItsWay orders={mine} />}
      <SearchLink />
      {!isNew && <ReorderRow />}
      <section class="stack" aria-labelledby="home-shops">
        <h2 id="home-shops">{t("home-shops")}</h2>
        {home.data ? (
          home.data.shops.slice(0, isNew ? NICHE_SHOPS : 6).map((shop) => <ShopCard key={shop.slug} shop={shop} />)
        ) : home.error ? (
          <LoadError error={home.error} retry={home.retry} />
        ) : (
          <SkeletonList rows={NICHE_SHOPS} height="5.75rem" />
        )}
      </section>
      {(home.data || !home.error) && (
        <section class="stack" aria-labelledby="home-products">
          <h2 id="home-products">{t("home-products")}</h2>
          {home.data ? <ProductGrid products={home.data.products.slice(0, PRODUCTS)} /> : <SkeletonGrid cards={4} />}
        </section>
      )}
    </div>
  );
}

/** A search field that is a door to the search screen. */
function SearchLink() {
  return (
    <a class="search-link" href="/search">
      <Icon name="search" size={20} />
      {t("home-search")}
    </a>
  );
}

/** What was bought before, one tap from the next order. */
function ReorderRow() {
  const lines = reorderable.value;
  if (lines.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="home-reorder">
      <h2 id="home-reorder">{t("home-reorder")}</h2>
      <ul class="shelf-strip">
        {lines.map(({ line, shop }) => (
          <li key={line.sku}>
            <a class="product-card" href={`/p/${encodeURIComponent(line.sku)}?quantity=${line.quantity}`}>
              <Picture src={line.image} tint={shop.tint} alt="" />
              <span class="two-lines small own-words">{line.title}</span>
              <span class="small muted">{t("home-last-time", { count: line.quantity })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Shops and new products; without a connection those that the phone keeps. */
async function loadHome(): Promise<HomeData> {
  try {
    const [shops, products] = await Promise.all([fetchShops(), fetchProducts({ sort: "newest" }, null, PRODUCTS)]);
    return { shops: shops.items, products: products.items };
  } catch (problem) {
    const shops = problem instanceof TypeError ? await keptShops() : [];
    if (shops.length === 0) throw problem;
    return { shops, products: await searchKept({ q: "", sort: "newest" }) };
  }
}
