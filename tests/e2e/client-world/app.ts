import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compileFunction } from "node:vm";
import type * as Entry from "./entry.ts";

/** The app's own modules as one tab holds them. */
export type Tab = typeof Entry;

/** What the browser gives to a tab; each phone has its own. */
export type Given = Record<(typeof GIVEN)[number], unknown>;
export type StartTab = (given: Given) => Tab;

const GIVEN = ["navigator", "indexedDB", "localStorage", "location", "document", "addEventListener", "BroadcastChannel", "fetch", "Date"] as const;
const DATABASE = ["IDBCursor", "IDBDatabase", "IDBIndex", "IDBKeyRange", "IDBObjectStore", "IDBRequest", "IDBTransaction"] as const;

/** A bug put into the app's source: `instead` stands where `line` stood in `file`. */
export interface Planted {
  file: string;
  line: string;
  instead: string;
  /** The first seed to try: one that is known to catch it. */
  seed?: number;
}

const here = dirname(fileURLToPath(import.meta.url));
const pwa = resolve(here, "../../../pwa");
const ofApp = createRequire(join(pwa, "package.json"));

export const idb = ofApp("fake-indexeddb") as typeof import("../../../pwa/node_modules/fake-indexeddb/types.d.ts");

/**
 * Bundles the code of `pwa/src` as it stands, and answers the way to start it: each call is a process of its own, with
 * its own modules and memory, over the surroundings it is given.
 */
export async function bundleApp(planted?: Planted): Promise<StartTab> {
  const vite = (await import(pathToFileURL(ofApp.resolve("vite")).href)) as typeof import("../../../pwa/node_modules/vite/dist/node/index.js");
  let is_planted = false;
  const plant = (code: string, id: string) => {
    if (!planted || !id.endsWith(`/src/${planted.file}`)) return null;
    is_planted = code.split(planted.line).length === 2;
    return code.replace(planted.line, () => planted.instead);
  };
  const built = await vite.build({
    configFile: false,
    root: pwa,
    publicDir: false,
    logLevel: "error",
    plugins: [{
      name: "world",
      enforce: "pre",
      // The texts of the screens stay at home.
      load: (id) => (id.endsWith("?words") ? 'export default ""' : null),
      transform: plant,
    }],
    build: { write: false, minify: false, target: "es2022", lib: { entry: join(here, "entry.ts"), formats: ["iife"], name: "app" } },
  });
  if (planted && !is_planted) throw new Error(`${planted.file} has no single place for a planted bug any more: ${planted.line}`);
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!bundle || !("output" in bundle)) throw new Error("the app's modules were not bundled");
  const names = ["globalThis", ...GIVEN, ...DATABASE];
  const run = compileFunction(`${bundle.output[0].code}\nreturn app;`, names, { filename: "app.js" });
  return (given) => {
    const own: Record<string, unknown> = { ...given, ...Object.fromEntries(DATABASE.map((name) => [name, idb[name]])) };
    own.globalThis = new Proxy(globalThis, { get: (real, name) => (name in own ? own[name as string] : Reflect.get(real, name)) });
    return run(...names.map((name) => own[name])) as Tab;
  };
}
