import { useEffect, useState } from "preact/hooks";
import { country, currency } from "../accounts/preferences";
import { formatNumber, t } from "../platform/locale";
import { formatMoney, type Money, times } from "../platform/money";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import type { LandedSheets } from "./landed-sheets";
import { type Product, tierAt } from "./model";
import { fetchQuote, type Quote } from "./queries";

const DEBOUNCE_MS = 350;

/** What this quantity costs to the door, as far as anyone knows: goods at once, freight from a quote, the rest said plainly. */
export function LandedCost({ product, quantity }: { product: Product; quantity: number }) {
  const [sheet, setSheet] = useState<"country" | "rules" | null>(null);
  const [Sheets, setSheets] = useState<typeof LandedSheets | null>(null);
  const show = async (which: "country" | "rules") => {
    // Fetched with the first tap: the first paint of a product needs no dialog.
    const { LandedSheets } = await import("./landed-sheets");
    setSheets(() => LandedSheets);
    setSheet(which);
  };
  const { quote, state } = useQuote(product.sku, quantity);
  const price = tierAt(product.tiers, quantity)?.price;
  if (!price) return null;
  const goods = quote?.goods ?? times(price, quantity);
  const freight = quote?.freight ?? null;

  return (
    <section class="card stack" aria-labelledby="landed">
      <div class="row row-wraps">
        <h3 class="grow" id="landed">
          {country.value ? t("landed-title", { country: countryName(country.value) }) : t("landed-where")}
        </h3>
        <Button look="quiet" onClick={() => void show("country")}>
          {t(country.value ? "landed-change" : "landed-choose")}
        </Button>
      </div>
      <p class="landed-piece" aria-live="polite">
        <span class="big">{formatMoney(quote?.per_piece ?? price)}</span>{" "}
        <span class="muted">{t(freight ? "landed-a-piece" : "landed-a-piece-goods")}</span>
      </p>
      <Bar goods={goods} freight={freight} duty={quote?.duty ?? null} tax={quote?.tax ?? null} />
      <dl class="sums">
        <Sum
          kind="goods"
          name={t("landed-goods", { count: formatNumber(quantity), price: formatMoney(price) })}
          value={formatMoney(goods)}
        />
        <Sum
          kind="freight"
          name={t("landed-freight")}
          value={freight ? formatMoney(freight) : t(`landed-freight-${state}`)}
          quiet={!freight}
        />
        {quote?.duty || quote?.tax ? (
          <>
            <Sum
              kind="duty"
              name={t("landed-duty")}
              value={quote.duty ? formatMoney(quote.duty) : t("landed-unknown")}
              quiet={!quote.duty}
            />
            <Sum
              kind="tax"
              name={t("landed-tax")}
              value={quote.tax ? formatMoney(quote.tax) : t("landed-unknown")}
              quiet={!quote.tax}
            />
          </>
        ) : (
          <Sum kind="unknown" name={t("landed-duty-tax")} value={t("landed-unknown")} quiet />
        )}
      </dl>
      <p class="between landed-total">
        <span>{t(quote?.confidence === "firm" ? "landed-total" : "landed-total-without")}</span>
        <strong class="number">{formatMoney(quote?.total ?? goods)}</strong>
      </p>
      {quote && <Days quote={quote} />}
      {quote && quote.rules.length > 0 && (
        <Button look="quiet" onClick={() => void show("rules")}>
          {t("landed-rules")}
        </Button>
      )}
      {Sheets && <Sheets open={sheet} onClose={() => setSheet(null)} rules={quote?.rules ?? []} />}
    </section>
  );
}

function Days({ quote }: { quote: Quote }) {
  const days = quote.shops[0]?.days;
  return days ? <p class="small">{t("landed-days", { from: days.from, to: days.to })}</p> : null;
}

function Sum({ kind, name, value, quiet }: { kind: string; name: string; value: string; quiet?: boolean }) {
  return (
    <div>
      <dt class={kind}>{name}</dt>
      <dd class={quiet ? "muted small" : undefined}>{value}</dd>
    </div>
  );
}

/** The parts of the price side by side; a hatched end stands for what is not known. */
function Bar({
  goods,
  freight,
  duty,
  tax,
}: {
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
}) {
  const unknown = duty === null || tax === null;
  return (
    <div class="landed-bar" aria-hidden="true">
      <span class="goods" style={{ "--share": goods.minor }} />
      {freight && <span class="freight" style={{ "--share": freight.minor }} />}
      {duty && <span class="duty" style={{ "--share": duty.minor }} />}
      {tax && <span class="tax" style={{ "--share": tax.minor }} />}
      {unknown && <span class="unknown" style={{ "--share": Math.max(1, goods.minor * 0.14) }} />}
    </div>
  );
}

type QuoteState = "asking" | "offline" | "nowhere" | "failed" | "known";

/** Asks for a quote once the quantity has settled; a quote for another quantity is never shown for this one. */
function useQuote(sku: string, quantity: number): { quote: Quote | null; state: QuoteState } {
  const [held, setHeld] = useState<{ key: string; quote: Quote | null; failed: boolean } | null>(null);
  const to = country.value;
  const key = `${sku} ${quantity} ${to} ${currency.value}`;

  useEffect(() => {
    if (!to || !online.value) return;
    let current = true;
    const waiting = setTimeout(() => {
      fetchQuote({ lines: [{ sku, quantity }], ship_to: { country: to }, currency: currency.value }).then(
        (quote) => current && setHeld({ key, quote, failed: false }),
        () => current && setHeld({ key, quote: null, failed: true }),
      );
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [key, online.value]);

  const quote = held?.key === key ? held.quote : null;
  if (!to) return { quote: null, state: "nowhere" };
  if (quote) return { quote, state: "known" };
  if (!online.value) return { quote: null, state: "offline" };
  return { quote: null, state: held?.key === key && held.failed ? "failed" : "asking" };
}
