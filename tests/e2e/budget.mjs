// The size budget of the built app, in brotli bytes as a phone downloads them. `node budget.mjs`, after a build.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../../pwa/dist");
const KB = 1024;
const budgets = { firstRouteJs: 25 * KB, css: 8 * KB, worker: 8 * KB, lazyRoute: 12 * KB };

if (!existsSync(join(dist, "index.html"))) {
  console.error("pwa/dist is not built");
  process.exit(1);
}

const text = (file) => readFileSync(join(dist, file), "utf8");
/** What goes over the wire: the .br beside the file, which the server sends as it is. */
function wire(file) {
  const packed = join(dist, `${file}.br`);
  return existsSync(packed) ? readFileSync(packed).length : brotliCompressSync(readFileSync(join(dist, file))).length;
}

/** The files a module loads before it runs: its static imports, all the way down. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, target] of text(file).matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
    withImports(posix.join(posix.dirname(file), target), seen);
  }
  return seen;
}

const html = text("index.html");
const entry = html.match(/<script[^>]+type="module"[^>]*src="\/([^"]+\.js)"|<script[^>]+src="\/([^"]+\.js)"[^>]*type="module"/);
if (!entry) {
  console.error("pwa/dist/index.html loads no module");
  process.exit(1);
}
const first = [...withImports(entry[1] ?? entry[2])];
const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.startsWith("assets/") && file.endsWith(".js"));
const styles = [...html.matchAll(/<link[^>]+href="\/([^"]+\.css)"/g)].map((m) => m[1]);
const sum = (files) => files.reduce((total, file) => total + wire(file), 0);

let over = 0;
function report(what, bytes, limit) {
  const verdict = bytes <= limit ? "ok" : "OVER";
  if (bytes > limit) over += 1;
  console.log(`${verdict.padEnd(5)}${what.padEnd(44)}${(bytes / KB).toFixed(1).padStart(7)} KB of ${(limit / KB).toFixed(0)}`);
}
report(`first route, scripts (${first.length})`, sum(first), budgets.firstRouteJs);
report(`first route, styles (${styles.length})`, sum(styles), budgets.css);
report("service worker", wire("sw.js"), budgets.worker);
for (const file of scripts.filter((script) => !first.includes(script))) {
  report(`lazy ${file}`, wire(file), budgets.lazyRoute);
}
process.exit(over ? 1 : 0);
