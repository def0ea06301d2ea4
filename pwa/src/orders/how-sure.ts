import { t } from "../platform/locale";
import type { Eta } from "./model";

/**
 * How sure the expected days are, in one sentence: what our own parcels took, or that it is the carrier's word. Empty for
 * a parcel that the phone has kept since before this was told.
 */
export function howSure(eta: Eta): string {
  if (!eta.basis) return "";
  const trips = eta.trips ?? null;
  if (eta.basis === "lane" && trips !== null && eta.share)
    return t("order-eta-lane", { share: Math.floor(eta.share / 10), trips });
  if (trips === null) return t("order-eta-carrier");
  return trips === 0 ? t("order-eta-first") : t("order-eta-few", { count: trips });
}
