/**
 * Numbers of a business, checked by their form alone: whether an office knows them shows when the parcel is cleared.
 * Forms of VAT numbers behind the country's letters: `9` a digit, `A` a letter, `*` either; several are parted by a
 * space. European Commission, VIES, frequently asked questions, question 11; for GB, CH and NO their tax offices.
 */
const FORMS: Record<string, string> = {
  AT: "U99999999",
  BE: "9999999999",
  BG: "999999999 9999999999",
  CH: "E999999999MWST E999999999TVA E999999999IVA E999999999",
  CY: "99999999A",
  CZ: "99999999 999999999 9999999999",
  DE: "999999999",
  DK: "99999999",
  EE: "999999999",
  EL: "999999999",
  ES: "*9999999*",
  FI: "99999999",
  FR: "**999999999",
  GB: "999999999 999999999999 GD999 HA999",
  HR: "99999999999",
  HU: "99999999",
  IE: "9*99999A 9999999AA",
  IT: "99999999999",
  LT: "999999999 999999999999",
  LU: "99999999",
  LV: "99999999999",
  MT: "99999999",
  NL: "999999999B99",
  NO: "999999999MVA 999999999",
  PL: "9999999999",
  PT: "999999999",
  RO: "9999999999 999999999 99999999 9999999 999999 99999 9999 999 99",
  SE: "999999999999",
  SI: "99999999",
  SK: "9999999999",
  XI: "999999999 999999999999 GD999 HA999",
};

/** Capitals, without the spaces, dots, hyphens and strokes that people put in. */
export function squeezed(number: string): string {
  return number.replace(/[\s./-]/g, "").toUpperCase();
}

/** Takes a number as `squeezed` gives it. */
export function isVat(number: string): boolean {
  const forms = FORMS[number.slice(0, 2)]?.split(" ") ?? [];
  const rest = number.slice(2);
  return forms.some((form) => form.length === rest.length && [...form].every((sign, at) => fits(sign, rest[at] ?? "")));
}

/** Takes a number as `squeezed` gives it: a country's letters and at most 15 letters or digits. */
export function isEori(number: string): boolean {
  return /^[A-Z]{2}[A-Z0-9]{1,15}$/.test(number);
}

/** A VAT number as this country writes it, e.g. "DE123456789"; Germany's where the country has none that we know. */
export function vatExample(country: string): string {
  const letters = country === "GR" ? "EL" : country;
  const known = letters in FORMS ? letters : "DE";
  let digit = 0;
  return (
    known + (FORMS[known]?.split(" ")[0] ?? "").replace(/[9A*]/g, (sign) => (sign === "9" ? `${++digit % 10}` : "X"))
  );
}

function fits(form: string, sign: string): boolean {
  if (form === "9") return /[0-9]/.test(sign);
  if (form === "A") return /[A-Z]/.test(sign);
  return form === "*" ? /[A-Z0-9]/.test(sign) : form === sign;
}
