import { readdirSync, readFileSync, statSync } from "node:fs";

/** Holds the built app to its budgets, in bytes as sent with brotli. Run after `npm run build`. */
const KB = 1024;
const BUDGETS = {
  "first route, script": 25 * KB,
  "first route, style": 8 * KB,
  worker: 8 * KB,
  "lazy route": 12 * KB,
  "offline estimate": 6.5 * KB,
};
const FIRST_ROUTE = "src/catalog/product.tsx";
const OFFLINE = "src/landed-cost/offline.ts";

/** @typedef {{file: string, isEntry?: boolean, src?: string, imports?: string[], css?: string[]}} Chunk */

/** @type {Record<string, Chunk>} */
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const sent = (file) => statSync(`dist/${file}.br`).size;

/** A chunk and everything it needs before it can run. */
function needs(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const each of manifest[name]?.imports ?? []) needs(each, found);
  return found;
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? "index.html";
const atStart = needs(entry);
const first = new Set([...atStart, ...needs(FIRST_ROUTE)]);
const scripts = (names) => [...names].reduce((sum, name) => sum + sent(manifest[name]?.file ?? ""), 0);
const styles = new Set([...first].flatMap((name) => manifest[name]?.css ?? []));

const figures = [
  ["first route, script", FIRST_ROUTE, scripts(first)],
  ["first route, style", FIRST_ROUTE, [...styles].reduce((sum, file) => sum + sent(file), 0)],
  ["worker", "sw.js", sent("sw.js")],
];
figures.push(["offline estimate", OFFLINE, sent(manifest[OFFLINE]?.file ?? "")]);
for (const [name, chunk] of Object.entries(manifest)) {
  if (!chunk.src?.endsWith(".tsx") || chunk.isEntry) continue;
  figures.push(["lazy route", chunk.src, scripts([...needs(name)].filter((each) => !atStart.has(each)))]);
}

let failed = false;
for (const [budget, what, bytes] of figures) {
  const over = bytes > BUDGETS[budget];
  failed ||= over;
  console.log(
    `${over ? "TOO BIG" : "ok     "}  ${(bytes / KB).toFixed(1).padStart(5)} of ${BUDGETS[budget] / KB} KB  ${budget}  ${what}`,
  );
}
if (!readdirSync("dist").includes("sw.js")) throw new Error("The worker was not built.");
process.exit(failed ? 1 : 0);
