import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Buyer } from "../accounts/buyer";
import type { Terms } from "../catalog/quote";
import { convert, decimal, halfUp, over, split } from "./exact";
import { estimate, type KnownLine } from "./quote";
import { dutyOf } from "./rate";
import { bankRate, type Consignment, type Good, type Landed, reckon, tenDigits } from "./reckon";
import type { Row, Slice } from "./rules";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

// --- the same answers as the server's ----------------------------------------------------------------------------

interface ServerCase {
  to: string;
  currency: string;
  day: string;
  wish: { buyer?: Buyer; terms?: Terms; service?: string };
  lines: {
    sku: string;
    quantity: number;
    unit_price: { minor: number; currency: string };
    hs: string | null;
    origin: string;
    shop: string;
    problem: string | null;
    piece: Pick<KnownLine, "weight_grams" | "dimensions_mm" | "dangerous_goods">;
    says: Record<string, number | null>;
  }[];
  shops: Record<string, unknown>[];
  total: number;
  per_piece: number;
  kinds: string[];
}

const server = JSON.parse(read("../../../tests/vectors/landed-quotes.json")) as {
  slices: Record<string, Slice>;
  cases: ServerCase[];
};

describe("the phone works out what the server says", () => {
  it.each(server.cases.map((one, at) => [`${at}: to ${one.to} in ${one.currency}`, one] as const))("%s", (_, one) => {
    const slice = server.slices[one.to] as Slice;
    const lines = one.lines.map(
      (line): KnownLine => ({
        sku: line.sku,
        title: line.sku,
        quantity: line.quantity,
        unit_price: line.unit_price,
        hs: line.hs,
        origin: line.origin,
        ...line.piece,
        lead_time_days: 3,
        shop: { slug: line.shop, name: line.shop, country: "TR" },
      }),
    );
    const { to: country, currency, day, wish } = one;
    const told = estimate(slice, lines, { country, currency, day, ...wish });
    // Goods that nobody carries are for the server to single out.
    if (one.lines.some((line) => line.problem)) return expect(told).toBeNull();
    expect(told?.lines.map(({ freight, duty, tax }) => minors({ freight, duty, tax }))).toEqual(
      one.lines.map((line) => line.says),
    );
    const shops = told?.shops.map((shop) => ({
      ...minors({
        goods: shop.goods,
        freight: shop.freight,
        duty: shop.duty,
        tax: shop.tax,
        fees: shop.fees,
        total: shop.total,
        at_door: shop.at_door,
        low: shop.duty_range?.low ?? null,
      }),
      slug: shop.slug,
      terms: shop.terms,
      terms_why: shop.terms_why,
      tax_at_sale: shop.tax_at_sale,
      service: shop.service,
      carrier: shop.carrier,
      chargeable_grams: shop.chargeable_grams,
    }));
    const bySlug = (a: { slug?: unknown }, b: { slug?: unknown }) => String(a.slug).localeCompare(String(b.slug));
    expect(shops?.sort(bySlug)).toEqual([...one.shops].sort(bySlug));
    expect([told?.total.minor, told?.per_piece?.minor]).toEqual([one.total, one.per_piece]);
    // What carriers ask for paying in advance is part of the fees here, without a rule of its own.
    const due = one.kinds.filter((kind) => kind !== "advance_fee" && kind !== "exchange");
    expect(
      told?.rules
        .map((rule) => rule.kind)
        .filter((kind) => kind !== "exchange")
        .sort(),
    ).toEqual(due.sort());
  });
});

it("goods that are yet to come add the days until then, and say which day", () => {
  const one = server.cases.find(
    (one) => one.lines.length > 1 && one.lines.every((line) => !line.problem),
  ) as ServerCase;
  const told = (ships_on: string | null) => {
    const lines = one.lines.map(
      (line): KnownLine => ({
        ...line,
        ...line.piece,
        title: line.sku,
        lead_time_days: 3,
        ships_on,
        shop: { slug: "shop", name: "Shop", country: "TR" },
      }),
    );
    const { to: country, currency, day } = one;
    return estimate(server.slices[one.to] as Slice, lines, { country, currency, day })?.shops[0];
  };
  const day = (days: number) => new Date(Date.parse(one.day) + days * 86_400_000).toISOString().slice(0, 10);
  const [there, coming] = [told(null), told(day(20))];
  expect([there?.ships_on, coming?.ships_on, told(day(-1))?.ships_on]).toEqual([undefined, day(20), undefined]);
  expect(coming?.days?.from).toBe((there?.days?.from ?? 0) + 20);
  expect(coming?.days?.to).toBe((there?.days?.to ?? 0) + 20);
});

function minors(amounts: Record<string, { minor: number } | null>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount?.minor ?? null]));
}

// --- the vectors of the engine -------------------------------------------------------------------------------------

const always = { as_of: "2026-11-01", review_by: "2027-06-30", source: "a test", confidence: "firm" };
const empty: Slice = {
  version: "1",
  day: "2026-11-26",
  to: "",
  territories: [],
  taxes: [],
  thresholds: [],
  flat_duties: [],
  fees: [],
  duty_rates: [],
  layers: [],
  preferences: [],
  customs_rates: [],
  exchange: { as_of: "", source: "", per_euro: {} },
  zones: {},
  cards: [],
  dangerous_goods: [],
};

