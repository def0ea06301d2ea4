import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShopServer } from "../testing/shop-server";
import { newPhone, openTab } from "../testing/tab";

beforeEach(() => newPhone(new ShopServer()));

test("an op is kept in one strict transaction before anything is sent", async () => {
  const opened = vi.spyOn(IDBDatabase.prototype, "transaction");
  const tab = await openTab();
  opened.mockClear();
  await tab.enqueue({ kind: "cart.add", cart: null, line: "SKU-1", delta: 1 });
  const writes = opened.mock.calls.filter(([, mode]) => mode === "readwrite");
  expect(writes).toHaveLength(1);
  expect(writes[0]?.[2]).toEqual({ durability: "strict" });
  opened.mockRestore();
});

test("ops are numbered from one without a gap, from whichever tab they come", async () => {
  const [first, second] = [await openTab(), await openTab()];
  await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? first : second).cart.add("SKU-1", 1)));
  const seqs = (await first.all("outbox")).map((row) => row.op.seq).sort((a, b) => a - b);
  expect(seqs).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
});

test("what was tapped is still there after the app was closed", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 6);
  const reopened = await openTab();
  expect(reopened.cart.quantityOf("SKU-1")).toBe(6);
  expect(reopened.cart.lineState("SKU-1")).toBe("waiting");
});

test("a tap shows before the disk has answered", async () => {
  const tab = await openTab();
  const written = tab.cart.add("SKU-1", 6);
  expect(tab.cart.quantityOf("SKU-1")).toBe(6);
  await written;
});

test("an op that is too long is refused and leaves nothing behind", async () => {
  const tab = await openTab();
  await expect(tab.cart.note("SKU-1", "x".repeat(20_000))).rejects.toThrow("too long");
  expect(tab.unconfirmed.value).toEqual([]);
});

/** A full phone: so many writes find no room. Answers the names of the caches that are left. */
function fullFor(writes: number): Set<string> {
  const add = IDBObjectStore.prototype.add;
  let refused = 0;
  vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (this: IDBObjectStore, ...row) {
    if (++refused > writes) return add.apply(this, row);
    throw new DOMException("No room.", "QuotaExceededError");
  });
  const names = new Set(["shell-1", "media-1", "answers-1"]);
  vi.stubGlobal("caches", { keys: async () => [...names], delete: async (name: string) => names.delete(name) });
  return names;
}

afterEach(() => void vi.restoreAllMocks());

test("on a full phone pictures give way to a tap, then catalogue answers, never the app itself", async () => {
  const tab = await openTab();
  const names = fullFor(1);
  await tab.cart.add("SKU-1", 1);
  expect([...names]).toEqual(["shell-1", "answers-1"]);
  expect(await tab.all("outbox")).toHaveLength(1);
  vi.restoreAllMocks();
  fullFor(2);
  await tab.cart.add("SKU-1", 1);
  expect(await tab.all("outbox")).toHaveLength(2);
});

test("a tap that finds no room at all shows no longer, leaves what was before, and is told", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  fullFor(Number.POSITIVE_INFINITY);
  const tapped = tab.cart.add("SKU-1", 5);
  expect(tab.cart.quantityOf("SKU-1")).toBe(6);
  expect(await tapped).toBe(null);
  expect(tab.cart.quantityOf("SKU-1")).toBe(1);
  expect(tab.unkept.value).toMatchObject({ name: "QuotaExceededError" });
  expect(await tab.all("outbox")).toHaveLength(1);
});
