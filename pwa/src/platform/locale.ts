import { signal } from "@preact/signals";

/** What a message may be given. Amounts and dates come formatted; a number is for counting. */
export type Words = Record<string, string | number>;
/** Messages as `words.ts` prepared them from the Fluent file at build time. */
type Pattern = string | Part[];
type Part = string | { v: string } | { m: string } | { s: string; o: Record<string, Pattern>; d: string };

/** One hashed file a language; only the one in use is fetched, the worker keeps them all. */
const FILES = Object.fromEntries(
  Object.entries(import.meta.glob<string>("../locales/*.ftl", { query: "?words", import: "default", eager: true })).map(
    ([path, url]) => [path.replace(/^.*\/|\.ftl$/g, ""), url],
  ),
);
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const STORED = "sampan-locale";

/** The language in use. Reading it in a component makes the component follow a change. */
export const locale = signal("en");
const messages = signal<Record<string, Pattern>>({});

/** The languages this build speaks. */
export const languages: readonly string[] = Object.keys(FILES).sort();

/** The direction of the language in use. */
export const dir = (): "ltr" | "rtl" => (RIGHT_TO_LEFT.includes(locale.value) ? "rtl" : "ltr");

/** The text of a message; its id where it is missing, so that nothing breaks. */
export function t(id: string, args: Words = {}): string {
  const found = messages.value[id];
  return found === undefined ? id : filled(found, args);
}

function filled(pattern: Pattern, args: Words): string {
  return typeof pattern === "string" ? pattern : pattern.map((part) => drawn(part, args)).join("");
}

function drawn(part: Part, args: Words): string {
  if (typeof part === "string") return part;
  if ("v" in part) return argument(args[part.v] ?? `{$${part.v}}`);
  if ("m" in part) return t(part.m, args);
  const value = args[part.s] ?? part.d;
  const exact = part.o[value];
  const plural = typeof value === "number" ? part.o[new Intl.PluralRules(locale.value).select(value)] : undefined;
  return filled(exact ?? plural ?? part.o[part.d] ?? "", args);
}

/** In right-to-left text each argument is isolated, so that a code or a price does not turn its surroundings round. */
function argument(value: string | number): string {
  const text = typeof value === "number" ? formatNumber(value) : value;
  return dir() === "rtl" ? `\u2068${text}\u2069` : text;
}

/** Loads the shopper's choice, else what the server rendered, else the browser's language. */
export async function loadLocale(rendered?: string): Promise<void> {
  const wanted = [read(), rendered, ...(globalThis.navigator?.languages ?? [])];
  const found = wanted.map((each) => each?.split("-")[0] ?? "").find((each) => each in FILES);
  await use(found ?? "en");
}

/** Changes the language for good: kept on this phone and told to the server by a cookie. */
export async function setLocale(language: string): Promise<void> {
  await use(language);
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage may be closed; the cookie below still carries the choice.
  }
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing in Safari and Firefox
  document.cookie = `sampan_locale=${language}; path=/; max-age=31536000; samesite=lax`;
}

async function use(language: string): Promise<void> {
  const response = await fetch(FILES[language] ?? FILES.en ?? "");
  const next = (await response.json()) as Record<string, Pattern>;
  locale.value = language;
  messages.value = next;
  document.documentElement.lang = language;
  document.documentElement.dir = dir();
  document.querySelector("link[rel=manifest]")?.setAttribute("href", `/manifest.webmanifest?lang=${language}`);
}

function read(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

const dates = {
  /** 26 November */
  day: { day: "numeric", month: "long" },
  /** Thursday 26 November */
  weekday: { weekday: "long", day: "numeric", month: "long" },
  /** 26 November 2026 */
  date: { day: "numeric", month: "long", year: "numeric" },
  /** 14:05 */
  time: { hour: "2-digit", minute: "2-digit" },
  /** 26 Nov, 14:05 */
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A date in words. Takes RFC 3339 text or epoch milliseconds. */
export function formatDate(when: string | number, style: keyof typeof dates = "day"): string {
  return new Intl.DateTimeFormat(locale.value, dates[style]).format(new Date(when));
}

/** A calendar day, YYYY-MM-DD or a moment of it in UTC, which is the same day wherever it is read. */
export const formatDay = (day: string | number): string =>
  formatDate(`${new Date(day).toISOString().slice(0, 10)}T12:00`);

/** A range in words: "Thursday 26 – Saturday 28 November". */
export function formatDates(from: string | number, to: string | number, style: keyof typeof dates = "weekday"): string {
  return new Intl.DateTimeFormat(locale.value, dates[style]).formatRange(new Date(from), new Date(to));
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale.value, options).format(value);
}
