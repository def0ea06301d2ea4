import type { Tap } from "./script.ts";
import type { Row } from "./storage.ts";

// What the harness does inside a page of the built app; each function travels there as its text.

/** What a script's numbers stand for. */
export interface Names {
  skus: readonly string[];
  addresses: readonly string[];
}

/** One tap by the built app's own functions, known by what they say of themselves. Answers how many ops it makes. */
export async function tapInPage({ tap, skus, addresses }: { tap: Tap } & Names): Promise<number> {
  const chunk = performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .find((name) => /\/assets\/app-[^/]+\.js$/.test(name));
  const parts = Object.values(await import(chunk ?? "")) as ((...given: unknown[]) => unknown)[];
  const part = (says: RegExp) => {
    const found = parts.filter((each) => typeof each === "function" && says.test(String(each)));
    if (found.length !== 1) throw new Error(`${found.length} functions of the app say ${says}`);
    return found[0] as (...given: unknown[]) => unknown;
  };
  const enqueue = part(/too long to be kept/);
  const quantityOf = part(/\?\.quantity\s*\?\?\s*0/);
  const sku = "line" in tap ? (skus[tap.line] ?? "") : "";
  const remove = () => part(/^[^{]*\(?\w+\)?=>\w+\(\{kind:.cart\.remove/)(sku);
  switch (tap.tap) {
    case "add":
      await part(/kind:.cart\.add/)(sku, tap.pieces);
      return 1;
    case "step":
      await (Number(quantityOf(sku)) + tap.pieces > 0 ? part(/kind:.cart\.add/)(sku, tap.pieces) : remove());
      return 1;
    case "set":
      await part(/kind:.cart\.set/)(sku, tap.pieces);
      return 1;
    case "remove":
      await remove();
      return 1;
    case "note":
      await enqueue({ kind: "cart.note", cart: null, line: sku, text: tap.text });
      return 1;
    case "wish":
    case "unwish":
      await enqueue({ kind: tap.tap === "wish" ? "wishlist.put" : "wishlist.remove", sku });
      return 1;
    case "country":
    case "currency":
      await enqueue({ kind: "prefs.set", name: tap.tap, value: tap.value });
      return 1;
    case "save_address":
      await enqueue({
        kind: "address.put",
        address_id: addresses[tap.address],
        name: "Inés Duarte",
        line1: tap.street,
        city: "Porto",
        postcode: "4050-107",
        country: "PT",
      });
      return 1;
    case "remove_address":
      await enqueue({ kind: "address.remove", address_id: addresses[tap.address] });
      return 1;
    case "card":
      return 0;
  }
}

/** Rows of the open scope. */
export async function readStores() {
  type Stores = Record<"scopes" | "confirmed" | "outbox" | "acked" | "staged" | "outcomes", Row[]>;
  const none: Stores = { scopes: [], confirmed: [], outbox: [], acked: [], staged: [], outcomes: [] };
  if (!(await indexedDB.databases()).some(({ name }) => name === "sampan")) return none;
  const answered = <T>(request: IDBRequest<T>) =>
    new Promise<T>((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  const db = await answered(indexedDB.open("sampan"));
  if (!db.objectStoreNames.contains("app")) return none;
  const tx = db.transaction([...db.objectStoreNames]);
  const [current, ...rows] = await Promise.all([
    answered(tx.objectStore("app").get("current")),
    ...Object.keys(none).map((store) => answered<Row[]>(tx.objectStore(store).getAll())),
  ]);
  db.close();
  return Object.fromEntries(
    Object.keys(none).map((store, n) => [store, (rows[n] ?? []).filter((row: Row) => row.key === current)]),
  ) as Stores;
}
