import { expect, it } from "vitest";
import { nextAfter, type Picks, packable } from "./picks";

const line = (sku: string, ...wanted: [batch: string, pieces: number][]) => ({
  sku,
  title: sku,
  image: null,
  gtin: null,
  pieces: wanted.reduce((sum, [, pieces]) => sum + pieces, 0),
  wanted_by: wanted.map(([batch_id, pieces]) => ({ batch_id, order_number: `SP-${batch_id}`, pieces, note: null })),
});

const picks: Picks = {
  more: false,
  places: [
    {
      id: "home",
      name: "Home",
      country: "PT",
      pieces: 5,
      batches: ["a", "b"],
      lines: [line("CUP", ["a", 1], ["b", 4])],
    },
    {
      id: "far",
      name: "Far",
      country: "NL",
      pieces: 5,
      batches: ["c", "d"],
      lines: [line("CUP", ["c", 2]), line("MAT", ["d", 3])],
    },
  ],
};

it("packs without signal what the kept list tells of a batch", () => {
  expect(packable(picks, "b")).toMatchObject({
    id: "b",
    state: "paid",
    order_number: "SP-b",
    lines: [{ sku: "CUP", quantity: 4 }],
  });
  expect(packable(picks, "gone")).toBeNull();
  expect(packable(null, "b")).toBeNull();
});

it("goes on with the next batch of the same place, then with another place's", () => {
  expect(nextAfter(picks, "a", "home")).toBe("b");
  expect(nextAfter(picks, "c", "far")).toBe("d");
  expect(nextAfter(picks, "packed already", "far")).toBe("c");
  expect(nextAfter(picks, "packed already", null)).toBe("a");
  expect(nextAfter({ ...picks, places: [] }, "a", "home")).toBeNull();
  const [home] = picks.places;
  expect(nextAfter({ ...picks, places: home ? [{ ...home, batches: ["a"] }] : [] }, "a", "home")).toBeNull();
});
