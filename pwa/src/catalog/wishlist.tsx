import { currency } from "../accounts/preferences";
import { unwish, wish, wished } from "../cart/wishlist";
import { loaded } from "../db/mirror";
import { t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { usePage } from "../platform/page";
import { view } from "../sync/view";
import { ButtonLink, IconButton } from "../ui/button";
import { Empty } from "../ui/empty";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { SkeletonList } from "../ui/skeleton";
import { toastUndo } from "../ui/toast";
import { keptProduct, rememberProducts } from "./cache";
import "./catalog.css";
import type { ShopRef } from "./model";
import { fetchProduct } from "./queries";

interface Shown {
  title: string;
  image: string | null;
  price: Money | null;
  shop: Pick<ShopRef, "name" | "tint">;
}

/** Things to remember, drawn from what the phone keeps; works offline. */
export default function WishlistView() {
  usePage({ title: t("wishlist-title"), back: "/you" });
  const skus = [...wished.value];
  if (!loaded.value) return <SkeletonList height="5.5rem" />;
  if (skus.length === 0)
    return (
      <Empty drawing="heart" title={t("wishlist-empty-title")} text={t("wishlist-empty-text")}>
        <ButtonLink href="/search">{t("wishlist-browse")}</ButtonLink>
      </Empty>
    );
  return (
    <div class="screen">
      <ul class="list">
        {skus.map((sku) => (
          <Wish key={sku} sku={sku} />
        ))}
      </ul>
    </div>
  );
}

function Wish({ sku }: { sku: string }) {
  const known = view.value.one<{ product?: Shown | null }>("wishlist_item", sku)?.product;
  const fetched = useLoad(known?.title ? null : `${sku} ${currency.value}`, () => look(sku));
  const shown = known?.title ? known : fetched.data;
  const forget = () => {
    void unwish(sku);
    toastUndo(t("wishlist-removed"), () => void wish(sku, shown ?? undefined));
  };
  return (
    <li class="row wish">
      <a class="list-row" href={`/p/${encodeURIComponent(sku)}`}>
        <Picture src={shown?.image} tint={shown?.shop?.tint} alt="" />
        <span class="grow">
          <span>{shown?.title ?? sku}</span>
          <span class="small muted wish-line">
            {shown?.price && <span class="number">{formatMoney(shown.price)}</span>} {shown?.shop?.name}
          </span>
        </span>
      </a>
      <IconButton icon="bin" label={t("wishlist-remove", { title: shown?.title ?? sku })} onClick={forget} />
    </li>
  );
}

async function look(sku: string): Promise<Shown> {
  const product = await fetchProduct(sku)
    .then((fresh) => {
      rememberProducts([fresh]);
      return fresh;
    })
    .catch(async (problem) => {
      const kept = await keptProduct(sku);
      if (!kept) throw problem;
      return kept.product;
    });
  return { title: product.title, image: product.image, price: product.tiers[0]?.price ?? null, shop: product.shop };
}
