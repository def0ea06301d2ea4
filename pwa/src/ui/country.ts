import { locale } from "../platform/locale";

/** Countries the market sends to, by ISO 3166-1 code. */
export const destinations: readonly string[] =
  "AE AR AT AU BE BG BH BR CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GR HK HR HU ID IE IL IN IS IT JP KE KR KW LI LT LU LV MA MT MX MY NG NL NO NZ PE PH PL PT QA RO SA SE SG SI SK TH TN TR TW US VN ZA".split(
    " ",
  );

/** A country's name in the language in use; its code where the browser knows none. */
export function countryName(code: string | null | undefined): string {
  if (!code) return "";
  try {
    return new Intl.DisplayNames([locale.value], { type: "region" }).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** The destinations by name, in the order of the language in use. */
export function destinationOptions(): { value: string; label: string }[] {
  return destinations
    .map((value) => ({ value, label: countryName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale.value));
}

/** The country the phone seems to be in, from its languages: "en-GB" is GB. */
export function guessedCountry(): string | null {
  for (const language of navigator.languages ?? []) {
    const region = new Intl.Locale(language).region;
    if (region && destinations.includes(region)) return region;
  }
  return null;
}
