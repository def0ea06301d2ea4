import { effect, signal } from "@preact/signals";
import { enqueue } from "../db/outbox";
import { page } from "../platform/island";
import { view } from "../sync/view";
import { guessedCountry } from "../ui/country";

/**
 * What the shopper likes, kept on this phone so that the first paint is right, and told to the server by an op so
 * that the other phones and the texts of mails and pushes follow.
 */
export type Theme = "system" | "light" | "dark";

const STORED = "sampan-";

/** Destination country, ISO 3166-1; null until chosen or guessed. */
export const country = signal<string | null>(read("country") ?? guessedCountry());
/** The currency prices are shown in, ISO 4217. */
export const currency = signal(read("currency") ?? page.currency);
export const theme = signal<Theme>((read("theme") as Theme | null) ?? "system");
/** Fetch no pictures in lists. Starts with what the browser says (Save-Data). */
export const dataSaver = signal(read("saver") ? read("saver") === "on" : !!connection()?.saveData);

/** Makes the page follow theme, data saver and what the shopper chose on their other phones. */
export function followAppearance(): void {
  effect(() => follow("country", country));
  effect(() => follow("currency", currency));
  effect(() => {
    if (theme.value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
  effect(() => {
    document.documentElement.dataset.saver = dataSaver.value ? "on" : "off";
  });
}

export function chooseCountry(value: string): void {
  country.value = value;
  keep("country", value, true);
}

export function chooseCurrency(value: string): void {
  currency.value = value;
  keep("currency", value, true);
}

export function chooseTheme(value: Theme): void {
  theme.value = value;
  keep("theme", value, false);
}

export function chooseDataSaver(on: boolean): void {
  dataSaver.value = on;
  keep("saver", on ? "on" : "off", false);
}

/** Tells the server the language of mails and pushes; the page itself follows `setLocale`. */
export function tellLanguage(language: string): void {
  void enqueue({ kind: "prefs.set", name: "locale", value: language });
}

/** Takes over what the server, or a tap on its way there, says. */
function follow(name: string, chosen: { value: string | null; peek(): string | null }): void {
  const known = view.value.one<string | { value: string }>("prefs", name);
  const value = typeof known === "object" ? known?.value : known;
  if (!value || value === chosen.peek()) return;
  chosen.value = value;
  keep(name, value, false);
}

function keep(name: string, value: string, tell: boolean): void {
  try {
    localStorage.setItem(STORED + name, value);
  } catch {
    // Without storage the choice lasts as long as the page, which is what such a browser was told to do.
  }
  if (tell) void enqueue({ kind: "prefs.set", name, value });
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(STORED + name);
  } catch {
    return null;
  }
}

function connection(): { saveData?: boolean } | undefined {
  return (navigator as { connection?: { saveData?: boolean } }).connection;
}
