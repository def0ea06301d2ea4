import type { Buyer } from "../accounts/buyer";
import type { Missing, Quote, QuoteRule, QuoteShop, Terms } from "../catalog/quote";
import { convert, halfUp, split } from "./exact";
import { advanceFee, offers, type Pieces } from "./freight";
import { type Applied, bankRate, type Landed, reckon, tenDigits, type Unknown } from "./reckon";
import { onDay, type Row, type Slice, words } from "./rules";

/** A line as this phone knows it. */
export interface KnownLine extends Pieces {
  sku: string;
  title: string;
  /** A piece at this quantity, in any currency. */
  unit_price: { minor: number; currency: string };
  hs: string | null;
  origin: string;
  shop: { slug: string; name: string; country: string };
  lead_time_days: number;
  /** YYYY-MM-DD: the day it is expected, where it is not there yet. */
  ships_on?: string | null;
}

export interface Ask {
  country: string;
  currency: string;
  /** YYYY-MM-DD */
  day: string;
  buyer?: Buyer | undefined;
  terms?: Terms | undefined;
  service?: string | undefined;
}

/** What this phone works out by the rules it keeps: an estimate, as the server's quote decides. Null where it cannot. */
export function estimate(all: Slice, lines: readonly KnownLine[], ask: Ask): Quote | null {
  const slice = onDay(all, ask.day);
  const priced: Priced[] = [];
  for (const line of lines) {
    const { minor, currency } = line.unit_price;
    const rate = bankRate(slice, currency, ask.currency);
    if (!rate) return null;
    const unit = currency === ask.currency ? BigInt(minor) : convert(BigInt(minor), rate, currency, ask.currency);
    priced.push({ line, unit, goods: unit * BigInt(line.quantity) });
  }
  const shops = new Map<string, Priced[]>();
  for (const one of priced) shops.set(one.line.shop.slug, [...(shops.get(one.line.shop.slug) ?? []), one]);
  const parcels: Parcel[] = [];
  for (const members of shops.values()) {
    const parcel = parcelOf(slice, members, ask);
    if (!parcel) return null;
    parcels.push(parcel);
  }
  return together(slice, parcels, priced, ask);
}

interface Priced {
  line: KnownLine;
  unit: bigint;
  goods: bigint;
}

interface Parcel {
  shop: QuoteShop;
  lines: Map<string, { freight: bigint; duty: bigint | null; tax: bigint | null; unknown: Missing | null }>;
  rules: QuoteRule[];
}

