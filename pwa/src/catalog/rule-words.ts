import { formatDate, formatNumber, locale, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { countryName } from "../ui/country";
import type { Missing, Quote, QuoteRule, QuoteService, QuoteShop, Sums } from "./quote";

/** What a rule does, in one sentence of the reader's language. */
export function sentenceOf(rule: QuoteRule, quote: Quote): string {
  const { name } = rule;
  const rate = rateInWords(rule.rate);
  const country = countryName(quote.ship_to.country);
  switch (rule.kind) {
    case "unknown":
      return unknownInWords(missingOf(rule, quote), name, country);
    case "exchange":
      return t(rule.part === "goods" ? "rule-exchange" : "rule-exchange-customs", { rate });
    case "freight":
      return t("rule-freight", { name, rate, weight: weightInWords(shopOf(rule, quote)?.chargeable_grams ?? 0) });
    case "duty":
    case "preference":
    case "preference_possible":
      return t(rule.rate === "free" ? `rule-${rule.kind}-free` : `rule-${rule.kind}`, { name, rate });
    default:
      return t(`rule-${rule.kind}`, { name, rate, country });
  }
}

/** What no longer holds because a business buys. */
export function changeInWords(rule: QuoteRule): string {
  const known = ["flat_duty", "duty_relief", "tax", "tax_relief", "tax_at_sale", "fee"].includes(rule.kind);
  return t(known ? `business-${rule.kind}` : "business-other", { name: rule.name, rate: rateInWords(rule.rate) });
}

/** Why duty and tax are not known: never a nought instead. */
export function unknownInWords(missing: Missing, title: string, country: string): string {
  return t(`rule-unknown-${missing}`, { title, country });
}

/** A rule without a row names the goods it is about; what is missing stands with their line. */
function missingOf(rule: QuoteRule, quote: Quote): Missing {
  const lines = quote.lines.filter((line) => line.unknown && (rule.parcel === null || line.parcel === rule.parcel));
  const isOfGoods = (line: (typeof lines)[number]) => line.unknown === "hs" || line.unknown === "duty";
  const found = lines.find((line) => (rule.name ? line.title === rule.name : !isOfGoods(line)));
  return found?.unknown ?? (rule.part === "tax" ? "tax" : rule.name ? "duty" : "territory");
}

export function shopOf(rule: QuoteRule, quote: Quote): QuoteShop | undefined {
  return quote.shops.find(({ parcel }) => parcel === rule.parcel);
}

/** "EUR/GBP 0.8463800000" as "1 EUR = 0.84638 GBP"; amounts and percents as the reader writes them; the rest stays. */
export function rateInWords(rate: string): string {
  const pair = /^([A-Z]{3})\/([A-Z]{3}) (\d+(?:\.\d+)?)$/.exec(rate);
  if (pair) {
    const [, from, to, units] = pair;
    return `1 ${from} = ${number(units ?? "", { maximumSignificantDigits: 6 })} ${to}`;
  }
  return rate
    .replace(/(\d+(?:\.\d+)?) ([A-Z]{3})\b/g, (_, amount: string, currency: string) =>
      number(amount, { style: "currency", currency, maximumFractionDigits: 6 }),
    )
    .replace(/(\d+(?:\.\d+)?)%/g, (_, percent: string) =>
      number(percent, { style: "unit", unit: "percent", maximumFractionDigits: 6 }),
    )
    .replace(/\b(free|at least|min|max)\b/g, (word) => t(`rate-${word.replace(" ", "-")}`));
}

/** A decimal text is formatted exactly; a number would go through a float. */
function number(text: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale.value, options).format(text as `${number}`);
}

export function weightInWords(grams: number): string {
  return grams < 1000
    ? formatNumber(grams, { style: "unit", unit: "gram" })
    : number(`${Math.floor(grams / 1000)}.${String(grams % 1000).padStart(3, "0")}`, {
        style: "unit",
        unit: "kilogram",
        maximumFractionDigits: 2,
      });
}

/** A day of the calendar, the same in every time zone. */
export const dayInWords = (day: string): string => formatDate(`${day}T12:00`, "date");

/** From when until when a rule holds, and when it is to be read again. */
export function timesOf(rule: QuoteRule, today: string): string[] {
  const { from, to, review_by } = rule;
  const days = { from: from ? dayInWords(from) : "", to: to ? dayInWords(to) : "" };
  const holds = from && to ? "rule-from-to" : from ? "rule-from" : to ? "rule-to" : null;
  const isOver = review_by !== null && review_by < today;
  return [
    ...(holds ? [t(holds, days)] : []),
    ...(review_by ? [t(isOver ? "rule-overdue" : "rule-review", { date: dayInWords(review_by) })] : []),
  ];
}

/** What decides the rate where six digits of the code leave several open, by the code's chapter. */
export function questionOf(hs: string | null): string {
  const chapter = Number(hs?.slice(0, 2) ?? 0);
  if (chapter >= 50 && chapter <= 63) return t("rule-ask-textile");
  if (chapter >= 39 && chapter <= 49) return t("rule-ask-material");
  if (chapter >= 64 && chapter <= 83) return t("rule-ask-material-price");
  return t("rule-ask-kind");
}

export const serviceName = (service: string): string => t(`landed-service-${service}`);

/** Why a carrier does not take a parcel. */
export function refusalInWords({ code, un, limit }: NonNullable<QuoteService["refused"]>): string {
  const amount = Number(limit);
  const words: Record<string, string> = {
    dangerous_goods: t("landed-refused-dangerous", { un: un ?? "" }),
    too_many_pieces: t("landed-refused-pieces", { un: un ?? "", limit: formatNumber(amount) }),
    too_many_grams: t("landed-refused-grams", { un: un ?? "", limit: weightInWords(amount) }),
    too_long: t("landed-refused-long", {
      limit: formatNumber(Math.floor(amount / 10), { style: "unit", unit: "centimeter" }),
    }),
    too_heavy: t("landed-refused-heavy"),
    too_large: t("landed-refused-large"),
  };
  return words[code] ?? t("landed-refused");
}

/** What is left to pay at the door, in one line. */
export function doorInWords({ at_door }: Pick<Sums, "at_door">): string {
  if (!at_door) return t("landed-door-unknown");
  return at_door.minor > 0 ? t("landed-door-asks", { amount: formatMoney(at_door) }) : t("landed-door-nothing");
}
