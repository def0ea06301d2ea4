import { useState } from "preact/hooks";
import { formatDate, formatDay, formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { usePage } from "../platform/page";
import { Button, ButtonLink } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { BatchCount } from "./batch-lines";
import { fetchBatches, type SellerBatch, shopName } from "./queries";
import "./sell.css";

const states = ["paid", "packed", "shipped", "delivered"] as const;

/** The packing table: batches by what is to be done with them next. */
export default function BatchesScreen() {
  const [state, setState] = useState<(typeof states)[number]>("paid");
  usePage({ title: t("sell-title"), back: "/you" });
  const counts = useLoad("counts", countAll);
  const page = useLoad(state, () => fetchBatches(state));
  const [busy, setBusy] = useState(false);

  const more = async () => {
    if (!page.data) return;
    setBusy(true);
    const next = await fetchBatches(state, page.data.next_cursor).catch(() => null);
    if (next) page.put({ items: [...page.data.items, ...next.items], next_cursor: next.next_cursor });
    setBusy(false);
  };

  return (
    <div class="screen">
      <div class="row row-wraps">
        <ButtonLink href="/sell/pick">{t("pick-title")}</ButtonLink>
        <ButtonLink href="/sell/stock">{t("stock-title")}</ButtonLink>
        <ButtonLink href="/sell/goods">{t("codes-title")}</ButtonLink>
        <ButtonLink href="/sell/lanes">{t("lanes-title")}</ButtonLink>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of chips, not fields of a form. */}
      <div class="chips" role="group" aria-label={t("sell-by-state")}>
        {states.map((each) => (
          <button type="button" class="chip" key={each} aria-pressed={each === state} onClick={() => setState(each)}>
            {t(`sell-state-${each}`)} {counts.data && <span class="number small">{counts.data[each]}</span>}
          </button>
        ))}
      </div>
      {page.data ? (
        page.data.items.length > 0 ? (
          <>
            <ul class="stack">
              {page.data.items.map((batch) => (
                <Row key={batch.id} batch={batch} />
              ))}
            </ul>
            {page.data.next_cursor && (
              <Button wide busy={busy} onClick={more}>
                {t("search-more")}
              </Button>
            )}
          </>
        ) : (
          <Empty drawing="cargo" title={t(`sell-none-${state}`)} text={t("sell-none-text")} />
        )
      ) : page.error ? (
        <LoadError error={page.error} retry={page.retry} />
      ) : (
        <SkeletonList rows={4} height="6.5rem" />
      )}
    </div>
  );
}

function Row({ batch }: { batch: SellerBatch }) {
  return (
    <li>
      <a class="card order-card sell-row" href={`/sell/${batch.id}`}>
        <span class="row">
          <span class="grow">
            <span class="small muted">{shopName(batch)}</span>
            <strong class="sell-number">
              <bdi>{batch.order_number}</bdi>
            </strong>
            <span class="small">
              <BatchCount batch={batch} /> · {countryName(batch.ship_to.country)}
            </span>
          </span>
          <Icon name="forward" />
        </span>
        {batch.state === "paid" && batch.planned_for && (
          <span class="small tone-amber">{t("sell-now-waits", { day: formatDay(batch.planned_for) })}</span>
        )}
        <span class="between small muted">
          <span>{formatDate(batch.placed_at, "moment")}</span>
          <span class="number">{formatMoney(batch.total)}</span>
        </span>
      </a>
    </li>
  );
}

/** How many of each, from the first page of each; "24+" where there are more. */
async function countAll(): Promise<Record<(typeof states)[number], string>> {
  const pages = await Promise.all(states.map((state) => fetchBatches(state)));
  const counts = pages.map(({ items, next_cursor }) => `${formatNumber(items.length)}${next_cursor ? "+" : ""}`);
  return { paid: counts[0] ?? "", packed: counts[1] ?? "", shipped: counts[2] ?? "", delivered: counts[3] ?? "" };
}