function parcelOf(slice: Slice, members: readonly Priced[], ask: Ask): Parcel | null {
  const { shop } = members[0]?.line ?? {};
  if (!shop) return null;
  const money = (minor: bigint) => ({ minor: Number(minor), currency: ask.currency });
  const perhaps = (minor: bigint | null) => (minor === null ? null : money(minor));
  const grams = members.reduce((sum, { line }) => sum + line.weight_grams * line.quantity, 0);
  const found = offers(
    slice,
    shop.country,
    members.map(({ line }) => line),
    ask,
  );
  const [taken] = found;
  if (!taken) return null;
  const { row, price } = taken;
  const weights = members.map(({ line }) => BigInt(line.weight_grams * line.quantity));
  const shares = split(price, weights);
  const cost = reckon(slice, {
    day: ask.day,
    from: shop.country,
    to: ask.country,
    business: ask.buyer ? { is_registered: isRegistered(slice, ask.buyer) } : null,
    currency: ask.currency,
    freight: price,
    goods: members.map(({ line, goods }) => ({
      hs: line.hs,
      origin: line.origin,
      value: goods,
      items: line.quantity,
      grams: line.weight_grams * line.quantity,
    })),
  });
  const goods = members.reduce((sum, one) => sum + one.goods, 0n);
  const paid = settle(cost, goods + price, advanceFee(slice, row, cost, ask.currency), ask.terms);
  const [ships_on] = members
    .flatMap(({ line }) => line.ships_on ?? [])
    .filter((on) => on > ask.day)
    .sort()
    .reverse();
  const waiting = ships_on ? (Date.parse(ships_on) - Date.parse(ask.day)) / 86_400_000 : 0;
  const ready = Math.floor((Math.max(...members.map(({ line }) => line.lead_time_days)) * 7 + 4) / 5) + waiting;
  const services = found.map(({ row, price }) => ({
    service: row.service ?? "",
    carrier: row.carrier ?? "",
    freight: money(price),
    days: { from: Number(row.days_from) + ready, to: Number(row.days_to) + ready },
    refused: null,
  }));
  return {
    shop: {
      parcel: shop.slug,
      slug: shop.slug,
      name: shop.name,
      country: shop.country,
      weight_grams: grams,
      chargeable_grams: taken.chargeable_grams,
      goods: money(goods),
      freight: money(price),
      duty: perhaps(cost.duty),
      duty_range: rangeOf(cost, ask.currency),
      tax: perhaps(cost.tax),
      fees: perhaps(paid.fees),
      total: money(paid.total),
      at_door: perhaps(paid.door),
      terms: paid.terms,
      terms_why: paid.why,
      tax_at_sale: cost.is_tax_at_sale,
      confidence: cost.duty === null || cost.tax === null ? "unknown" : "estimate",
      service: row.service ?? "",
      carrier: row.carrier ?? "",
      services,
      days: services[0]?.days ?? null,
      ...(ships_on ? { ships_on } : {}),
    },
    lines: new Map(
      members.map(({ line }, at) => [
        line.sku,
        {
          freight: shares[at] ?? 0n,
          duty: cost.lines[at]?.duty ?? null,
          tax: cost.lines[at]?.tax ?? null,
          unknown: missingOf(cost.unknown, at),
        },
      ]),
    ),
    rules: [
      ruleOf(row, {
        part: "freight",
        kind: "freight",
        parcel: shop.slug,
        name: row.carrier ?? "",
        rate: `${row.base} ${row.currency} + ${row.per_kg} ${row.currency}/kg`,
        amount: money(price),
      }),
      ...cost.applied.map((rule) => told(rule, shop.slug, ask.currency)),
      ...cost.unknown.map((unknown) => toldUnknown(unknown, members, shop.slug, ask.day)),
    ],
  };
}

/** What is paid now and what at the door: the wished terms where they are possible. */
function settle(cost: Landed, sent: bigint, advance: bigint, wished: Terms | undefined) {
  const { duty, tax, is_tax_at_sale } = cost;
  if (duty === null || tax === null)
    return { terms: "dap" as Terms, why: "not_known" as const, fees: null, total: sent, door: null };
  const isInside = cost.applied.some(({ kind }) => kind === "no_border");
  const fees = cost.fees + advance;
  const border = duty + (is_tax_at_sale ? 0n : tax) + fees;
  const sold = sent + (is_tax_at_sale ? tax : 0n);
  const terms: Terms = isInside ? "ddp" : (wished ?? "ddp");
  const why = isInside ? ("no_border" as const) : wished ? ("asked" as const) : ("known" as const);
  return terms === "ddp"
    ? { terms, why, fees, total: sold + border, door: 0n }
    : { terms, why, fees, total: sold, door: border };
}

/** A number counts in the territory whose office gave it. */
function isRegistered(slice: Slice, { vat }: Buyer): boolean {
  const prefix = vat?.slice(0, 2) ?? "";
  const country = prefix === "EL" ? "GR" : prefix;
  return slice.territories.some((row) => words(row.countries).includes(country));
}

function rangeOf({ duty_range: range }: Landed, currency: string): QuoteShop["duty_range"] {
  const money = (minor: bigint) => ({ minor: Number(minor), currency });
  return range && { low: money(range.low), high: money(range.high) };
}

const missingOf = (unknown: readonly Unknown[], at: number): Missing | null =>
  unknown.find((one) => !("at" in one) || one.at === at)?.what ?? null;

const PARTS: Record<string, string> = {
  tax: "tax",
  tax_relief: "tax",
  tax_at_sale: "tax",
  reverse_charge: "tax",
  fee: "fees",
};

function told({ kind, name, rate, amount, row }: Applied, parcel: string, currency: string): QuoteRule {
  return ruleOf(row, {
    part: PARTS[kind] ?? "duty",
    kind,
    parcel,
    name,
    rate,
    amount: amount === null ? null : { minor: Number(amount), currency },
  });
}

