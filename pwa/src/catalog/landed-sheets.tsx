import { useState } from "preact/hooks";
import { BuyerForm } from "../accounts/buyer-form";
import { BuyerSheet } from "../accounts/buyer-sheet";
import { currencyOptions } from "../accounts/currency";
import { chooseCountry, chooseCurrency, country, currency } from "../accounts/preferences";
import { formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { Button } from "../ui/button";
import { destinationOptions } from "../ui/country";
import { Choices, Select } from "../ui/field";
import { Sheet } from "../ui/sheet";
import { BusinessLines } from "./parts";
import type { Part, Quote, QuoteRule, QuoteShop, Terms } from "./quote";
import { dayInWords, questionOf, refusalInWords, sentenceOf, serviceName, timesOf, weightInWords } from "./rule-words";
import type { Showing } from "./sheets";
import { canChooseTerms, splitBy } from "./terms";
import { chooseService, chooseTerms } from "./wishes";

interface LandedSheetsProps {
  showing: Showing | null;
  quote: Quote | null;
  onClose: () => void;
}

/** What the landed cost opens: where the goods go and who buys, how they travel, who pays at the border, and every rule. */
export function LandedSheets({ showing, quote, onClose }: LandedSheetsProps) {
  if (!showing) return null;
  const { what, parcel } = showing;
  if (what === "where") return <Where onClose={onClose} />;
  if (what === "buyer") return <BuyerSheet onClose={onClose} />;
  if (!quote) return null;
  if (what === "travel") return <Travel quote={quote} parcel={parcel} onClose={onClose} />;
  if (what === "terms") return <PayWhen quote={quote} parcel={parcel} onClose={onClose} />;
  return (
    <Sheet open onClose={onClose} title={t(what === "all" ? "landed-rules" : `landed-part-${what}`)}>
      {parcelsOf(quote, parcel).map((each) => (
        <Reckoning
          key={each.parcel}
          quote={quote}
          shop={each}
          part={what}
          isNamed={parcel === null && quote.shops.length > 1}
        />
      ))}
      <BusinessLines rules={quote.changed_for_business.filter((rule) => concerns(rule, what, parcel))} />
      {quote.id && <TwoDays quote={quote} />}
    </Sheet>
  );
}

/** The way to the same purchase on another day, fetched when it is opened. */
function TwoDays({ quote }: { quote: Quote }) {
  const [Compare, setCompare] = useState<typeof import("./compare").Compare | null>(null);
  if (Compare) return <Compare quote={quote} />;
  const open = async () => {
    const room = await import("./compare");
    setCompare(() => room.Compare);
  };
  return (
    <Button look="quiet" icon="clock" onClick={() => void open()}>
      {t("compare-open")}
    </Button>
  );
}

const parcelsOf = (quote: Quote, parcel: string | null): QuoteShop[] =>
  parcel === null ? quote.shops : quote.shops.filter((shop) => shop.parcel === parcel);

function concerns(rule: QuoteRule, part: Part | "all", parcel: string | null): boolean {
  return (part === "all" || rule.part === part) && (parcel === null || rule.parcel === null || rule.parcel === parcel);
}

/** How one parcel's part was worked out: each rule with its source, its days and how sure it is. */
function Reckoning({
  quote,
  shop,
  part,
  isNamed,
}: {
  quote: Quote;
  shop: QuoteShop;
  part: Part | "all";
  isNamed: boolean;
}) {
  const rules = quote.rules.filter((rule) => concerns(rule, part, shop.parcel));
  const amount = part === "all" ? shop.total : shop[part];
  return (
    <section class="stack" aria-label={isNamed ? shop.name : undefined}>
      <p class="between">
        {isNamed && <strong>{shop.name}</strong>}
        <strong class={amount ? "big" : "muted"}>{amount ? formatMoney(amount) : t("landed-not-known")}</strong>
      </p>
      {(part === "goods" || part === "all") && <Goods quote={quote} shop={shop} />}
      {(part === "duty" || part === "all") && <OpenRate quote={quote} shop={shop} />}
      {rules.length === 0 && part !== "goods" && <p>{t("rule-none")}</p>}
      <ul class="stack">
        {rules.map((rule) => (
          <Rule key={`${rule.kind} ${rule.name} ${rule.rate} ${rule.parcel}`} rule={rule} quote={quote} />
        ))}
      </ul>
    </section>
  );
}

function Rule({ rule, quote }: { rule: QuoteRule; quote: Quote }) {
  const isOwn = rule.kind === "freight" || rule.kind === "unknown";
  const amount = rule.kind === "preference_possible" ? null : rule.amount;
  return (
    <li class="rule">
      <p class="between">
        <span class="rule-says">{sentenceOf(rule, quote)}</span>
        {amount && <strong class="number">{formatMoney(amount)}</strong>}
      </p>
      {rule.detail && !isOwn && (
        <p class="small own-words" lang="en">
          {rule.detail}
        </p>
      )}
      {rule.kind !== "unknown" && (
        <>
          <p class="small muted">{t("rule-source", { source: rule.source, date: dayInWords(rule.as_of) })}</p>
          <p class="small muted">{[t(`rule-${rule.confidence}`), ...timesOf(rule, quote.day)].join(" ")}</p>
        </>
      )}
    </li>
  );
}

function Goods({ quote, shop }: { quote: Quote; shop: QuoteShop }) {
  return (
    <ul class="sums">
      {quote.lines
        .filter((line) => line.parcel === shop.parcel)
        .map((line) => (
          <li class="between" key={line.sku}>
            <span>
              {line.title}
              <span class="small muted sum-note">
                {t("landed-times", { count: formatNumber(line.quantity), price: formatMoney(line.unit_price) })}
              </span>
            </span>
            <span class="number">{formatMoney(line.goods)}</span>
          </li>
        ))}
      {shop.chargeable_grams > shop.weight_grams && (
        <li class="small muted">
          {t("landed-room", { weight: weightInWords(shop.weight_grams), room: weightInWords(shop.chargeable_grams) })}
        </li>
      )}
    </ul>
  );
}

/** Six digits of the code leave several rates open: between what the duty lies, and what would decide it. */
function OpenRate({ quote, shop }: { quote: Quote; shop: QuoteShop }) {
  const range = shop.duty_range;
  if (!range) return null;
  const questions = quote.lines.filter((line) => line.parcel === shop.parcel).map((line) => questionOf(line.hs));
  return (
    <div class="notice">
      <div class="stack">
        <p>{t("rule-range", { low: formatMoney(range.low), high: formatMoney(range.high) })}</p>
        {[...new Set(questions)].map((question) => (
          <p class="small" key={question}>
            {question}
          </p>
        ))}
      </div>
    </div>
  );
}

function Where({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={t("landed-where")}>
      <Select
        label={t("landed-country")}
        name="country"
        value={country.value ?? ""}
        options={[...(country.value ? [] : [{ value: "", label: "" }]), ...destinationOptions()]}
        onChange={(value) => {
          chooseCountry(value);
          onClose();
        }}
      />
      <Select
        label={t("landed-currency")}
        name="currency"
        value={currency.value}
        options={currencyOptions()}
        onChange={(value) => {
          chooseCurrency(value);
          onClose();
        }}
      />
      <BuyerForm onDone={onClose} />
    </Sheet>
  );
}

/** How the parcel can travel; a way that is refused says why. */
function Travel({ quote, parcel, onClose }: { quote: Quote; parcel: string | null; onClose: () => void }) {
  const shop = parcelsOf(quote, parcel)[0];
  if (!shop) return null;
  const refused = shop.services.filter((each) => each.refused);
  return (
    <Sheet open onClose={onClose} title={t("landed-travel-title")}>
      <Choices
        legend={t("landed-travel-legend", { shop: shop.name })}
        name="service"
        value={shop.service}
        onChange={(service) => {
          chooseService(service);
          onClose();
        }}
        options={shop.services
          .filter((each) => each.freight)
          .map((each) => ({
            value: each.service,
            label: t("landed-travel-priced", {
              service: serviceName(each.service),
              price: each.freight ? formatMoney(each.freight) : "",
            }),
            hint: t("landed-days", { from: each.days.from, to: each.days.to }),
          }))}
      />
      {refused.map((each) => (
        <p class="small muted" key={each.service}>
          <strong>{serviceName(each.service)}</strong>: {each.refused && refusalInWords(each.refused)}
        </p>
      ))}
      {quote.shops.length > 1 && <p class="small muted">{t("landed-travel-all")}</p>}
    </Sheet>
  );
}

/** When duty, tax and fees of the border are paid: with the order, or at the door. */
function PayWhen({ quote, parcel, onClose }: { quote: Quote; parcel: string | null; onClose: () => void }) {
  const shops = parcelsOf(quote, parcel);
  const held = shops.find(canChooseTerms)?.terms ?? "ddp";
  const words = (terms: Terms): string => {
    const { now, door } = splitBy(terms, { shops, currency: quote.currency });
    if (!door) return t("landed-terms-open", { now: formatMoney(now) });
    const args = { now: formatMoney(now), door: formatMoney(door) };
    return t(door.minor > 0 ? "landed-terms-both" : "landed-terms-now", args);
  };
  return (
    <Sheet open onClose={onClose} title={t("landed-terms-title")}>
      <Choices
        legend={t("landed-terms-legend")}
        name="terms"
        value={held}
        onChange={(terms) => {
          chooseTerms(terms as Terms);
          onClose();
        }}
        options={(["ddp", "dap"] as const).map((terms) => ({
          value: terms,
          label: t(`landed-terms-${terms}`),
          hint: words(terms),
        }))}
      />
      {quote.shops.length > 1 && <p class="small muted">{t("landed-terms-all")}</p>}
    </Sheet>
  );
}
