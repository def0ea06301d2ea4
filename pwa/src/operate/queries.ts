import { api, call } from "../platform/http";

export type Fields = Record<string, string>;

/** One dated row of customs, tax or freight. */
export interface Rule {
  kind: string;
  fields: Fields;
  /** The import it came with; null: it ships with Sampan. */
  import: string | null;
  state: "holds" | "to_come" | "ended";
  is_overdue: boolean;
  age_days: number;
}

export interface Territory {
  territory: string;
  name: string;
  countries: string[];
  rows: number;
  duty_rates: number;
  overdue: number;
  estimates: number;
  imported: number;
  read_on: string;
  review_by: string;
}

export interface Summary {
  day: string;
  kinds: string[];
  territories: Territory[];
  changes_next: Rule[];
  review_next: Rule[];
}

export interface RuleFilter {
  kind?: string;
  territory?: string;
  state?: string;
  q?: string;
}

export interface RulePage {
  items: Rule[];
  total: number;
  next_cursor: number | null;
}

/** What a file said, and what came or would come of it. */
export interface ImportReport {
  id: string | null;
  format: string;
  file_name: string;
  rows: number;
  added: number;
  changed: number;
  confirmed: number;
  unchanged: number;
  skipped: { why: string; count: number }[];
  changes: { kind: string; line: number; before: Fields | null; after: Fields }[];
  touched: { countries: string[]; open_quotes: number };
}

export interface Mistake {
  file: string;
  line: number;
  column: string;
  detail: string;
}

/** One import as the history tells it. */
export interface Imported {
  id: string;
  at: string;
  is_by_command_line: boolean;
  format: string;
  file_name: string;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  withdrawn_at: string | null;
}

export interface ImportPage {
  items: Imported[];
  next_cursor: number | null;
}

/** How many messages came to each end. */
export interface Ends {
  planned: number;
  sent: number;
  mailed: number;
  gone: number;
  superseded: number;
  expired: number;
  refused: number;
  muted: number;
  waiting: number;
}

export interface Pushes {
  since: string;
  total: Ends;
  median_seconds: number | null;
  p95_seconds: number | null;
  days: (Ends & { day: string })[];
  steps: (Ends & { step: string })[];
  services: (Ends & { service: string; retries: number; keys_refused: number; paused_until: string | null })[];
  phones: { service: string; locale: string; phones: number }[];
}

const RULES = "/api/v1/operator/rules";
/** A whole national tariff takes a while to read. */
const IMPORT_MS = 120_000;

export const fetchSummary = (): Promise<Summary> => api("GET", `${RULES}/summary`);

export const fetchRules = (filter: RuleFilter, cursor?: number | null): Promise<RulePage> =>
  api("GET", RULES, undefined, { query: { ...filter, cursor } });

export const fetchImports = (cursor?: number | null): Promise<ImportPage> =>
  api("GET", `${RULES}/imports`, undefined, { query: { cursor } });

export const fetchPushes = (days: number): Promise<Pushes> =>
  api("GET", "/api/v1/operator/pushes", undefined, { query: { days } });

/** Sends a file: to look what would change, or to take it in. */
export async function sendFile(file: File, dry_run: boolean): Promise<ImportReport> {
  const query = { file_name: file.name, dry_run: String(dry_run) };
  const response = await call("POST", `${RULES}/imports`, file, { query, timeout_ms: IMPORT_MS });
  return response.json();
}

export const withdraw = (id: string): Promise<unknown> => api("POST", `${RULES}/imports/${id}/withdraw`, {});
