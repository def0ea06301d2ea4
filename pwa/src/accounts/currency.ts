import { locale } from "../platform/locale";

const currencies = [
  "EUR",
  "GBP",
  "USD",
  "JPY",
  "CHF",
  "SEK",
  "NOK",
  "DKK",
  "PLN",
  "AUD",
  "CAD",
  "NZD",
  "SGD",
  "CNY",
  "AED",
];

/** The currencies prices can be shown in, by code and name. */
export function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale.value], { type: "currency" });
  return currencies.map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
