import { expect, test } from "vitest";
import { matches, words } from "./words";

test.each([
  ["Café Noir 250 g", ["cafe", "noir", "250", "g"]],
  ["青花瓷杯", ["青花", "花瓷", "瓷杯"]],
  ["قهوة", ["قهوة"]],
])("%s is found by its folded words", (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test("every asked word must be there, and a title counts more than the rest", () => {
  const title = words("Linen tea towel");
  const all = [...title, ...words("woven in Lithuania")];
  expect(matches(words("linen"), all, title)).toBeGreaterThan(matches(words("woven"), all, title));
  expect(matches(words("lin"), all, title)).toBeGreaterThan(0);
  expect(matches(words("linen cup"), all, title)).toBe(0);
});
