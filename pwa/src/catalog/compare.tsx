import { useState } from "preact/hooks";
import { api } from "../platform/http";
import { t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { useLoad } from "../ui/load";
import { Skeleton } from "../ui/skeleton";
import { parts, type Quote, type QuoteAsk, type QuoteRule } from "./quote";
import { dayInWords, sentenceOf } from "./rule-words";

interface Comparison {
  quotes: Quote[];
  /** Rules of the first day that do not hold on the second. */
  gone: QuoteRule[];
  /** Rules of the second day that did not hold on the first. */
  new: QuoteRule[];
}

const compareQuotes = (days: readonly [string, string], quote: QuoteAsk): Promise<Comparison> =>
  api("POST", "/api/v1/quotes/compare", { days, quote });

/** The same purchase by the rules of two days, side by side, and the rules that changed between them. */
export function Compare({ quote }: { quote: Quote }) {
  const [first, setFirst] = useState(quote.day);
  const [second, setSecond] = useState(() => nextChange(quote));
  const ask: QuoteAsk = {
    lines: quote.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    ship_to: { country: quote.ship_to.country },
    currency: quote.currency,
  };
  const key = first && second ? JSON.stringify([first, second, ask]) : null;
  const { data, error } = useLoad(key, () => compareQuotes([first, second], ask));
  const [before, after] = data?.quotes ?? [];

  return (
    <div class="stack">
      <p class="small muted">{t("compare-text")}</p>
      <div class="compare-days">
        <DayField label={t("compare-first")} value={first} onChange={setFirst} />
        <DayField label={t("compare-second")} value={second} onChange={setSecond} />
      </div>
      {error ? (
        <p class="small tone-vermilion" role="alert">
          {t("compare-failed")}
        </p>
      ) : before && after && data ? (
        <>
          <table class="compare">
            <thead>
              <tr>
                <td />
                <th scope="col">{dayInWords(before.day)}</th>
                <th scope="col">{dayInWords(after.day)}</th>
              </tr>
            </thead>
            <tbody>
              {parts.map((part) => (
                <tr key={part}>
                  <th scope="row">{t(`landed-part-${part}`)}</th>
                  {[before, after].map((side) => {
                    const amount = side[part];
                    return <td key={side.day}>{amount ? formatMoney(amount) : t("compare-unknown")}</td>;
                  })}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("compare-total")}</th>
                <td>{formatMoney(before.total)}</td>
                <td>{formatMoney(after.total)}</td>
              </tr>
            </tfoot>
          </table>
          <Changes title={t("compare-gone")} rules={data.gone} quote={before} />
          <Changes title={t("compare-new")} rules={data.new} quote={after} />
          {data.gone.length + data.new.length === 0 && <p role="status">{t("compare-same")}</p>}
        </>
      ) : (
        <Skeleton height="12rem" />
      )}
    </div>
  );
}

function DayField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="input"
        type="date"
        value={value}
        min="2020-01-01"
        max="2040-12-31"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function Changes({ title, rules, quote }: { title: string; rules: readonly QuoteRule[]; quote: Quote }) {
  if (rules.length === 0) return null;
  return (
    <section class="stack">
      <h3>{title}</h3>
      <ul class="stack">
        {rules.map((rule) => (
          <li key={`${rule.kind} ${rule.parcel} ${rule.name} ${rule.rate}`}>
            {sentenceOf(rule, quote)}
            <span class="small muted compare-source" dir="auto">
              {rule.source}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const DAY_MS = 86_400_000;

/** The day after the first of this quote's rules to end; a year on, where none is known to. */
function nextChange(quote: Quote): string {
  const ends = quote.rules.flatMap((rule) => (rule.to && rule.to >= quote.day ? [rule.to] : []));
  const end = ends.sort()[0];
  const day = end ? Date.parse(end) + DAY_MS : Date.parse(quote.day) + 365 * DAY_MS;
  return new Date(day).toISOString().slice(0, 10);
}
