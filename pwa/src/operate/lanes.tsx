import { LanesScreen } from "../lanes/view";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Failed } from "./failed";

/** What was promised on every lane of the market, and what its parcels took. */
export default function OperatorLanesScreen() {
  usePage({ title: t("lanes-title"), back: "/operate" });
  return <LanesScreen path="/api/v1/operator/lanes" failed={Failed} />;
}
