import { t } from "../platform/locale";
import { Sheet } from "../ui/sheet";
import { BuyerForm } from "./buyer-form";

/** Who buys, over whichever screen asks. */
export function BuyerSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet open onClose={onClose} title={t("buyer-title")}>
      <BuyerForm onDone={onClose} />
    </Sheet>
  );
}
