import { useEffect, useState } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { currency } from "../accounts/preferences";
import { add, quantityOf } from "../cart/queries";
import { unwish, wish, wished } from "../cart/wishlist";
import { islandData, page } from "../platform/island";
import { formatDate, formatDay, formatNumber, t } from "../platform/locale";
import { formatMoney, times } from "../platform/money";
import { usePage } from "../platform/page";
import { Button, IconButton } from "../ui/button";
import { countryName } from "../ui/country";
import { LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { Skeleton } from "../ui/skeleton";
import { toastUndo } from "../ui/toast";
import { keepShelf, keptProduct, rememberProducts } from "./cache";
import "./catalog.css";
import { type DoorPrices, orderable, type Product, tierAt } from "./model";
import "./product.css";
import { QuantityPicker } from "./quantity-picker";
import { fetchProduct } from "./queries";
import { VariantPicker } from "./variant-picker";

/** Below the first screen: its questions to the server and its sheets come after the first paint. */
const LandedCost = later(() => import("./landed-cost").then((room) => room.LandedCost), "36rem");
const About = later(() => import("./about").then((room) => room.About), "9rem");

interface Known {
  product: Product;
  /** Set when it comes from what this phone keeps: when that was seen, epoch ms. */
  seen_at?: number;
}

/** One product: what it is, who makes it, what it costs at this quantity, and the way into the cart. */
export default function ProductView() {
  const sku = useRoute().params.sku ?? "";
  const island = currency.value === page.currency ? islandData<Known>(`/p/${encodeURIComponent(sku)}`) : null;
  const loaded = useLoad(`${sku} ${currency.value}`, () => loadProduct(sku), island?.product && island);
  const [last, setLast] = useState(loaded.data);
  if (loaded.data && loaded.data !== last) setLast(loaded.data);
  // While a sibling variant loads, the screen keeps standing.
  const known = loaded.data ?? (last?.product.variants.some((variant) => variant.sku === sku) ? last : null);
  const product = known?.product;
  const kept = wished.value.has(sku);

  // Also what the server had sent with the page is kept for the next tunnel.
  useEffect(() => {
    if (!loaded.data || loaded.data.seen_at) return;
    rememberProducts([loaded.data.product]);
    keepShelf(loaded.data.product.shop.slug);
  }, [loaded.data]);

  usePage({
    title: product?.title ?? t("product-title"),
    back: product ? `/s/${product.shop.slug}` : "/",
    action: product && (
      <IconButton
        icon="heart"
        pressed={kept}
        label={t("product-wish")}
        onClick={() => void (kept ? unwish(sku) : wish(sku, shownOf(product)))}
      />
    ),
  });

  if (!known) return loaded.error ? <LoadError error={loaded.error} retry={loaded.retry} /> : <ProductSkeleton />;
  return <ProductScreen key={known.product.title} known={known} waiting={loaded.loading} />;
}

function ProductScreen({ known: { product, seen_at }, waiting }: { known: Known; waiting: boolean }) {
  const { query } = useLocation();
  const [quantity, setQuantity] = useState(() => orderable(Number(query.quantity) || 0, product));
  const [prices, setPrices] = useState<DoorPrices>({});
  const { minimum_quantity, pack_step, max_per_order } = product;

  useEffect(() => {
    setQuantity((now) => orderable(now, { minimum_quantity, pack_step, max_per_order }));
  }, [minimum_quantity, pack_step, max_per_order]);

  return (
    <article class="screen product" aria-busy={waiting}>
      <div class="two-columns product-columns">
        <div class="product-hero">
          <Picture src={product.image} tint={product.shop.tint} alt={product.title} eager />
        </div>
        <div class="stack product-body">
          <h2 class="product-name own-words">{product.title}</h2>
          <a class="maker" href={`/s/${product.shop.slug}`}>
            <Icon name="shop" size={20} />
            <span class="grow">
              <strong>{product.shop.name}</strong>
              <span class="small muted">
                {" "}
                {[product.shop.place, countryName(product.shop.country)].filter(Boolean).join(", ")}
              </span>
            </span>
            <Icon name="forward" size={20} />
          </a>
          {seen_at && (
            <p class="small tone-amber" role="status">
              {t("product-kept", { when: formatDate(seen_at, "moment") })}
            </p>
          )}
          <VariantPicker product={product} />
          <QuantityPicker
            product={product}
            quantity={quantity}
            prices={prices}
            onChange={(asked) => setQuantity(orderable(asked, product))}
          />
          <StockLine product={product} quantity={quantity} />
          <LandedCost product={product} quantity={quantity} onPrices={setPrices} />
          <About product={product} />
        </div>
      </div>
      <BuyBar product={product} quantity={quantity} />
    </article>
  );
}

/** What the nearest warehouse can send, and from where. */
function StockLine({ product, quantity }: { product: Product; quantity: number }) {
  const { available, coming, warehouse } = product.stock;
  if (available === null) return null;
  const place = warehouse ? `${warehouse.place}, ${countryName(warehouse.country)}` : countryName(product.shop.country);
  const enough = available >= quantity;
  return (
    <p class={`row small ${enough ? "" : "tone-amber"}`}>
      <Icon name="warehouse" size={20} />
      <span class="grow">
        {!enough && coming && coming.available >= quantity
          ? t("ships-from-day", { day: formatDay(coming.on) })
          : available === 0
            ? t("product-sold-out")
            : t(enough ? "product-in-stock" : "product-short-stock", { available: formatNumber(available), place })}
      </span>
    </p>
  );
}

/** Stays above the bottom bar: what it costs and the tap that adds it. */
function BuyBar({ product, quantity }: { product: Product; quantity: number }) {
  const inCart = quantityOf(product.sku);
  const price = tierAt(product.tiers, quantity)?.price;
  const buy = () => {
    void add(product.sku, quantity, shownOf(product));
    toastUndo(t("product-added", { count: quantity }), () => void add(product.sku, -quantity, shownOf(product)));
  };
  return (
    <div class="action-bar buy">
      <div class="buy-total">
        <strong class="number">{price && formatMoney(times(price, quantity))}</strong>
        {inCart > 0 ? (
          <a class="small" href="/cart">
            {t("product-in-cart", { count: inCart })}
          </a>
        ) : (
          <span class="small muted">{t("product-goods")}</span>
        )}
      </div>
      <Button look="primary" icon="cart" onClick={buy}>
        {t("product-add", { count: quantity })}
      </Button>
    </div>
  );
}

/** What a cart line or wish draws until the server has answered. */
function shownOf({ title, image, tiers, shop, minimum_quantity, pack_step }: Product) {
  const price = tiers[0]?.price ?? { minor: 0, currency: currency.value };
  return {
    title,
    image,
    price,
    tiers,
    shop: { slug: shop.slug, name: shop.name, country: shop.country, tint: shop.tint },
    limits: { minimum_quantity, pack_step },
  };
}

function ProductSkeleton() {
  return (
    <div class="screen product" role="status">
      <span class="visually-hidden">{t("ui-loading")}</span>
      <div class="two-columns product-columns">
        <div class="product-hero">
          <div class="picture skeleton" />
        </div>
        <div class="stack product-body">
          <Skeleton height="3.5rem" />
          <Skeleton height="2.75rem" width="70%" />
          <Skeleton height="4rem" />
          <Skeleton height="2.75rem" />
          <Skeleton height="12rem" />
        </div>
      </div>
    </div>
  );
}

/** The product from the server; when it cannot be reached, from the phone. */
async function loadProduct(sku: string): Promise<Known> {
  try {
    return { product: await fetchProduct(sku) };
  } catch (problem) {
    const kept = problem instanceof TypeError ? await keptProduct(sku) : null;
    if (!kept) throw problem;
    return kept;
  }
}