function rules(
  to: string,
  currency: string,
  basis: string,
  taxBasis: string,
  tax: string,
  rows: Partial<Slice>,
): Slice {
  const territory = { territory: to, name: to, countries: to, currency, rounding: "minor", ...always };
  return {
    ...empty,
    territories: [{ ...territory, duty_basis: basis, tax_basis: taxBasis }],
    taxes: [{ country: to, name: "tax", rate: tax, ...always }],
    ...rows,
  };
}

const rateOf = (territory: string, hs: string, rate: string): Row => ({ territory, hs, rate, ...always });

function sent(to: string, currency: string, goods: [string | null, string, number?][], freight: string): Consignment {
  const minor = (text: string) => halfUp({ n: decimal(text).n * 100n, d: decimal(text).d });
  return {
    day: "2026-11-26",
    from: "XX",
    to,
    business: null,
    currency,
    freight: minor(freight),
    goods: goods.map(([hs, value, items = 1]): Good => ({ hs, origin: "PT", value: minor(value), items, grams: 350 })),
  };
}

const vectors = JSON.parse(read("../../../tests/vectors/landed-cost.json")).vectors as {
  id: string;
  in: Record<string, string>;
  out: Record<string, string>;
}[];
const vector = (id: string) => vectors.find((one) => one.id === id) as (typeof vectors)[number];
const cents = (text: string | undefined) => BigInt((text ?? "").replace(/\D/g, ""));

describe("the vectors", () => {
  it("New Zealand: 15 % of goods and freight", () => {
    const slice = rules("NZ", "NZD", "fob", "goods+freight+duty", "15", { duty_rates: [rateOf("NZ", "91", "free")] });
    const cost = reckon(slice, sent("NZ", "NZD", [["910211", "1000"]], "100"));
    expect(cost.tax).toBe(cents(vector("NZ-1").out.gst));
  });

  it("Canada: tax on goods and duty, not on freight", () => {
    const { out } = vector("CA-1");
    const slice = rules("CA", "CAD", "fob", "goods+duty", "5", { duty_rates: [rateOf("CA", "61", "4%")] });
    const cost = reckon(slice, sent("CA", "CAD", [["610910", out.vfd ?? ""]], "20"));
    expect([cost.duty, cost.tax]).toEqual([cents(out.duty), cents(out.gst)]);
  });

  it("Canada, the trap: that page cuts duty off and rounds tax, so half up gives a cent more duty", () => {
    const { out } = vector("CA-2-trap");
    const slice = rules("CA", "CAD", "fob", "goods+duty", "6", { duty_rates: [rateOf("CA", "61", "4.2%")] });
    const cost = reckon(slice, sent("CA", "CAD", [["610910", out.vfd ?? ""]], "0"));
    expect(cost.duty).toBe(cents(out.duty) + 1n);
  });

  it("Britain: value, duty and tax of the trade tariff's own examples", () => {
    const duty = (rate: string, value: bigint, grams = 0) =>
      dutyOf(rate, { value, grams, items: 1, currency: "GBP" }, () => decimal("0.8571"));
    const [one, two, five] = ["GB-1", "GB-2", "GB-5-specific-eur"].map(vector);
    expect(halfUp(duty("8%", 120_000n) ?? decimal("0"))).toBe(cents(one?.out.duty));
    expect(halfUp(duty("8%", cents(two?.out.cif)) ?? decimal("0"))).toBe(cents(two?.out.duty));
    expect(halfUp(duty("35.10 EUR/100kg", 0n, 10_000_000) ?? decimal("0"))).toBe(cents(five?.out.duty_shown));
    const { out } = vector("GB-3");
    expect((cents(out.vat_base) * 8n) / 100n).toBe(cents(out.vat));
  });

  it("the Union: three euro a kind of goods, however many pieces", () => {
    const flat = { territory: "DE", amount: "3", currency: "EUR", per: "item_category", goods_up_to: "150" };
    const slice = rules("DE", "EUR", "cif", "goods+freight+duty", "19", {
      flat_duties: [{ ...flat, buyer: "person", ...always }],
    });
    const shirts = reckon(slice, sent("DE", "EUR", [["610910", "50", 5]], "0"));
    expect(shirts.duty).toBe(cents(vector("EU-3B").out.duty));
    const both = sent(
      "DE",
      "EUR",
      [
        ["610910", "10"],
        ["910211", "40"],
      ],
      "0",
    );
    expect(reckon(slice, both).duty).toBe(cents(vector("EU-3C").out.duty));
  });

  it("rates over the euro have ten digits, and amounts are rounded once", () => {
    const { in: given, out } = vector("FX-1");
    const per_euro = { USD: given.eur_usd ?? "", GBP: given.eur_gbp ?? "", JPY: given.eur_jpy ?? "" };
    const slice = { ...empty, exchange: { as_of: "", source: "", per_euro } };
    const [pounds, yen] = ["GBP", "JPY"].map((to) => bankRate(slice, "USD", to) ?? decimal("0"));
    expect([pounds, yen].map((rate) => tenDigits(rate ?? decimal("0")))).toEqual([out.usd_gbp, out.usd_jpy]);
    expect(convert(10_000n, pounds ?? decimal("0"), "USD", "GBP")).toBe(cents(out["100usd_in_gbp"]));
    const ledger = vector("FX-2-ledger");
    const rate = decimal(ledger.in.rate?.split(" ")[0]);
    expect(Number(convert(10_000n, rate, "USD", "INR"))).toBe(Number(ledger.out.credit_inr_minor ?? 824_214));
  });

  it("Australia and the low-value goods of New Zealand are converted line by line", () => {
    const au = vector("AU-1");
    const slice = rules("AU", "AUD", "fob", "goods+freight+duty", "10", {
      duty_rates: [rateOf("AU", "61", "5%")],
      customs_rates: [{ territory: "AU", currency: "USD", per_unit: "0.91", ...always }],
    });
    const cost = reckon(slice, sent("AU", "USD", [["610910", "1274"]], "118.30"));
    const local = (amount: bigint | null) => convert(amount ?? 0n, over(decimal("1"), decimal("0.91")), "USD", "AUD");
    expect([local(cost.duty), local(cost.tax)]).toEqual([cents(au.out.duty), cents(au.out.gst)]);
    const nz = vector("NZ-3-LVG");
    const into = over(decimal("1"), decimal("0.6507"));
    const [goods, freight] = [convert(65_000n, into, "USD", "NZD"), convert(3_000n, into, "USD", "NZD")];
    expect([goods, freight, goods + freight]).toEqual([nz.out.goods_nzd, nz.out.ship_nzd, nz.out.sum].map(cents));
    expect(halfUp({ n: (goods + freight) * 15n, d: 100n })).toBe(cents(nz.out.gst));
  });
});

