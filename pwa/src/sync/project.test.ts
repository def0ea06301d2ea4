import { expect, test } from "vitest";
import { rooms } from "../app/rooms";
import { linesOf } from "../cart/model";
import type { OpRow } from "../db/schema";
import { project } from "./project";

const confirmed = new Map([
  [
    "cart_line",
    new Map<string, unknown>([
      ["c1/SKU-1", { quantity: 6, note: null, product: null, market: null }],
      ["c1/SKU-2", { quantity: 1, note: null, product: null, market: null }],
    ]),
  ],
  ["cart", new Map<string, unknown>([["c1", { state: "open", successor: null }]])],
]);

let seq = 0;
function op(kind: string, fields: Record<string, unknown> = {}, more: Partial<OpRow> = {}): OpRow {
  seq += 1;
  const id = `op-${seq}`;
  return {
    key: "k",
    id,
    device: "d",
    op: { id, seq, at: 0, base: 0, base_at: 0, epoch: "", kind, cart: "c1", ...fields },
    ...more,
  };
}

const quantities = (...ops: OpRow[]) =>
  linesOf(project(confirmed, ops, rooms, { cart: "c1" }), "c1").map((line) => [line.sku, line.quantity]);

test("without ops the view is what the server confirmed", () => {
  expect(quantities()).toEqual([
    ["SKU-1", 6],
    ["SKU-2", 1],
  ]);
});

test.each([
  ["adds add up", [op("cart.add", { line: "SKU-1", delta: 2 }), op("cart.add", { line: "SKU-1", delta: 3 })], 11],
  [
    "a set sets, a later add adds to it",
    [op("cart.set", { line: "SKU-1", quantity: 20 }), op("cart.add", { line: "SKU-1", delta: 1 })],
    21,
  ],
  [
    "a remove empties, a later add starts from nothing",
    [op("cart.remove", { line: "SKU-1" }), op("cart.add", { line: "SKU-1", delta: 2 })],
    2,
  ],
  [
    "nothing goes below zero and no debt stays",
    [op("cart.add", { line: "SKU-1", delta: -9 }), op("cart.add", { line: "SKU-1", delta: 4 })],
    4,
  ],
  ["an op without a cart means the open one", [op("cart.add", { cart: null, line: "SKU-1", delta: 1 })], 7],
  [
    "an op queued again after a restore is not counted twice",
    [op("cart.add", { line: "SKU-1", delta: 1 }, { requeued: true })],
    6,
  ],
  ["an op pushed by the device still counts", [op("cart.add", { line: "SKU-1", delta: 1 }, { pushed: true })], 7],
])("%s", (_name, ops, expected) => {
  expect(quantities(...(ops as OpRow[]))[0]).toEqual(["SKU-1", expected]);
});

test("ops never change what was confirmed", () => {
  quantities(op("cart.remove", { line: "SKU-1" }), op("cart.set", { line: "SKU-2", quantity: 9 }));
  expect(confirmed.get("cart_line")?.get("c1/SKU-1")).toMatchObject({ quantity: 6 });
});

test("an add to a cart that was ordered meanwhile goes to its successor; a set waits for the shopper", () => {
  const ordered = new Map([
    [
      "cart",
      new Map<string, unknown>([
        ["c1", { state: "ordered", successor: "c2" }],
        ["c2", { state: "open", successor: null }],
      ]),
    ],
  ]);
  const view = project(
    ordered,
    [op("cart.add", { line: "SKU-1", delta: 2 }), op("cart.set", { line: "SKU-2", quantity: 5 })],
    rooms,
    { cart: "c1" },
  );
  expect(linesOf(view, "c1").map((line) => [line.sku, line.quantity])).toEqual([["SKU-1", 2]]);
});

test("an op of a kind that this build does not know changes nothing", () => {
  expect(quantities(op("batch.skip", { batch: "b" }))).toEqual(quantities());
});

test("a wish and an address show before the server has answered, and go again", () => {
  const put = op("address.put", { address_id: "a1", city: "Delft" });
  const view = project(confirmed, [op("wishlist.put", { sku: "SKU-3" }), put], rooms, { cart: "c1" });
  expect([...view.all("wishlist_item").keys()]).toEqual(["SKU-3"]);
  expect(view.one<{ city: string }>("address", "a1")?.city).toBe("Delft");
  const after = project(confirmed, [put, op("address.remove", { address_id: "a1" })], rooms, { cart: "c1" });
  expect(after.all("address").size).toBe(0);
});
