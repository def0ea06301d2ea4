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
