import { useLocation } from "preact-iso";
import type { Product, Variant } from "./model";

/** The choices among a product's variants, one row of chips an option. Nothing when there is only one. */
export function VariantPicker({ product }: { product: Product }) {
  const { route } = useLocation();
  if (product.variants.length < 2) return null;
  return (
    <>
      {Object.entries(product.options).map(([option, chosen]) => (
        <fieldset class="stack variant" key={option}>
          <legend class="small muted">
            {option.charAt(0).toLocaleUpperCase() + option.slice(1)}: <strong>{chosen}</strong>
          </legend>
          <div class="chips">
            {valuesOf(product, option).map((value) => {
              const variant = variantWith(product, option, value);
              return (
                <button
                  type="button"
                  class={variant && !variant.available && !variant.coming ? "chip chip-out" : "chip"}
                  key={value}
                  aria-pressed={value === chosen}
                  onClick={() => variant && value !== chosen && route(`/p/${encodeURIComponent(variant.sku)}`, true)}
                >
                  {value}
                </button>
              );
            })}
          </div>
        </fieldset>
      ))}
    </>
  );
}

function valuesOf(product: Product, option: string): string[] {
  return [
    ...new Set(product.variants.map((variant) => variant.options[option]).filter((value) => value !== undefined)),
  ];
}

/** The variant with this value that differs least from the one on the screen. */
function variantWith(product: Product, option: string, value: string): Variant | undefined {
  const same = (variant: Variant) =>
    Object.entries(product.options).filter(([name, mine]) => name !== option && variant.options[name] === mine).length;
  return product.variants.filter((variant) => variant.options[option] === value).sort((a, b) => same(b) - same(a))[0];
}
