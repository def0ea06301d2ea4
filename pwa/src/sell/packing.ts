import { gtin } from "./gtin";

/** A line of a batch as the packer counts it. */
export interface PackLine {
  sku: string;
  quantity: number;
  gtin?: string | null;
}

/** SKUs in the order they went into the box, one a piece. */
export type Packed = readonly string[];

/** What became of a scan: one more, not of this batch, all of it in already, or a number whose check digit is wrong. */
export type Scan =
  | { is: "counted"; sku: string; packed: Packed }
  | { is: "wrong" | "mistyped" }
  | { is: "full"; sku: string };

export const inBox = (packed: Packed, sku: string): number => packed.filter((each) => each === sku).length;

export const isComplete = (lines: readonly PackLine[], packed: Packed): boolean =>
  lines.every((line) => inBox(packed, line.sku) === line.quantity);

/** Counts one piece by its SKU or the number under its barcode; nothing that does not belong is ever counted. */
export function scan(lines: readonly PackLine[], packed: Packed, code: string): Scan {
  const plain = code.trim();
  const number = gtin(plain);
  const line = lines.find(
    (each) => each.sku.toLowerCase() === plain.toLowerCase() || (number !== null && each.gtin === number),
  );
  if (!line) return { is: !number && /^(\d{8}|\d{12,14})$/.test(plain) ? "mistyped" : "wrong" };
  if (inBox(packed, line.sku) >= line.quantity) return { is: "full", sku: line.sku };
  return { is: "counted", sku: line.sku, packed: [...packed, line.sku] };
}
