import { expect, it } from "vitest";
import { gtin, printed, upcA } from "./gtin";
import { isComplete, scan } from "./packing";

const lines = [
  { sku: "BOWL", quantity: 2, gtin: "02000000000015" },
  { sku: "MUG", quantity: 1, gtin: null },
];

it.each([
  ["2000000000015", "02000000000015"],
  ["02000000000015", "02000000000015"],
  ["036000291452", "00036000291452"],
  ["96385074", "00000096385074"],
  ["2000000000016", null],
  ["00000000", null],
  ["12345", null],
  ["BOWL", null],
])("reads %s as the number %s", (code, number) => {
  expect(gtin(code)).toBe(number);
});

it.each(["2000000000015", "036000291452", "96385074", "10012345678902"])("prints %s as it was typed", (code) => {
  expect(printed(gtin(code) ?? "")).toBe(code);
});

it.each([
  ["01234505", "012000003455"],
  ["01234531", "012300000451"],
  ["01234543", "012340000053"],
  ["01234565", "012345000065"],
  ["04252614", "042100005264"],
  ["21234565", null],
  ["1234565", null],
])("the short barcode %s stands for %s", (code, number) => {
  expect(upcA(code)).toBe(number);
});

it("counts a piece by its SKU and by its barcode until the batch is complete", () => {
  let packed: readonly string[] = [];
  for (const code of ["bowl ", "2000000000015", "MUG"]) {
    expect(isComplete(lines, packed)).toBe(false);
    const result = scan(lines, packed, code);
    if (result.is !== "counted") throw new Error(result.is);
    packed = result.packed;
  }
  expect(packed).toEqual(["BOWL", "BOWL", "MUG"]);
  expect(isComplete(lines, packed)).toBe(true);
  expect(isComplete(lines, packed.slice(0, -1))).toBe(false);
});

it("counts nothing that is wrong, too many or mistyped", () => {
  expect(scan(lines, [], "TEAPOT")).toEqual({ is: "wrong" });
  expect(scan(lines, [], "96385074")).toEqual({ is: "wrong" });
  expect(scan(lines, [], "2000000000016")).toEqual({ is: "mistyped" });
  expect(scan(lines, ["MUG"], "MUG")).toEqual({ is: "full", sku: "MUG" });
});
