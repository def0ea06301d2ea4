import { expect, test } from "vitest";
import { decimal, formatMoney, sum, tierPrice, times } from "./money";

test.each([
  [{ minor: 1490, currency: "EUR" }, "14.90"],
  [{ minor: 5, currency: "BHD" }, "0.005"],
  [{ minor: 1200, currency: "JPY" }, "1200"],
  [{ minor: 12345, currency: "CLF" }, "1.2345"],
  [{ minor: -7, currency: "EUR" }, "-0.07"],
  [{ minor: 0, currency: "JPY" }, "0"],
])("%o is %s in words a computer reads", (money, text) => {
  expect(decimal(money)).toBe(text);
});

test("an amount always shows its currency and all its minor digits", () => {
  expect(formatMoney({ minor: 1490, currency: "EUR" }, "en")).toBe("€14.90");
  expect(formatMoney({ minor: 1200, currency: "JPY" }, "en")).toBe("¥1,200");
  expect(formatMoney({ minor: 5, currency: "BHD" }, "en")).toContain("0.005");
});

test("amounts of two currencies have no sum", () => {
  expect(sum([times({ minor: 149, currency: "EUR" }, 24), { minor: 1, currency: "EUR" }])).toEqual({
    minor: 3577,
    currency: "EUR",
  });
  expect(
    sum([
      { minor: 1, currency: "EUR" },
      { minor: 1, currency: "GBP" },
    ]),
  ).toBeNull();
});

test("a tier holds from its lower bound on", () => {
  const tiers = [6, 24].map((minimum_quantity) => ({
    minimum_quantity,
    price: { minor: 1000 - minimum_quantity, currency: "EUR" },
  }));
  expect([1, 6, 23, 24, 90].map((quantity) => tierPrice(tiers, quantity)?.minor)).toEqual([994, 994, 994, 976, 976]);
});
