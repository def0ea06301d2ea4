import { expect, test } from "vitest";
import { isEori, isVat, squeezed, vatExample } from "./business";

test.each([
  ["de 123 456 789", "DE123456789"],
  ["NL123456789B01", "NL123456789B01"],
  ["FR XX 123456789", "FRXX123456789"],
  ["CHE-123.456.789 MWST", "CHE123456789MWST"],
  ["ESX1234567X", "ESX1234567X"],
  ["EL123456789", "EL123456789"],
])("%s is read as people write it", (written, kept) => {
  expect(squeezed(written)).toBe(kept);
  expect(isVat(kept)).toBe(true);
});

test.each(["DE12345678", "NL123456789A01", "XX123", "GR123456789", "D", ""])("%s is no VAT number", (number) => {
  expect(isVat(number)).toBe(false);
});

test("an EORI number is a country and at most 15 letters or digits", () => {
  expect(["DE1234567890123", "GB123456789000"].every(isEori)).toBe(true);
  expect(["D1", "DE", "DE1234567890123456", "12ABC"].some(isEori)).toBe(false);
});

test("the example of each country has that country's own form", () => {
  const countries = "AT BE BG CH CY CZ DE DK EE GR ES FI FR GB HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK".split(
    " ",
  );
  expect(countries.filter((country) => !isVat(vatExample(country)))).toEqual([]);
  expect(vatExample("GR")).toBe("EL123456789");
  expect(vatExample("US")).toBe("DE123456789");
});
