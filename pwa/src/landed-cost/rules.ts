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
}

export const holds = (row: Row, day: string): boolean =>
  (!row.effective_from || row.effective_from <= day) && (!row.effective_to || day <= row.effective_to);

export const words = (text: string | undefined): string[] => (text ? text.split(/\s+/) : []);

/** Of the rows that hold, the one that `rank` puts first; of equals the one that began last. */
export function best(rows: readonly Row[], day: string, rank: (row: Row) => number): Row | null {
  let found: Row | null = null;
  for (const row of rows) {
    if (!holds(row, day) || rank(row) < 0) continue;
    const ahead = found === null ? 1 : rank(row) - rank(found);
    if (ahead > 0 || (ahead === 0 && (row.effective_from ?? "") >= (found?.effective_from ?? ""))) found = row;
  }
  return found;
}

/** How many digits of a code a prefix names; below zero where it names another. */
export const matching = (prefix: string | undefined, code: string | null): number =>
  !prefix ? 0 : code?.startsWith(prefix) ? prefix.length : -1;

/** The tariff's rows for a code: its own; else the finer ones below it; else those of the longest code above it. */
export function duties(slice: Slice, hs: string, day: string): Row[] {
  const holding = slice.duty_rates.filter((row) => holds(row, day));
  const of = (code: string) => holding.filter((row) => row.hs === code);
  const own = of(hs);
  if (own.length) return own;
  const below = holding.filter((row) => row.hs?.startsWith(hs));
  if (below.length) return below;
  for (let length = hs.length - 1; length >= 2; length -= 1) {
    const above = of(hs.slice(0, length));
    if (above.length) return above;
  }
  return [];
}
