import { expect, test } from "vitest";
import type { QuoteShop } from "./quote";
import { canChooseTerms, splitBy } from "./terms";

const eur = (minor: number) => ({ minor, currency: "EUR" });
const both = { shops: [] as QuoteShop[], currency: "EUR" };

function shop(more: Partial<QuoteShop>): QuoteShop {
  return {
    duty: eur(300),
    tax: eur(900),
    fees: eur(50),
    total: eur(6250),
    at_door: eur(0),
    tax_at_sale: false,
    terms: "ddp",
    terms_why: "known",
    ...more,
  } as QuoteShop;
}

test("what the border asks moves between the order and the door, and nothing is lost on the way", () => {
  const ddp = shop({});
  const dap = shop({ terms: "dap", terms_why: "asked", total: eur(5000), at_door: eur(1250) });
  for (const each of [ddp, dap]) {
    expect(splitBy("ddp", { ...both, shops: [each] })).toEqual({ now: eur(6250), door: eur(0) });
    expect(splitBy("dap", { ...both, shops: [each] })).toEqual({ now: eur(5000), door: eur(1250) });
  }
});

test("tax that the seller takes with the sale stays with the sale", () => {
  expect(splitBy("dap", { ...both, shops: [shop({ tax_at_sale: true })] })).toEqual({ now: eur(5900), door: eur(350) });
});

test("a parcel that leaves no choice stays as it is, and one unknown makes the door unknown", () => {
  const unknown = shop({
    duty: null,
    tax: null,
    at_door: null,
    terms: "dap",
    terms_why: "not_known",
    total: eur(5000),
  });
  expect(splitBy("dap", { ...both, shops: [shop({}), unknown] })).toEqual({ now: eur(10_000), door: null });
});

test("there is a choice only where all is known and the border asks for something", () => {
  expect(canChooseTerms(shop({}))).toBe(true);
  expect(canChooseTerms(shop({ terms_why: "no_border", duty: eur(0), tax_at_sale: true, fees: eur(0) }))).toBe(false);
  expect(canChooseTerms(shop({ duty: eur(0), tax: eur(0), fees: eur(0) }))).toBe(false);
  expect(canChooseTerms(shop({ duty: null, terms_why: "not_known" }))).toBe(false);
});