// --- what holds for any consignment --------------------------------------------------------------------------------

/** A small seeded source of chance (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const codes = ["610910", "910211", "691110", "570210", null];

function anything(roll: (below: number) => number, to: string): Consignment {
  const goods = Array.from({ length: 1 + roll(5) }, (): Good => {
    const items = 1 + roll(60);
    return {
      hs: codes[roll(codes.length)] ?? null,
      origin: ["TR", "CN", "PT"][roll(3)] ?? null,
      value: BigInt(roll(40_000)),
      items,
      grams: items * (1 + roll(900)),
    };
  });
  const business = roll(3) === 0 ? { is_registered: roll(2) === 0 } : null;
  return { day: "2026-11-23", from: "TR", to, business, currency: "EUR", goods, freight: BigInt(roll(5_000)) };
}

describe("any consignment", () => {
  const all = (check: (cost: Landed, sent: Consignment, slice: Slice) => void) => {
    for (const [to, slice] of Object.entries(server.slices)) {
      const roll = chance(to.charCodeAt(0) * 256 + to.charCodeAt(1));
      for (let n = 0; n < 60; n += 1) {
        const sent = anything(roll, to);
        check(reckon(slice, sent), sent, slice);
      }
    }
  };

  it("adds up, and nothing is below zero", () => {
    all((cost) => {
      for (const part of ["duty", "tax"] as const) {
        const parts = cost.lines.map((line) => line[part]);
        if (parts.some((amount) => amount === null)) expect(cost[part]).toBeNull();
        else expect(parts.reduce((sum: bigint, amount) => sum + (amount ?? 0n), 0n)).toBe(cost[part]);
        for (const amount of parts) expect(amount === null || amount >= 0n).toBe(true);
      }
      expect(cost.fees >= 0n).toBe(true);
      if (cost.duty_range) expect(cost.duty_range.low <= cost.duty_range.high).toBe(true);
    });
  });

  it("more of the same never costs less by the tariff alone", () => {
    const slice = rules("CA", "CAD", "fob", "goods+duty", "5", { duty_rates: [rateOf("CA", "61", "4.2%")] });
    let before = -1n;
    for (let pieces = 1; pieces <= 200; pieces += 1) {
      const cost = reckon(slice, sent("CA", "CAD", [["610910", (pieces * 3.7).toFixed(2), pieces]], "10"));
      const now = (cost.duty ?? 0n) + (cost.tax ?? 0n);
      expect(now >= before).toBe(true);
      before = now;
    }
  });

  it("parts of a split add up, each within one of its share", () => {
    const roll = chance(7);
    for (let n = 0; n < 500; n += 1) {
      const weights = Array.from({ length: 1 + roll(8) }, () => BigInt(roll(1_000)));
      const whole = BigInt(roll(100_000));
      const parts = split(whole, weights);
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(whole);
      const total = weights.reduce((sum, weight) => sum + weight, 0n);
      if (total > 0n)
        parts.forEach((part, at) => {
          expect(part - (whole * (weights[at] ?? 0n)) / total <= 1n).toBe(true);
        });
    }
  });
});
