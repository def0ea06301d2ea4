import { decimal as text } from "../platform/money";
import { convert, decimal, type Fraction, halfUp, ONE, over, scale, split } from "./exact";
import { dutyOf } from "./rate";
import { best, duties, matching, onDay, type Row, type Slice, words } from "./rules";

/** What crosses the border together; amounts are minor units of `currency`. */
export interface Consignment {
  /** YYYY-MM-DD: the day that decides which rules hold. */
  day: string;
  from: string;
  to: string;
  /** Null for a person. */
  business: { is_registered: boolean } | null;
  currency: string;
  goods: readonly Good[];
  freight: bigint;
}

export interface Good {
  /** 6 to 10 digits; null where nobody has classified it. */
  hs: string | null;
  origin: string | null;
  /** Of the whole line. */
  value: bigint;
  items: number;
  /** Of the whole line. */
  grams: number;
}

export type Kind =
  | "duty"
  | "preference_possible"
  | "layer"
  | "flat_duty"
  | "duty_relief"
  | "no_border"
  | "exchange"
  | "tax"
  | "tax_relief"
  | "tax_at_sale"
  | "reverse_charge"
  | "fee";

/** A rule that had a say, with what it came to. */
export interface Applied {
  kind: Kind;
  name: string;
  rate: string;
  amount: bigint | null;
  row: Row;
}

/** What no rule says; `at` is the position of the line it is about. */
export type Unknown = { what: "territory" | "tax" | "exchange" } | { what: "hs" | "duty"; at: number };

/** What the border adds, in the currency of the goods; null: not known. The lines add up to the totals. */
export interface Landed {
  lines: { duty: bigint | null; tax: bigint | null }[];
  duty: bigint | null;
  /** The least and the most, where six digits leave several rates open; the most is charged. */
  duty_range: { low: bigint; high: bigint } | null;
  tax: bigint | null;
  fees: bigint;
  applied: Applied[];
  unknown: Unknown[];
  is_tax_at_sale: boolean;
}

/** A line in the territory's currency. */
interface Line {
  value: bigint;
  freight: bigint;
  duty: bigint | null;
  tax: bigint | null;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const percent = (amount: bigint, text: string | undefined): bigint => {
  const rate = decimal(text);
  return halfUp({ n: amount * rate.n, d: rate.d * 100n });
};
const largest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/**
 * Works out what the border adds: the twin of `engine::landed_cost`, by whole numbers, held to the same vectors.
 * A preference is never taken for granted: the phone cannot know whether the origin can be proven.
 */
export function reckon(all: Slice, sent: Consignment): Landed {
  const slice = onDay(all, sent.day);
  const territory = best(slice.territories, (row) => (words(row.countries).includes(sent.to) ? 0 : -1));
  if (!territory) return nothingKnown(sent, "territory");
  const border = new Border(slice, sent, territory);
  return border.into && border.back ? border.reckon(border.into, border.back) : nothingKnown(sent, "exchange");
}

function nothingKnown(sent: Consignment, what: "territory" | "exchange"): Landed {
  return {
    lines: sent.goods.map(() => ({ duty: null, tax: null })),
    duty: null,
    duty_range: null,
    tax: null,
    fees: 0n,
    applied: [],
    unknown: [{ what }],
    is_tax_at_sale: false,
  };
}

class Border {
  readonly #slice: Slice;
  readonly #sent: Consignment;
  readonly #territory: Row;
  readonly #local: string;
  readonly into: Fraction | null;
  readonly back: Fraction | null;
  #lines: Line[] = [];
  readonly #applied: Applied[] = [];
  readonly #unknown: Unknown[] = [];

  constructor(slice: Slice, sent: Consignment, territory: Row) {
    this.#slice = slice;
    this.#sent = sent;
    this.#territory = territory;
    this.#local = territory.currency ?? "";
    this.into = this.#exchange(sent.currency, this.#local);
    this.back = this.#exchange(this.#local, sent.currency);
  }

