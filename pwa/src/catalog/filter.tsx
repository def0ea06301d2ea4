import { useState } from "preact/hooks";
import { formatNumber, t } from "../platform/locale";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Choices } from "../ui/field";
import { Icon } from "../ui/icon";
import { Sheet } from "../ui/sheet";
import { type FacetName, type FacetValue, type Filter, type ProductPage, type Sort, sorts } from "./model";

interface FilterProps {
  filter: Filter;
  facets: NonNullable<ProductPage["facets"]>;
  onChange: (filter: Filter) => void;
}

const names: readonly FacetName[] = ["category", "origin", "shop"];

/** The filters in force as chips, the commonest others beside them, all of them in a sheet. */
export function FilterChips({ filter, facets, onChange }: FilterProps) {
  const [open, setOpen] = useState(false);
  const active = names.filter((name) => filter[name]);
  const categories = filter.category ? [] : (facets.category ?? []).slice(0, 6);
  return (
    <>
      <div class="chips">
        <button type="button" class="chip" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Icon name="filter" size={18} />
          {t("search-filter")}
        </button>
        {active.map((name) => (
          <button
            type="button"
            class="chip"
            aria-pressed="true"
            key={name}
            onClick={() => onChange({ ...filter, [name]: undefined })}
          >
            {labelOf(name, filter[name] ?? "", facets)}
            <Icon name="close" size={16} />
          </button>
        ))}
        {categories.map((category) => (
          <button
            type="button"
            class="chip"
            key={category.value}
            onClick={() => onChange({ ...filter, category: category.value })}
          >
            {label("category", category)}
          </button>
        ))}
      </div>
      <Sheet open={open} onClose={() => setOpen(false)} title={t("search-filter")}>
        <Choices
          legend={t("search-sort")}
          name="sort"
          value={filter.sort}
          onChange={(sort) => onChange({ ...filter, sort: sort as Sort })}
          options={sorts.map((value) => ({ value, label: t(`search-sort-${value.replace("_", "-")}`) }))}
        />
        {names.map((name) => (
          <FacetGroup key={name} name={name} filter={filter} facets={facets} onChange={onChange} />
        ))}
        <Button look="primary" wide onClick={() => setOpen(false)}>
          {t("search-show")}
        </Button>
      </Sheet>
    </>
  );
}

function FacetGroup({ name, filter, facets, onChange }: FilterProps & { name: FacetName }) {
  const values = facets[name] ?? [];
  if (values.length === 0) return null;
  return (
    <fieldset class="stack">
      <legend class="label">{t(`search-by-${name}`)}</legend>
      <div class="wrap">
        {values.map((facet) => {
          const chosen = filter[name] === facet.value;
          return (
            <button
              type="button"
              class="chip"
              key={facet.value}
              aria-pressed={chosen}
              onClick={() => onChange({ ...filter, [name]: chosen ? undefined : facet.value })}
            >
              {label(name, facet)} <span class="small">{formatNumber(facet.count)}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function label(name: FacetName, facet: FacetValue): string {
  if (name === "origin") return countryName(facet.value);
  return sentenceCase(facet.label ?? facet.value);
}

function labelOf(name: FacetName, value: string, facets: FilterProps["facets"]): string {
  return label(name, facets[name]?.find((facet) => facet.value === value) ?? { value, label: null, count: 0 });
}

/** "home-textiles" as a person writes it: "Home textiles". */
function sentenceCase(text: string): string {
  const words = text.replaceAll(/[-_]/g, " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
