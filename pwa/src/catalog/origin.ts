import { t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { countryName } from "../ui/country";
import type { Origin } from "./quote";

/** Where a parcel leaves from and why from there, in a sentence; nothing where it could only leave from its maker. */
export function whyFrom({ warehouse, why, instead, ...from }: Origin): string {
  if (why === "only" && !warehouse) return "";
  const there = place(from);
  if (!instead) return t(`origin-${why}`, { place: there });
  const { dearer, days_later } = instead;
  return t(`origin-${why}-than`, {
    place: there,
    other: place(instead),
    money: formatMoney({ ...dearer, minor: Math.abs(dearer.minor) }),
    days: Math.abs(days_later),
  });
}

const place = (from: { place: string; country: string }): string =>
  [from.place, countryName(from.country)].filter(Boolean).join(", ");
