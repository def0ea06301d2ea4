import { LanesScreen } from "../lanes/view";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { LoadError } from "../ui/empty";

/** What was promised on the lanes of the seller's own parcels, and what they took. */
export default function SellerLanesScreen() {
  usePage({ title: t("lanes-title"), back: "/sell" });
  return <LanesScreen path="/api/v1/seller/lanes" failed={LoadError} />;
}
