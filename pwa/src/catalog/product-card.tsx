import { formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { Picture } from "../ui/picture";
import type { ProductItem } from "./model";

/** A product in a list: picture on the shop's tint, title, the price of a piece and from how many. */
export function ProductCard({ product, eager, maker }: { product: ProductItem; eager: boolean; maker: boolean }) {
  return (
    <a class="product-card" href={`/p/${encodeURIComponent(product.sku)}`}>
      <Picture src={product.image} tint={product.shop.tint} alt="" eager={eager} />
      <span class="two-lines own-words">{product.title}</span>
      <span class="product-price">
        <span class="number strong">{formatMoney(product.price)}</span>
        <span class="small muted">{t("catalog-from", { count: formatNumber(product.minimum_quantity) })}</span>
      </span>
      {maker && <span class="small muted one-line">{product.shop.name}</span>}
    </a>
  );
}

interface GridProps {
  products: readonly ProductItem[];
  /** So many pictures load at once. */
  eager?: number;
  /** Name each product's maker; needless on the maker's own page. */
  maker?: boolean;
}

/** Products side by side. */
export function ProductGrid({ products, eager = 0, maker = true }: GridProps) {
  return (
    <ul class="product-grid">
      {products.map((product, index) => (
        <li key={product.sku}>
          <ProductCard product={product} eager={index < eager} maker={maker} />
        </li>
      ))}
    </ul>
  );
}
