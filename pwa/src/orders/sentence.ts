import { formatDate, formatDates, formatDay, t } from "../platform/locale";
import { countryName } from "../ui/country";
import { isOver, lastEvent, type Order, type Parcel, speaking, time, waiting } from "./model";

/** What is so, in one sentence: "Cleared customs in Rotterdam." */
export function whatHappened(order: Order): string {
  const parcel = isOver(order) && order.state !== "delivered" ? null : speaking(order);
  const day = waiting(order)?.planned_for;
  if (!parcel && day) return t("order-now-waits", { shop: order.shop.name, day: formatDay(day) });
  if (!parcel) return t(`order-now-${order.state}`, { shop: order.shop.name });
  const place = lastEvent(parcel)?.place ?? "";
  return t(`parcel-now-${parcel.state}`, { place: place || "none" });
}

/** When it comes: "Expected Thursday 26 to Saturday 28 November." Empty when it has come or nobody knows. */
export function whenExpected(order: Order): string {
  if (isOver(order)) return "";
  const parcel = speaking(order);
  if (!parcel?.eta || parcel.state === "returning" || parcel.state === "returned") return "";
  return expected(parcel.eta);
}

export function expected(eta: NonNullable<Parcel["eta"]>): string {
  const sameDay = formatDate(eta.from, "weekday") === formatDate(eta.to, "weekday");
  return t("order-expected", {
    when: sameDay ? formatDate(eta.from, "weekday") : formatDates(eta.from, eta.to, "weekday"),
  });
}

/** "From Kyoto, Japan to Germany", for the arc's words. */
export function fromTo(order: Order): string {
  return t("order-from-to", { from: countryName(order.shop.country), to: countryName(order.ship_to.country) });
}

/** "4 days ago", "2 hours ago", in the language in use. */
export function ago(when: string | number, now: number, language: string): string {
  const seconds = Math.round((time(when) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const size = Math.abs(seconds);
  if (size < 60) return format.format(0, "minute");
  if (size < 3600) return format.format(Math.round(seconds / 60), "minute");
  if (size < 86_400) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86_400), "day");
}
