import { useEffect, useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { country, currency } from "../accounts/preferences";
import { islandData } from "../platform/island";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { Skeleton, SkeletonGrid } from "../ui/skeleton";
import { keepShelf, keptShop, rememberProducts, rememberShops } from "./cache";
import "./catalog.css";
import { IconButton } from "../ui/button";
import { sharePage } from "../ui/share";
import { FilterChips } from "./filter";
import { type Filter, filterFrom, type ProductPage, queryOf, type Shop } from "./model";
import { ProductGrid } from "./product-card";
import { fetchProducts, fetchShop } from "./queries";

interface ShopData {
  shop: Shop;
  products: ProductPage;
  offline?: boolean;
}

/** One niche shop in its own tint: who makes this, where, and everything they make. */
export default function ShopView() {
  const slug = useRoute().params.slug ?? "";
  const [filter, setFilter] = useState<Filter>(filterFrom({}));
  const island = islandData<ShopData>(`/s/${slug}`);
  const query = queryOf(filter);
  const loaded = useLoad(
    `${slug} ${query} ${currency.value} ${country.value}`,
    () => loadShop(slug, filter),
    island?.shop && island,
  );
  const [last, setLast] = useState<Shop | null>(island?.shop ?? null);
  if (loaded.data && loaded.data.shop !== last) setLast(loaded.data.shop);
  const shop = loaded.data?.shop ?? (last?.slug === slug ? last : null);

  // Also what the server had sent with the page is kept for the next tunnel.
  useEffect(() => {
    if (!loaded.data || loaded.data.offline) return;
    rememberShops([loaded.data.shop]);
    rememberProducts(loaded.data.products.items);
    keepShelf(slug);
  }, [loaded.data, slug]);

  usePage({
    title: shop?.name ?? t("shop-title"),
    back: "/",
    action: shop && <IconButton icon="share" label={t("ui-share")} onClick={() => sharePage(shop.name)} />,
  });

  if (loaded.error && !shop) return <LoadError error={loaded.error} retry={loaded.retry} />;
  return (
    <div class="screen shop" style={shop ? { "--tint": shop.tint } : undefined}>
      {shop ? <ShopHead shop={shop} /> : <Skeleton height="12rem" />}
      {loaded.data?.offline && (
        <p class="small tone-amber" role="status">
          {t("shop-offline")}
        </p>
      )}
      <FilterChips filter={filter} facets={loaded.data?.products.facets ?? {}} onChange={setFilter} />
      {loaded.data ? (
        <Shelf data={loaded.data} filter={{ ...filter, shop: slug }} onMore={loaded.put} />
      ) : loaded.error ? (
        <LoadError error={loaded.error} retry={loaded.retry} />
      ) : (
        <SkeletonGrid />
      )}
    </div>
  );
}

function ShopHead({ shop }: { shop: Shop }) {
  return (
    <header class="shop-head">
      <div class="row">
        <Picture src={shop.icon} alt="" eager />
        <p class="grow shop-tagline own-words">{shop.tagline}</p>
      </div>
      <p class="wrap small">
        <span class="badge-plain">
          <Icon name="place" size={18} />
          {[shop.place, countryName(shop.country)].filter(Boolean).join(", ")}
        </span>
        {shop.founded && <span>{t("shop-founded", { year: String(shop.founded).slice(0, 4) })}</span>}
      </p>
      <details class="fold shop-story">
        <summary>
          {t("shop-story")}
          <Icon name="down" />
        </summary>
        <p class="own-words">{shop.story}</p>
      </details>
    </header>
  );
}

function Shelf({ data, filter, onMore }: { data: ShopData; filter: Filter; onMore: (data: ShopData) => void }) {
  const [busy, setBusy] = useState(false);
  const { items, next_cursor } = data.products;
  if (items.length === 0) return <Empty drawing="search" title={t("shop-empty")} text={t("search-none-text")} />;
  const more = async () => {
    setBusy(true);
    const next = await fetchProducts(filter, next_cursor).catch(() => null);
    if (next)
      onMore({
        ...data,
        products: { ...data.products, items: [...items, ...next.items], next_cursor: next.next_cursor },
      });
    setBusy(false);
  };
  return (
    <>
      <ProductGrid products={items} eager={4} maker={false} />
      {next_cursor && (
        <Button wide busy={busy} onClick={more}>
          {t("search-more")}
        </Button>
      )}
    </>
  );
}

/** The shop and its first products; without a connection those that the phone keeps. */
async function loadShop(slug: string, filter: Filter): Promise<ShopData> {
  try {
    const [shop, products] = await Promise.all([fetchShop(slug), fetchProducts({ ...filter, shop: slug })]);
    return { shop, products };
  } catch (problem) {
    const kept = problem instanceof TypeError ? await keptShop(slug, filter) : null;
    if (!kept) throw problem;
    return { ...kept, offline: true };
  }
}
