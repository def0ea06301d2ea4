import { useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { toast } from "../ui/toast";
import { type SellerGood, setBarcode } from "./goods-queries";
import { gtin, printed } from "./gtin";

/** The number under a product's barcode, by which it is counted into the box. Empty takes it away. */
export function Barcode({ good, onDone }: { good: SellerGood; onDone: () => void }) {
  const [typed, setTyped] = useState(good.gtin ? printed(good.gtin) : "");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (typed.trim() && !gtin(typed)) return setProblem(t("barcode-mistyped"));
    setBusy(true);
    setProblem("");
    try {
      await setBarcode(good.sku, typed.trim() || null);
      toast(t("barcode-done"));
      onDone();
    } catch {
      setProblem(t("barcode-refused"));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("barcode-label")}
        name="gtin"
        inputMode="numeric"
        maxLength={20}
        value={typed}
        error={problem || undefined}
        onInput={setTyped}
      />
      <Button type="submit" busy={busy}>
        {t("barcode-save")}
      </Button>
    </form>
  );
}
