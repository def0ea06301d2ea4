import { formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { Icon } from "../ui/icon";
import { Stepper } from "../ui/stepper";
import { type DoorPrices, orderable, type Product, sliderEnd, tierAt } from "./model";

interface PickerProps {
  product: Product;
  quantity: number;
  /** What a piece costs at the door, where that is known already. */
  prices: DoorPrices;
  onChange: (quantity: number) => void;
}

/** A quantity by stepper, typing, slider or a tap on the mark where the price falls: four ways to the same number. */
export function QuantityPicker({ product, quantity, prices, onChange }: PickerProps) {
  const { tiers, minimum_quantity: least, max_per_order } = product;
  const held = tierAt(tiers, quantity);
  const step = Math.max(1, product.pack_step);
  const end = Math.max(sliderEnd(tiers, product), quantity);
  const share = (pieces: number) => (Math.min(pieces, end) - least) / (end - least || 1);
  const marks = tiers.map((tier) => orderable(tier.minimum_quantity, product));
  const here = prices[quantity];
  const known = marks.flatMap((mark) => prices[mark] ?? []);
  return (
    <div class="stack">
      <div class="row row-wraps">
        <Stepper
          value={quantity}
          min={least}
          max={max_per_order ?? undefined}
          step={step}
          label={t("product-quantity")}
          onStep={(delta) => onChange(quantity + delta)}
          onSet={onChange}
        />
        <p class="small muted grow">{t("product-rule", { minimum: least, step })}</p>
      </div>
      <div class="amount" style={{ "--at": share(quantity) }}>
        <input
          type="range"
          aria-label={t("product-quantity")}
          aria-valuetext={[t("product-pieces", { count: quantity }), here && doorWords(here)]
            .filter(Boolean)
            .join(", ")}
          min={least}
          max={end}
          step={step}
          value={quantity}
          onInput={(event) => onChange(Number(event.currentTarget.value))}
        />
        {marks.map((mark) => (
          <span key={mark} class="mark" style={{ "--at": share(mark) }} />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would take a line of its own. */}
      <div class="tiers" role="group" aria-label={t("product-tiers")}>
        {tiers.map((tier, at) => {
          const mark = marks[at] ?? least;
          const door = prices[mark];
          return (
            <button
              type="button"
              class="tier"
              key={mark}
              style={{ "--share": share(marks[at + 1] ?? end) - share(mark) }}
              aria-pressed={tier === held}
              onClick={() => onChange(mark)}
            >
              <span class="small muted">{t("product-tier", { count: formatNumber(tier.minimum_quantity) })}</span>
              <strong class="number">{formatMoney(tier.price)}</strong>
              <span class="small muted tier-door">
                {door && <Icon name="home" size={16} />}
                {door?.price}
              </span>
            </button>
          );
        })}
      </div>
      <p class="small muted tier-door">
        {known.length > 0 && <Icon name="home" size={16} />}
        {known.length > 0 && t(known.some(({ isAbout }) => isAbout) ? "product-at-door-about" : "product-at-door")}
      </p>
    </div>
  );
}

const doorWords = ({ price, isAbout }: DoorPrices[number]): string =>
  t(isAbout ? "product-door-about" : "product-door", { price });
