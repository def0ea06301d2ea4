import { expect, test } from "vitest";
import type { Line, Market } from "./model";
import { byMaker, goodsOf, problemOf, stepFrom, unitPrice } from "./reckoning";

const market: Market = {
  available: 40,
  minimum_quantity: 6,
  pack_step: 6,
  max_per_order: 60,
  price_changed_from: null,
  problem: null,
};

function line(sku: string, quantity: number, shop: string): Line {
  const tier = (minimum_quantity: number, minor: number) => ({ minimum_quantity, price: { minor, currency: "EUR" } });
  return {
    sku,
    quantity,
    note: null,
    market,
    product: {
      title: sku,
      image: null,
      price: tier(6, 290).price,
      tiers: [tier(6, 290), tier(24, 261)],
      shop: { slug: shop, name: shop, country: "PT", tint: "#fff" },
    },
  };
}

test.each([
  [0, 1, 6],
  [6, 1, 6],
  [7, 1, 5],
  [12, -1, -6],
  [13, -1, -1],
  [6, -1, -6],
  [3, -1, -3],
] as const)("from %i a tap in direction %i changes by %i", (quantity, direction, delta) => {
  expect(stepFrom(quantity, direction, market)).toBe(delta);
});

test.each([
  [6, null],
  [5, "below_minimum"],
  [8, "not_in_steps"],
  [66, "above_maximum"],
  [42, "short_stock"],
] as const)("%i pieces: %s", (quantity, problem) => {
  expect(problemOf(quantity, market)).toBe(problem);
});

test("the price is that of the tier reached, and makers come by name with their own goods", () => {
  const lines = [line("B", 24, "Zorn"), line("A", 6, "Alva"), line("C", 6, "Zorn")];
  expect(unitPrice(lines[0] as Line)?.minor).toBe(261);
  expect(byMaker(lines).map((maker) => [maker.name, maker.goods?.minor])).toEqual([
    ["Alva", 1740],
    ["Zorn", 24 * 261 + 1740],
  ]);
});

test("goods are unknown as long as one price is", () => {
  expect(goodsOf([line("A", 6, "Alva"), { ...line("B", 6, "Alva"), product: null }])).toBeNull();
});
