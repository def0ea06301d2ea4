import { expect, test, vi } from "vitest";
import { answersOf } from "./answers";
import type { Line, Market } from "./model";

vi.mock("../platform/locale", async (original) => ({
  ...(await original<typeof import("../platform/locale")>()),
  formatDay: (day: string) => day,
}));

const market: Market = {
  available: 3,
  minimum_quantity: 1,
  pack_step: 1,
  max_per_order: null,
  price_changed_from: null,
  problem: null,
};

function said(quantity: number, coming?: Market["coming"]) {
  const line: Line = { sku: "A", quantity, note: null, product: null, market: coming ? { ...market, coming } : market };
  return answersOf(line).map(({ id, args }) => [id, args.day]);
}

test("what comes is said with its day, as soon as the shelf is not enough", () => {
  const coming = { on: "2026-12-12", available: 5 };
  expect(said(3, coming)).toEqual([]);
  expect(said(5, coming)).toEqual([["ships-from-day", "2026-12-12"]]);
  expect(said(6, coming)[0]?.[0]).toBe("cart-answer-short");
  expect(said(5)[0]?.[0]).toBe("cart-answer-short");
});
