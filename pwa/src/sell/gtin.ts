/**
 * Fourteen digits, as GS1 compares numbers of 8, 12, 13 and 14; null where it is none or its check digit does not fit
 * (GS1 General Specifications, 7.9: from the right, weights 1 and 3 in turn, the sum a multiple of ten).
 */
export function gtin(code: string): string | null {
  const digits = code.replace(/[\s-]/g, "");
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return null;
  const sum = [...digits].reverse().reduce((sum, digit, place) => sum + Number(digit) * (place % 2 ? 3 : 1), 0);
  return sum > 0 && sum % 10 === 0 ? digits.padStart(14, "0") : null;
}

/** The number as it stands under the bars: of 8, 12 or 13 digits without the zeros that fill it up. */
export function printed(gtin: string): string {
  const filling = ["000000", "00", "0"].find((zeros) => gtin.startsWith(zeros)) ?? "";
  return gtin.slice(filling.length);
}

/**
 * The twelve digits that a short UPC-E barcode stands for, whose zeros are left out (GS1 General Specifications, 5.2.2:
 * the sixth digit tells where they were); null where it is none.
 */
export function upcA(code: string): string | null {
  const [, system, digits, check] = /^([01])(\d{6})(\d)$/.exec(code) ?? [];
  if (!system || !digits || !check) return null;
  const last = Number(digits[5]);
  const body =
    last <= 2
      ? `${digits.slice(0, 2)}${last}0000${digits.slice(2, 5)}`
      : last === 3
        ? `${digits.slice(0, 3)}00000${digits.slice(3, 5)}`
        : last === 4
          ? `${digits.slice(0, 4)}00000${digits[4]}`
          : `${digits.slice(0, 5)}0000${last}`;
  return `${system}${body}${check}`;
}
