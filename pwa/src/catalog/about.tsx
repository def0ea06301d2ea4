import { formatDate, formatNumber, t } from "../platform/locale";
import { countryName } from "../ui/country";
import { Icon } from "../ui/icon";
import type { Product } from "./model";

/** The maker's words and the facts of a product: below the first screen. */
export function About({ product }: { product: Product }) {
  const options = Object.values(product.options).join(", ");
  const { safety } = product;
  return (
    <div>
      {product.description && <p class="product-words own-words">{product.description}</p>}
      <details class="fold">
        <summary>
          {t("product-facts")}
          <Icon name="down" />
        </summary>
        <dl class="facts">
          <Fact name={t("product-origin")} value={countryName(product.origin)} />
          {options && <Fact name={t("product-options")} value={options} />}
          {product.weight_grams > 0 && (
            <Fact
              name={t("product-weight")}
              value={formatNumber(product.weight_grams, { style: "unit", unit: "gram" })}
            />
          )}
          {product.pack_step > 1 && (
            <Fact name={t("product-packs")} value={t("product-pieces", { count: product.pack_step })} />
          )}
          <Fact name={t("product-code")} value={product.hs6 ?? t("product-code-none")} />
          <Fact name={t("product-number")} value={product.sku} />
          {product.fx && (
            <Fact
              name={t("product-rate")}
              value={`${product.fx.pair} ${product.fx.rate}, ${product.fx.source}, ${formatDate(product.fx.date, "date")}`}
            />
          )}
        </dl>
      </details>
      {safety && (
        <details class="fold">
          <summary>
            {t("product-safety")}
            <Icon name="down" />
          </summary>
          <dl class="facts">
            <Fact name={t("product-manufacturer")} value={safety.manufacturer} />
            <Fact name={t("product-address")} value={safety.address} />
            <Fact name={t("product-warnings")} value={safety.warnings || t("product-warnings-none")} />
          </dl>
        </details>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </>
  );
}
