import { describe, expect, it } from "vitest";
import { filterFrom, orderable, queryOf, sliderEnd, tierAt } from "./model";

const limits = { minimum_quantity: 6, pack_step: 4, max_per_order: 50 };
const price = (minor: number) => ({ minor, currency: "EUR" });
const tiers = [
  { minimum_quantity: 24, price: price(240) },
  { minimum_quantity: 6, price: price(300) },
];

describe("orderable quantities", () => {
  it.each([
    [0, 6],
    [6, 6],
    [7, 10],
    [10, 10],
    [50, 50],
    [51, 50],
    [999, 50],
  ])("asked %i gives %i", (asked, given) => expect(orderable(asked, limits)).toBe(given));

  it("without a maximum ends at the market's own limit", () =>
    expect(orderable(5_000_000, { ...limits, max_per_order: null })).toBe(999_998));

  it("the slider reaches past the last tier but not past the maximum", () => {
    expect(sliderEnd(tiers, { ...limits, max_per_order: null })).toBe(38);
    expect(sliderEnd(tiers, { ...limits, max_per_order: 30 })).toBe(30);
  });
});

describe("tiers", () => {
  it.each([
    [1, 300],
    [6, 300],
    [23, 300],
    [24, 240],
    [500, 240],
  ])("%i pieces cost %i each", (quantity, minor) => expect(tierAt(tiers, quantity)?.price.minor).toBe(minor));
});

describe("a filter in the address", () => {
  it("comes back as it went", () => {
    const filter = filterFrom({ q: "tea bowl", origin: "JP", sort: "newest" });
    expect(queryOf(filter)).toBe("?q=tea+bowl&sort=newest&origin=JP");
  });
  it("leaves out what is not set", () => expect(queryOf(filterFrom({}))).toBe(""));
  it("ignores an unknown order", () => expect(filterFrom({ sort: "dance" }).sort).toBe("relevance"));
});
