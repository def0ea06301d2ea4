import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Sheet } from "../ui/sheet";
import type { Placing } from "./placing";

/** The sandbox's bank asks whether it is really you. */
export function Challenge({ placing: { challenge } }: { placing: Placing }) {
  return (
    <Sheet open={challenge !== null} onClose={() => challenge?.(false)} title={t("checkout-challenge-title")}>
      <p>{t("checkout-challenge-text")}</p>
      <Button look="primary" wide icon="shield" onClick={() => challenge?.(true)}>
        {t("checkout-challenge-yes")}
      </Button>
      <Button wide onClick={() => challenge?.(false)}>
        {t("checkout-challenge-no")}
      </Button>
    </Sheet>
  );
}
