import { formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { Stepper } from "../ui/stepper";
import { orderable, type Product, sliderEnd, tierAt } from "./model";

interface PickerProps {
  product: Product;
  quantity: number;
  onChange: (quantity: number) => void;
}

/** Price steps to tap, and a quantity by stepper, slider or typing: three ways to the same number. */
export function QuantityPicker({ product, quantity, onChange }: PickerProps) {
  const held = tierAt(product.tiers, quantity);
  const end = sliderEnd(product.tiers, product);
  const step = Math.max(1, product.pack_step);
  return (
    <div class="stack">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would take a line of its own. */}
      <div class="tiers" role="group" aria-label={t("product-tiers")}>
        {product.tiers.map((tier) => (
          <button
            type="button"
            class="tier"
            key={tier.minimum_quantity}
            aria-pressed={tier === held}
            onClick={() => onChange(orderable(tier.minimum_quantity, product))}
          >
            <span class="small muted">{t("product-tier", { count: formatNumber(tier.minimum_quantity) })}</span>
            <strong class="number">{formatMoney(tier.price)}</strong>
          </button>
        ))}
      </div>
      <div class="amount">
        <Stepper
          value={quantity}
          min={product.minimum_quantity}
          max={product.max_per_order ?? undefined}
          step={step}
          label={t("product-quantity")}
          onStep={(delta) => onChange(quantity + delta)}
          onSet={onChange}
        />
        <input
          type="range"
          aria-label={t("product-quantity")}
          aria-valuetext={t("product-pieces", { count: quantity })}
          min={product.minimum_quantity}
          max={Math.max(end, quantity)}
          step={step}
          value={quantity}
          onInput={(event) => onChange(Number(event.currentTarget.value))}
        />
      </div>
      <p class="small muted">{t("product-rule", { minimum: product.minimum_quantity, step })}</p>
    </div>
  );
}