  reckon(into: Fraction, back: Fraction): Landed {
    const [sent, local] = [this.#sent, this.#local];
    const told = (amount: bigint) => convert(amount, back, local, sent.currency);
    const values = sent.goods.map((good) => convert(good.value, into, sent.currency, local));
    const freight = convert(sent.freight, into, sent.currency, local);
    const weights = values.some((value) => value > 0n) ? values : sent.goods.map((good) => BigInt(good.grams));
    const shares = split(freight, weights);
    this.#lines = values.map((value, at) => ({ value, freight: shares[at] ?? 0n, duty: null, tax: null }));
    this.#sayExchange(into);
    const low = this.#levyDuty();
    const fees = this.#isInside() ? 0n : this.#fees();
    const is_tax_at_sale = this.#levyTax(fees);
    const lines = this.#lines.map(({ duty, tax }) => ({
      duty: duty === null ? null : told(duty),
      tax: tax === null ? null : told(tax),
    }));
    const total = (part: "duty" | "tax") =>
      lines.some((line) => line[part] === null) ? null : sum(lines.map((line) => line[part] ?? 0n));
    const duty = total("duty");
    return {
      lines,
      duty,
      duty_range: low === null || duty === null ? null : { low: told(low), high: duty },
      tax: total("tax"),
      fees: told(fees),
      applied: this.#applied.map((rule) => ({ ...rule, amount: rule.amount === null ? null : told(rule.amount) })),
      unknown: this.#unknown,
      is_tax_at_sale,
    };
  }

  // --- duty ---------------------------------------------------------------------------------------------------------

  /** Sets every line's duty; answers the least that it may be, where rates are open. */
  #levyDuty(): bigint | null {
    const free = () => {
      for (const line of this.#lines) line.duty = 0n;
      return null;
    };
    if (this.#isInside()) {
      this.#say("no_border", this.#territory.name, "", this.#territory);
      return free();
    }
    const relief = this.#relief("duty");
    if (relief) {
      this.#say("duty_relief", relief.territory, amountIn(relief), relief);
      return free();
    }
    const flat = this.#flatDuty();
    if (flat) {
      this.#levyFlat(flat);
      return null;
    }
    let low = 0n;
    let isOpen = false;
    this.#lines.forEach((line, at) => {
      const byItem = this.#thresholds("duty").find((row) => row.tests === "item" && this.#isItemWithin(at, row));
      if (byItem) {
        line.duty = 0n;
        this.#say("duty_relief", byItem.territory, amountIn(byItem), byItem);
        return;
      }
      const levied = this.#tariff(line, at);
      if (!levied) return;
      low += levied.low;
      isOpen ||= levied.low !== levied.high;
      line.duty = levied.high;
    });
    return isOpen ? low : null;
  }

  #tariff(line: Line, at: number): { low: bigint; high: bigint } | null {
    const good = this.#sent.goods[at];
    const hs = good?.hs ?? null;
    if (!good || !hs) return this.#missing({ what: "hs", at });
    const value = this.#territory.duty_basis === "cif" ? line.value + line.freight : line.value;
    const goods = { value, grams: good.grams, items: good.items, currency: this.#local };
    const amount = (text: string | undefined) => {
      const duty = dutyOf(text ?? "", goods, (from) => this.#exchange(from, this.#local));
      return duty && this.#rounded(halfUp(duty));
    };
    let low: bigint | null = null;
    let high: { duty: bigint; row: Row } | null = null;
    for (const row of duties(this.#slice, hs)) {
      const duty = amount(row.rate);
      if (duty === null) return this.#missing({ what: "exchange" });
      if (low === null || duty < low) low = duty;
      if (!high || duty > high.duty) high = { duty, row };
    }
    if (low === null || !high) return this.#missing({ what: "duty", at });
    this.#say("duty", high.row.hs, high.row.rate ?? "", high.row, high.duty);
    const promised = best(this.#slice.preferences, (row) =>
      row.origin === good.origin ? matching(row.hs_prefix, hs) : -1,
    );
    const less = promised && amount(promised.rate);
    if (promised && less !== null && less < high.duty)
      this.#say("preference_possible", promised.agreement, promised.rate ?? "", promised, less);
    let duty = high.duty;
    for (const layer of this.#layers(good.origin, hs)) {
      const share = percent(value, layer.percent);
      const extra = (duty: bigint) => this.#rounded(layer.stacks === "tops_up" ? largest(share - duty, 0n) : share);
      const most = extra(duty);
      low += extra(low);
      duty += most;
      this.#say("layer", layer.name, `${layer.percent}%`, layer, most);
    }
    return { low, high: duty };
  }

  /** The layers on goods of an origin: one that replaces stands alone, the highest of them. */
  #layers(origin: string | null, hs: string): Row[] {
    const all = this.#slice.layers.filter((row) => {
      const named = words(row.origin);
      const isNamed = origin
        ? (named.length === 0 || named.includes(origin)) && !words(row.not_origin).includes(origin)
        : named.length === 0;
      return isNamed && matching(row.hs_prefix, hs) >= 0;
    });
    const replacing = all.filter((row) => row.stacks === "replaces");
    const first = replacing.sort((a, b) => Number(b.percent) - Number(a.percent))[0];
    return first ? [first] : all;
  }

  /** The flat duty with the smallest limit that the goods stay within. */
  #flatDuty(): Row | null {
    const goods = this.#goodsTotal();
    let found: { upTo: bigint; row: Row } | null = null;
    for (const row of this.#slice.flat_duties) {
      if (!this.#isForBuyer(row) || !this.#allFrom(row)) continue;
      const upTo = this.#localOf(row.goods_up_to, row.currency);
      if (upTo !== null && goods <= upTo && (!found || upTo < found.upTo)) found = { upTo, row };
    }
    return found?.row ?? null;
  }

  #levyFlat(row: Row): void {
    const amount = this.#localOf(row.amount, row.currency) ?? 0n;
    let total = 0n;
    if (row.per === "item_category") {
      for (const members of this.#categories()) {
        this.#share("duty", amount, members);
        total += amount;
      }
    } else if (row.per === "item") {
      this.#lines.forEach((line, at) => {
        line.duty = amount * BigInt(this.#sent.goods[at]?.items ?? 0);
        total += line.duty;
      });
    } else {
      const value = this.#goodsTotal() + (this.#territory.duty_basis === "cif" ? this.#freightTotal() : 0n);
      const minus = this.#localOf(row.minus, row.currency) ?? 0n;
      total = this.#rounded(largest(percent(value, row.percent) + amount - minus, 0n));
      this.#share("duty", total, [...this.#lines.keys()]);
    }
    this.#say("flat_duty", this.#territory.territory, row.percent ? `${row.percent}%` : amountIn(row), row, total);
  }

  // --- tax ----------------------------------------------------------------------------------------------------------

  /** Sets every line's tax; answers whether the seller collects it at the sale. */
  #levyTax(fees: bigint): boolean {
    const sent = this.#sent;
    const inside = this.#isInside();
    if (inside && sent.from !== sent.to && sent.business?.is_registered) return this.#reverseCharge();
    const relief = inside ? null : this.#relief("tax");
    if (relief && relief.collected !== "at_sale") {
      for (const line of this.#lines) line.tax = 0n;
      this.#say("tax_relief", relief.territory, amountIn(relief), relief);
      return false;
    }
    const base = (this.#territory.tax_basis ?? "").split("+");
    const feeShares = split(
      fees,
      this.#lines.map((line) => line.value),
    );
    // Lines under one rate are taxed together, so that the sum is rounded once.
    const groups = new Map<Row, { at: number; taxed: bigint }[]>();
    let isKnown = true;
    for (const [at, line] of this.#lines.entries()) {
      const tax = this.#taxOf(sent.goods[at]?.hs ?? null);
      if (!tax) {
        this.#missing({ what: "tax" });
        return false;
      }
      let taxed = line.value;
      if (base.includes("freight")) taxed += line.freight;
      if (base.includes("duty")) {
        if (line.duty !== null) taxed += line.duty;
        else if (decimal(tax.rate).n > 0n) isKnown = false;
      }
      if (base.includes("fees")) taxed += feeShares[at] ?? 0n;
      groups.set(tax, [...(groups.get(tax) ?? []), { at, taxed }]);
    }
    if (!isKnown) return false;
    let total = 0n;
    const taxes: Applied[] = [];
    for (const [tax, members] of groups) {
      const amount = this.#rounded(percent(sum(members.map(({ taxed }) => taxed)), tax.rate));
      total += amount;
      const at = members.map((member) => member.at);
      const taxed = members.map((member) => member.taxed);
      this.#share("tax", amount, at, taxed);
      taxes.push({ kind: "tax", name: tax.name ?? "", rate: `${tax.rate}%`, amount, row: tax });
    }
    if (inside) {
      this.#applied.push(...taxes);
      return true;
    }
    const notLevied = this.#thresholds("tax").find((row) => row.tests === "tax_due" && this.#isWithin(total, row));
    if (notLevied) {
      for (const line of this.#lines) line.tax = 0n;
      this.#say("tax_relief", notLevied.territory, amountIn(notLevied), notLevied);
      return false;
    }
    this.#applied.push(...taxes);
    const atSale = relief ?? this.#itemsAtSale();
    if (atSale) this.#say("tax_at_sale", atSale.territory, amountIn(atSale), atSale);
    return atSale !== null;
  }

  #reverseCharge(): boolean {
    const tax = this.#taxOf(null);
    if (!tax) {
      this.#missing({ what: "tax" });
      return false;
    }
    for (const line of this.#lines) line.tax = 0n;
    this.#say("reverse_charge", tax.name, `${tax.rate}%`, tax);
    return true;
  }

  /** Splits an amount over lines, by value unless other weights are given. */
  #share(
    part: "duty" | "tax",
    amount: bigint,
    members: readonly number[],
    weights = members.map((at) => this.#lines[at]?.value ?? 0n),
  ): void {
    const shares = split(amount, weights);
    members.forEach((at, n) => {
      const line = this.#lines[at];
      if (line) line[part] = shares[n] ?? 0n;
    });
  }

  #taxOf(hs: string | null): Row | null {
    return best(this.#slice.taxes, (row) => (row.country === this.#sent.to ? matching(row.hs_prefix, hs) : -1));
  }

  /** The threshold below which each item's tax is collected at the sale, if all items are. */
  #itemsAtSale(): Row | null {
    const isFor = (row: Row) => row.tests === "item" && row.collected === "at_sale";
    const rows = this.#thresholds("tax").filter(isFor);
    return rows.find((row) => this.#lines.every((_, at) => this.#isItemWithin(at, row))) ?? null;
  }

  // --- fees ---------------------------------------------------------------------------------------------------------

  #fees(): bigint {
    const isRelieved = this.#relief("duty") !== null;
    const isDutyDue = this.#lines.some((line) => line.duty === null || line.duty > 0n);
    const tax = this.#taxOf(null);
    const isTaxDue = tax !== null && decimal(tax.rate).n > 0n;
    const goods = this.#goodsTotal();
    let total = 0n;
    for (const row of this.#slice.fees) {
      if (row.country && row.country !== this.#sent.to) continue;
      if (row.applies === "duty_or_tax_due" && !(isDutyDue || isTaxDue)) continue;
      if (row.applies === "above_threshold" && isRelieved) continue;
      const above = row.goods_above ? this.#localOf(row.goods_above, row.goods_currency) : null;
      const upTo = row.goods_up_to ? this.#localOf(row.goods_up_to, row.goods_currency) : null;
      if ((above !== null && goods <= above) || (upTo !== null && goods > upTo)) continue;
      const fixed = this.#localOf(row.amount, row.currency);
      if (fixed === null) continue;
      let amount = fixed * BigInt(this.#timesOf(row.per)) + percent(goods, row.percent);
      const least = row.minimum ? this.#localOf(row.minimum, row.currency) : null;
      const most = row.maximum ? this.#localOf(row.maximum, row.currency) : null;
      if (least !== null && amount < least) amount = least;
      if (most !== null && amount > most) amount = most;
      total += amount;
      this.#say("fee", row.name, row.percent ? `${row.percent}%` : amountIn(row), row, amount);
    }
    return total;
  }

  #timesOf(per: string | undefined): number {
    if (per === "item_category") return this.#categories().length;
    return per === "item" ? this.#sent.goods.reduce((items, good) => items + good.items, 0) : 1;
  }

  // --- thresholds and the small things ------------------------------------------------------------------------------

  /** The threshold below which the whole consignment is free of duty, or its tax not levied at the border. */
  #relief(of: "duty" | "tax"): Row | null {
    const goods = this.#goodsTotal();
    const measured: Record<string, bigint> = { goods, consignment: goods + this.#freightTotal() };
    const fits = this.#thresholds(of).filter((row) => {
      const value = measured[row.tests ?? ""];
      return value !== undefined && this.#isWithin(value, row);
    });
    return fits.find((row) => row.collected === "at_sale") ?? fits[0] ?? null;
  }

  #thresholds(of: "duty" | "tax"): Row[] {
    return this.#slice.thresholds.filter(
      (row) =>
        row.relieves === of &&
        (!row.country || row.country === this.#sent.to) &&
        this.#isForBuyer(row) &&
        this.#allFrom(row),
    );
  }

  #isItemWithin(at: number, row: Row): boolean {
    const items = BigInt(Math.max(1, this.#sent.goods[at]?.items ?? 1));
    return this.#isWithin(this.#lines[at]?.value ?? 0n, row, items);
  }

  #isWithin(measured: bigint, row: Row, times = 1n): boolean {
    // Each item's limit, so many times, is converted once, as the engine does.
    const limit = this.#localMinor(minorOf(row.amount, row.currency) * times, row.currency);
    return limit !== null && (row.limit === "below" ? measured < limit : measured <= limit);
  }

  #isForBuyer(row: Row): boolean {
    return row.buyer !== "person" || this.#sent.business === null;
  }

  #allFrom(row: Row): boolean {
    const origins = words(row.origin);
    return origins.length === 0 || this.#sent.goods.every((good) => good.origin && origins.includes(good.origin));
  }

  /** Positions of the lines by six-digit code; a line without one is a category of its own. */
  #categories(): number[][] {
    const known = new Map<string, number[]>();
    this.#sent.goods.forEach((good, at) => {
      const code = good.hs?.slice(0, 6) ?? `line ${at}`;
      known.set(code, [...(known.get(code) ?? []), at]);
    });
    return [...known.values()];
  }

  #isInside(): boolean {
    return this.#sent.from === this.#sent.to || words(this.#territory.countries).includes(this.#sent.from);
  }

  #goodsTotal(): bigint {
    return sum(this.#lines.map((line) => line.value));
  }

  #freightTotal(): bigint {
    return sum(this.#lines.map((line) => line.freight));
  }

  /** What one unit of a currency is in another: the office's own rate before a bank's. */
  #exchange(from: string, to: string): Fraction | null {
    if (from === to) return ONE;
    const into = to === this.#local;
    const row = into || from === this.#local ? this.#official(into ? from : to) : null;
    if (!row) return bankRate(this.#slice, from, to);
    const rate = decimal(row.per_unit);
    return into ? over(ONE, rate) : rate;
  }

  #official(currency: string): Row | null {
    return best(this.#slice.customs_rates, (row) => (row.currency === currency ? 0 : -1));
  }

  #sayExchange(into: Fraction): void {
    const { currency } = this.#sent;
    const row = this.#official(currency);
    if (row && currency !== this.#local)
      this.#say("exchange", `${currency}/${this.#local}`, `${currency}/${this.#local} ${tenDigits(into)}`, row);
  }

  #localOf(text: string | undefined, currency: string | undefined): bigint | null {
    return text ? this.#localMinor(minorOf(text, currency), currency) : 0n;
  }

  #localMinor(minor: bigint, currency = ""): bigint | null {
    const rate = this.#exchange(currency, this.#local);
    return rate && convert(minor, rate, currency, this.#local);
  }

  #rounded(amount: bigint): bigint {
    if (this.#territory.rounding !== "unit") return amount;
    const unit = scale(this.#local);
    return ((amount + unit / 2n) / unit) * unit;
  }

  #missing(unknown: Unknown): null {
    if (!this.#unknown.some((known) => JSON.stringify(known) === JSON.stringify(unknown))) this.#unknown.push(unknown);
    return null;
  }

  #say(kind: Kind, name: string | undefined, rate: string, row: Row, amount: bigint | null = null): void {
    const known = this.#applied.find(
      (rule) =>
        rule.kind === kind && rule.name === (name ?? "") && rule.rate === rate && rule.row.source === row.source,
    );
    if (!known) this.#applied.push({ kind, name: name ?? "", rate, amount, row });
    else if (known.amount !== null && amount !== null) known.amount += amount;
  }
}

/** What a bank gives, triangulated over the euro. */
export function bankRate(slice: Slice, from: string, to: string): Fraction | null {
  if (from === to) return ONE;
  const perEuro = (currency: string) => {
    const text = currency === "EUR" ? "1" : slice.exchange.per_euro[currency];
    return text ? decimal(text) : null;
  };
  const [one, other] = [perEuro(from), perEuro(to)];
  return one && other && over(other, one);
}

export function tenDigits(rate: Fraction): string {
  const text = String(halfUp({ n: rate.n * 10_000_000_000n, d: rate.d })).padStart(11, "0");
  return `${text.slice(0, -10)}.${text.slice(-10)}`;
}

/** An amount of a row in minor units. */
export const minorOf = (text: string | undefined, currency = ""): bigint => {
  const amount = decimal(text);
  return halfUp({ n: amount.n * scale(currency), d: amount.d });
};

/** An amount of a row for people: "3.00 EUR". */
const amountIn = ({ amount, currency = "" }: Row): string =>
  `${text({ minor: Number(minorOf(amount, currency)), currency })} ${currency}`;
