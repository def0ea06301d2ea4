import { useEffect, useState } from "preact/hooks";
import { chooseCountry, country, currency } from "../accounts/preferences";
import { formatDate, formatNumber, t } from "../platform/locale";
import { formatMoney, type Money, times } from "../platform/money";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { countryName, destinationOptions } from "../ui/country";
import { Select } from "../ui/field";
import { Sheet } from "../ui/sheet";
import { type Product, tierAt } from "./model";
import { fetchQuote, type Quote, type QuoteRule } from "./queries";

const DEBOUNCE_MS = 350;

/** What this quantity costs to the door, as far as anyone knows: goods at once, freight from a quote, the rest said plainly. */
export function LandedCost({ product, quantity }: { product: Product; quantity: number }) {
  const [sheet, setSheet] = useState<"country" | "rules" | null>(null);
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
        <Button look="quiet" onClick={() => setSheet("country")}>
          {t(country.value ? "landed-change" : "landed-choose")}
        </Button>
      </div>
      <p class="landed-piece" aria-live="polite">
        <span class="big">{formatMoney(quote?.per_piece ?? price)}</span>{" "}
        <span class="muted">{t("landed-a-piece")}</span>
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
        <Button look="quiet" onClick={() => setSheet("rules")}>
          {t("landed-rules")}
        </Button>
      )}
      <Sheet open={sheet === "country"} onClose={() => setSheet(null)} title={t("landed-where")}>
        <Select
          label={t("landed-country")}
          name="country"
          value={country.value ?? ""}
          options={[...(country.value ? [] : [{ value: "", label: "" }]), ...destinationOptions()]}
          onChange={(value) => {
            chooseCountry(value);
            setSheet(null);
          }}
        />
      </Sheet>
      <Sheet open={sheet === "rules"} onClose={() => setSheet(null)} title={t("landed-rules")}>
        <Rules rules={quote?.rules ?? []} />
      </Sheet>
    </section>
  );
}

function Days({ quote }: { quote: Quote }) {
  const days = quote.shops[0]?.days;
  return days ? <p class="small">{t("landed-days", { from: days.from, to: days.to })}</p> : null;
}

/** Each part with its rule, where it comes from and of what day. */
export function Rules({ rules }: { rules: readonly QuoteRule[] }) {
  return (
    <ul class="stack">
      {rules.map((rule) => (
        <li key={`${rule.part} ${rule.name}`}>
          <p class="strong">{rule.name}</p>
          <p>{rule.detail}</p>
          <p class="small muted">
            {t("landed-rule-source", { source: rule.source, date: rule.as_of ? formatDate(rule.as_of, "date") : "" })} ·{" "}
            {t(`landed-confidence-${rule.confidence}`)}
          </p>
        </li>
      ))}
    </ul>
  );
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

/** Asks for a quote once the quantity has settled; the last one stays until the next is here. */
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