type Said = Pick<QuoteRule, "part" | "kind" | "parcel" | "name" | "rate" | "amount">;

function ruleOf(row: Row, said: Said): QuoteRule {
  return {
    ...said,
    detail: row.note ?? "",
    source: row.source ?? "",
    as_of: row.as_of ?? "",
    from: row.effective_from ?? null,
    to: row.effective_to ?? null,
    review_by: row.review_by ?? null,
    confidence: "estimate",
  };
}

function toldUnknown(unknown: Unknown, members: readonly Priced[], parcel: string, day: string): QuoteRule {
  const name = "at" in unknown ? (members[unknown.at]?.line.title ?? "") : "";
  const part = unknown.what === "tax" ? "tax" : "duty";
  const said: Said = { part, kind: "unknown", parcel, name, rate: "", amount: null };
  return { ...ruleOf({ as_of: day }, said), confidence: "unknown" };
}

/** The parcels added up; a part that one of them does not know is not known. */
function together(slice: Slice, parcels: readonly Parcel[], priced: readonly Priced[], ask: Ask): Quote {
  const { currency, country, day } = ask;
  const shops = parcels.map((parcel) => parcel.shop);
  const money = (minor: number) => ({ minor, currency });
  const known = (part: "goods" | "freight" | "total") =>
    money(shops.reduce((sum, shop) => sum + (shop[part]?.minor ?? 0), 0));
  const perhaps = (part: "duty" | "tax" | "fees" | "at_door") =>
    shops.every((shop) => shop[part]) ? money(shops.reduce((sum, shop) => sum + (shop[part]?.minor ?? 0), 0)) : null;
  const end = (which: "low" | "high") =>
    money(shops.reduce((sum, { duty_range, duty }) => sum + (duty_range?.[which] ?? duty ?? money(0)).minor, 0));
  const [total, at_door, duty] = [known("total"), perhaps("at_door"), perhaps("duty")];
  const isOpen = duty !== null && shops.some((shop) => shop.duty_range);
  const pieces = priced.reduce((sum, { line }) => sum + line.quantity, 0);
  const landed = total.minor + (at_door?.minor ?? 0);
  const exchange = [...new Set(priced.map(({ line }) => line.unit_price.currency))]
    .filter((own) => own !== currency)
    .map((own) => exchangeRule(slice, own, currency));
  return {
    id: "",
    expires_at: "",
    day,
    currency,
    ship_to: { country },
    lines: priced.map(({ line, unit, goods }) => {
      const part = parcels.find(({ shop }) => shop.slug === line.shop.slug)?.lines.get(line.sku);
      const share = (minor: bigint | null | undefined) => (minor == null ? null : money(Number(minor)));
      return {
        sku: line.sku,
        title: line.title,
        shop: line.shop.slug,
        parcel: line.shop.slug,
        quantity: line.quantity,
        unit_price: money(Number(unit)),
        goods: money(Number(goods)),
        freight: share(part?.freight),
        duty: share(part?.duty),
        tax: share(part?.tax),
        problem: null,
        hs: line.hs,
        origin: line.origin,
        unknown: part?.unknown ?? null,
      };
    }),
    shops,
    goods: known("goods"),
    freight: known("freight"),
    duty,
    duty_range: isOpen ? { low: end("low"), high: end("high") } : null,
    tax: perhaps("tax"),
    fees: perhaps("fees"),
    total,
    at_door,
    per_piece: pieces > 0 ? money(Number(halfUp({ n: BigInt(landed), d: BigInt(pieces) }))) : null,
    confidence: at_door ? "estimate" : "unknown",
    rules: [...exchange, ...parcels.flatMap((parcel) => parcel.rules)],
    changed_for_business: [],
  };
}

function exchangeRule(slice: Slice, from: string, to: string): QuoteRule {
  const rate = bankRate(slice, from, to);
  const pair = `${from}/${to}`;
  const { source, as_of } = slice.exchange;
  const said: Said = {
    part: "goods",
    kind: "exchange",
    parcel: null,
    name: pair,
    rate: rate ? `${pair} ${tenDigits(rate)}` : "",
    amount: null,
  };
  return ruleOf({ source, as_of }, said);
}
