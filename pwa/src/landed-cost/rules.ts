/** A dated row of the rules by column, as `server/rules/FORMAT.md` tells it; empty columns are left out. */
export type Row = Record<string, string>;

/** The rules for one destination, as far as they concern what the market sells. */
export interface Slice {
  version: string;
  /** YYYY-MM-DD */
  day: string;
  to: string;
  territories: Row[];
  taxes: Row[];
  thresholds: Row[];
  flat_duties: Row[];
  fees: Row[];
  duty_rates: Row[];
  layers: Row[];
  preferences: Row[];
  customs_rates: Row[];
  exchange: { as_of: string; source: string; per_euro: Record<string, string> };
  zones: Record<string, string>;
  cards: Row[];
  dangerous_goods: Row[];
}

export const holds = (row: Row, day: string): boolean =>
  (!row.effective_from || row.effective_from <= day) && (!row.effective_to || day <= row.effective_to);

export const words = (text: string | undefined): string[] => (text ? text.split(/\s+/) : []);

/** The rules that hold on a day. */
export const onDay = (slice: Slice, day: string): Slice =>
  Object.fromEntries(
    Object.entries(slice).map(([name, part]) => [
      name,
      Array.isArray(part) ? part.filter((row) => holds(row, day)) : part,
    ]),
  ) as unknown as Slice;

/** The row that `rank` puts first, none below zero; of equals the one that began last. */
export function best(rows: readonly Row[], rank: (row: Row) => number): Row | null {
  let found: Row | null = null;
  for (const row of rows) {
    const own = rank(row);
    const ahead = found ? own - rank(found) : 1;
    if (own >= 0 && (ahead > 0 || (ahead === 0 && (row.effective_from ?? "") >= (found?.effective_from ?? ""))))
      found = row;
  }
  return found;
}

/** How many digits of a code a prefix names; below zero where it names another. */
export const matching = (prefix: string | undefined, code: string | null): number =>
  !prefix ? 0 : code?.startsWith(prefix) ? prefix.length : -1;

/** The tariff's rows for a code: its own; else the finer ones below it; else those of the longest code above it. */
export function duties({ duty_rates: rows }: Slice, hs: string): Row[] {
  const of = (code: string) => rows.filter((row) => row.hs === code);
  const own = of(hs);
  const found = own.length ? own : rows.filter((row) => row.hs?.startsWith(hs));
  for (let length = hs.length - 1; !found.length && length >= 2; length -= 1) found.push(...of(hs.slice(0, length)));
  return found;
}
