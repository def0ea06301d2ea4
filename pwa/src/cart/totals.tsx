import { country, currency } from "../accounts/preferences";
import { api } from "../platform/http";
import { t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { online } from "../sync/status";
import { countryName } from "../ui/country";
import { useLoad } from "../ui/load";
import { lines } from "./queries";
import { goods } from "./reckoning";

interface CartQuote {
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
  total: Money;
  confidence: "firm" | "estimate" | "unknown";
}

const SETTLED_MS = 500;

/** What the cart costs to the door, as far as it is known; the goods always, by the phone's own arithmetic. */
export function Totals() {
  const asked = lines.value.map(({ sku, quantity }) => ({ sku, quantity }));
  const to = country.value;
  const key = to && online.value ? JSON.stringify([asked, to, currency.value]) : null;
  const { data: quote } = useLoad(key, () => quoteSoon(asked, to ?? "", currency.value));
  const total = goods.value;
  if (!total) return null;
  return (
    <section class="card cart-sums" aria-labelledby="cart-sums">
      <h2 class="visually-hidden" id="cart-sums">
        {t("cart-sums")}
      </h2>
      <dl>
        <Row name={t("cart-goods")} value={formatMoney(total)} />
        <Row
          name={to ? t("cart-freight-to", { country: countryName(to) }) : t("cart-freight")}
          value={quote?.freight ? formatMoney(quote.freight) : t("cart-at-checkout")}
          quiet={!quote?.freight}
        />
        {quote?.duty && <Row name={t("cart-duty")} value={formatMoney(quote.duty)} />}
        {quote?.tax && <Row name={t("cart-tax")} value={formatMoney(quote.tax)} />}
        {quote && <Row name={t("cart-total")} value={formatMoney(quote.total)} strong />}
      </dl>
      {!(quote?.duty && quote.tax) && <p class="small muted">{t("cart-duty-tax-unknown")}</p>}
    </section>
  );
}

function Row({ name, value, quiet, strong }: { name: string; value: string; quiet?: boolean; strong?: boolean }) {
  return (
    <div class={strong ? "between cart-sum-total" : "between"}>
      <dt>{name}</dt>
      <dd class={quiet ? "small muted" : "number"}>{value}</dd>
    </div>
  );
}

/** Asks once the taps have come to rest; a newer question makes this answer unread. */
async function quoteSoon(asked: { sku: string; quantity: number }[], to: string, wanted: string): Promise<CartQuote> {
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  return api("POST", "/api/v1/quotes", { lines: asked, ship_to: { country: to }, currency: wanted });
}
