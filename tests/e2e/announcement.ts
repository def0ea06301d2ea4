import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** A step of an order as a notification tells it. */
export interface Announcement {
  title: string;
  /** All of the body; the days of an arrival are any days, in words of the same language. */
  body: RegExp;
  lang: string;
  dir: "ltr" | "rtl";
}

const pwa = new URL("../../pwa/", import.meta.url);
// Fluent's own parser, from the app that shows the same files.
const { FluentBundle, FluentResource } = createRequire(fileURLToPath(new URL("package.json", pwa)))(
  "@fluent/bundle",
) as typeof import("../../pwa/node_modules/@fluent/bundle/esm/index.d.ts");

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** One message of the app in this language. */
export function say(language: string, key: string, given: Record<string, string> = {}): string {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(readFileSync(new URL(`src/locales/${language}.ftl`, pwa), "utf8")));
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) throw new Error(`${language}.ftl has no ${key}`);
  return bundle.formatPattern(pattern, given);
}

/** What the phone of somebody who reads this language shows when this shop's order reaches `step`. */
export function announcement(language: string, step: string, shop: string): Announcement {
  const key = `push-${step.replaceAll("_", "-")}`;
  const [before = "", after] = say(language, `${key}-body`, { when: "WHEN" }).split("WHEN").map(literally);
  return {
    title: say(language, `${key}-title`, { shop }),
    body: new RegExp(after === undefined ? `^${before}$` : `^${before}${days(language)}${after}$`),
    lang: language,
    dir: language === "ar" ? "rtl" : "ltr",
  };
}

/** A day, or the first and the last. */
function days(language: string): string {
  const day = MONTHS.map((month) => literally(say(language, "push-date", { day: "DAY", month })).replace("DAY", "\\d{1,2}"));
  const one = `(?:${day.join("|")})`;
  const range = literally(say(language, "push-range", { from: "FROM", to: "TO" })).replace("FROM", one).replace("TO", one);
  return `(?:${range}|${one})`;
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
