import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { country, currency } from "../accounts/preferences";
import { islandData } from "../platform/island";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { Empty, LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { SkeletonGrid } from "../ui/skeleton";
import { rememberProducts, searchKept } from "./cache";
import "./catalog.css";
import { FilterChips } from "./filter";
import { type Filter, filterFrom, type ProductPage, queryOf } from "./model";
import { ProductGrid } from "./product-card";
import { fetchProducts } from "./queries";

const DEBOUNCE_MS = 250;

/** Search over the whole market; without a connection over what this phone has kept. */
export default function SearchView() {
  const { query, route } = useLocation();
  const filter = filterFrom(query);
  const go = (next: Filter) => route(`/search${queryOf(next)}`, true);

  usePage({ title: t("search-title"), field: <SearchField q={filter.q} onSearch={(q) => go({ ...filter, q })} /> });

  const island = islandData<{ products?: ProductPage }>()?.products;
  const found = useLoad(
    `${queryOf(filter)} ${currency.value} ${country.value}`,
    () => searchAnywhere(filter),
    island && { ...island, offline: false },
  );
  const page = found.data;

  return (
    <div class="screen search">
      <h1 class="visually-hidden">{t("search-title")}</h1>
      <FilterChips filter={filter} facets={page?.facets ?? {}} onChange={go} />
      <p class="small muted" role="status">
        {page && (page.offline ? t("search-offline", { count: page.items.length }) : summary(page))}
      </p>
      {page ? (
        page.items.length > 0 ? (
          <Results page={page} filter={filter} onMore={found.put} />
        ) : (
          <Empty
            drawing="search"
            title={filter.q ? t("search-none", { query: filter.q }) : t("search-none-filter")}
            text={t(page.offline ? "search-none-offline" : "search-none-text")}
          >
            <Button onClick={() => go({ q: "", sort: "relevance" })}>{t("search-all")}</Button>
          </Empty>
        )
      ) : found.error ? (
        <LoadError error={found.error} retry={found.retry} />
      ) : (
        <SkeletonGrid />
      )}
    </div>
  );
}

interface Found extends ProductPage {
  offline: boolean;
}

/** Says how many there are, where that is known. */
function summary(page: Found): string {
  return page.next_cursor
    ? t("search-many", { count: page.items.length })
    : t("search-count", { count: page.items.length });
}

/** Asks the server; when it cannot be reached, the phone. */
async function searchAnywhere(filter: Filter): Promise<Found> {
  try {
    const page = await fetchProducts(filter);
    rememberProducts(page.items);
    return { ...page, offline: false };
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    return { items: await searchKept(filter), facets: {}, next_cursor: null, offline: true };
  }
}

function Results({ page, filter, onMore }: { page: Found; filter: Filter; onMore: (page: Found) => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(false);
  const more = async () => {
    setBusy(true);
    setError(false);
    try {
      const next = await fetchProducts(filter, page.next_cursor);
      rememberProducts(next.items);
      onMore({ ...page, items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    } catch {
      setError(true);
    }
    setBusy(false);
  };
  return (
    <>
      <ProductGrid products={page.items} eager={2} />
      {page.next_cursor && (
        <div class="stack">
          {error && (
            <p class="small tone-vermilion" role="alert">
              {t("search-more-failed")}
            </p>
          )}
          <Button wide busy={busy} onClick={more}>
            {t("search-more")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The field in the top bar; searches as one types, with a pause. */
function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const [text, setText] = useState(q);
  const asked = useRef(q);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (asked.current === q) return;
    asked.current = q;
    setText(q);
  }, [q]);

  useEffect(() => {
    if (!q && matchMedia("(pointer: fine)").matches) input.current?.focus();
  }, []);

  const search = (value: string) => {
    if (asked.current === value) return;
    asked.current = value;
    onSearch(value);
  };

  useEffect(() => {
    const waiting = setTimeout(() => search(text.trim()), DEBOUNCE_MS);
    return () => clearTimeout(waiting);
  }, [text]);

  return (
    <search>
      <form
        class="search-field"
        onSubmit={(event) => {
          event.preventDefault();
          search(text.trim());
          input.current?.blur();
        }}
      >
        <Icon name="search" size={20} />
        <input
          ref={input}
          type="search"
          enterkeyhint="search"
          aria-label={t("search-title")}
          placeholder={t("search-placeholder")}
          autoComplete="off"
          maxLength={80}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </form>
    </search>
  );
}
