import { useState } from "preact/hooks";
import { goods } from "../cart/reckoning";
import { Rules } from "../catalog/landed-sheets";
import type { Quote } from "../catalog/queries";
import { clock } from "../platform/clock";
import { formatDate, t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Choices } from "../ui/field";
import { Sheet } from "../ui/sheet";
import { type CartQuote, isRefusal } from "./quote";

/** What the cart costs to the door: the frozen quote with its parts and until when it holds. */
export function Bill({ quote: { last, state, error, retry }, to }: { quote: CartQuote; to: string | null }) {
  const [open, setOpen] = useState(false);
  const sum = last?.goods ?? goods.value;
  return (
    <section class="card stack bill" aria-labelledby="bill" aria-busy={state === "asking"}>
      <h2 id="bill">{to ? t("landed-title", { country: countryName(to) }) : t("checkout-bill")}</h2>
      {last && last.shops.length > 1 ? (
        <dl class="sums">
          {last.shops.map((shop) => (
            <Sum key={shop.slug} name={shop.name} note={daysOf(shop.days)} value={shop.goods} />
          ))}
        </dl>
      ) : null}
      <dl class="sums">
        <Sum name={t("landed-goods-plain")} value={sum} />
        <Sum
          name={t("landed-freight")}
          note={last && last.shops.length === 1 ? daysOf(last.shops[0]?.days) : ""}
          value={last?.freight}
          missing={t(`landed-freight-${state === "known" ? "failed" : state}`)}
        />
        {last?.duty || last?.tax ? (
          <>
            <Sum name={t("landed-duty")} value={last.duty} />
            <Sum name={t("landed-tax")} value={last.tax} />
          </>
        ) : (
          <Sum name={t("landed-duty-tax")} value={null} />
        )}
        {last && last.fees.minor > 0 && <Sum name={t("landed-fees")} value={last.fees} />}
      </dl>
      <p class="between landed-total">
        <span>{t(last?.confidence === "firm" ? "landed-total" : "landed-total-without")}</span>
        <span class="big">{last ? formatMoney(last.total) : sum ? formatMoney(sum) : "–"}</span>
      </p>
      <LineProblems quote={last} />
      {last && online.value && (
        <p class="small muted" role="status">
          {t("checkout-frozen", { time: formatDate(last.expires_at, "time") })}
        </p>
      )}
      {last && !online.value && <p class="small tone-amber">{t("checkout-last-price")}</p>}
      {!last && state === "failed" && (
        <div class="stack" role="alert">
          <p class="small tone-vermilion">{isRefusal(error) ? error.message : t("checkout-no-quote")}</p>
          <Button icon="sync" onClick={retry}>
            {t("ui-retry")}
          </Button>
        </div>
      )}
      {last && last.rules.length > 0 && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {t("landed-rules")}
        </Button>
      )}
      <Sheet open={open} onClose={() => setOpen(false)} title={t("landed-rules")}>
        <Rules rules={last?.rules ?? []} />
      </Sheet>
    </section>
  );
}

function LineProblems({ quote }: { quote: Quote | null }) {
  const lines = quote?.lines.filter((line) => line.problem) ?? [];
  if (lines.length === 0) return null;
  return (
    <ul class="stack small tone-vermilion" role="alert">
      {lines.map((line) => (
        <li key={line.sku}>{t("checkout-line-problem", { title: line.title })}</li>
      ))}
    </ul>
  );
}

function Sum({
  name,
  note,
  value,
  missing,
}: {
  name: string;
  note?: string;
  value: Money | null | undefined;
  missing?: string;
}) {
  return (
    <div>
      <dt>
        <span>
          {name}
          {note && <span class="small muted sum-note">{note}</span>}
        </span>
      </dt>
      <dd class={value ? undefined : "muted small"}>{value ? formatMoney(value) : (missing ?? t("landed-unknown"))}</dd>
    </div>
  );
}

function daysOf(days: { from: number; to: number } | null | undefined): string {
  return days ? t("landed-days", { from: days.from, to: days.to }) : "";
}

const shares = [10, 25, 50] as const;

interface Limit {
  /** The most that may be charged; null when not even the goods have a price. */
  value: Money | null;
  /** Set when the last price is known and needs no guess. */
  exact: boolean;
  share: number;
  choose: (share: number) => void;
}

/** The most an order given offline may cost: the last quote's total, else the goods and a share for freight and duty. */
export function useLimit(quote: Quote | null): Limit {
  const [share, choose] = useState<number>(shares[1]);
  if (quote && Date.parse(quote.expires_at) > clock.now() - DAY_MS)
    return { value: quote.total, exact: true, share, choose };
  const sum = goods.value;
  const value = sum && { minor: Math.ceil((sum.minor * (100 + share)) / 100), currency: sum.currency };
  return { value, exact: false, share, choose };
}

const DAY_MS = 86_400_000;

/** Offline and without a quote, the shopper says how much freight and duty may come on top. */
export function SpendingLimit({ limit }: { limit: Limit }) {
  const sum = goods.value;
  if (online.value || limit.exact || !sum) return null;
  return (
    <section class="card stack" aria-labelledby="limit">
      <h2 id="limit">{t("checkout-limit")}</h2>
      <p>{t("checkout-limit-text")}</p>
      <Choices
        legend={t("checkout-limit-most")}
        name="limit"
        value={String(limit.share)}
        onChange={(value) => limit.choose(Number(value))}
        options={shares.map((share) => ({
          value: String(share),
          label: formatMoney({ minor: Math.ceil((sum.minor * (100 + share)) / 100), currency: sum.currency }),
          hint: t("checkout-limit-share", { share }),
        }))}
      />
    </section>
  );
}
