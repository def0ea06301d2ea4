import { t } from "../platform/locale";
import { countryName } from "../ui/country";
import { Icon } from "../ui/icon";
import { Picture } from "../ui/picture";
import type { Shop } from "./model";

/** A niche shop as a row in its own tint. */
export function ShopCard({ shop }: { shop: Shop }) {
  return (
    <a class="shop-card" href={`/s/${shop.slug}`} style={{ "--tint": shop.tint }}>
      <Picture src={shop.icon} tint={null} alt="" eager />
      <span class="grow">
        <strong class="shop-name">{shop.name}</strong>
        <span class="two-lines own-words">{shop.tagline}</span>
        <span class="small muted">
          {[shop.place, countryName(shop.country)].filter(Boolean).join(", ")}
          {" · "}
          {t("catalog-products", { count: shop.product_count })}
        </span>
      </span>
      <Icon name="forward" />
    </a>
  );
}
