import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Field, Select } from "../ui/field";
import { wholeNumber } from "../ui/stepper";
import { placeName } from "./stock";
import { type SellerStock, sendTransfer, type Warehouse } from "./stock-queries";

interface SendOnProps {
  variant: SellerStock;
  /** Pieces that are free with the maker. */
  free: number;
  warehouses: readonly Warehouse[];
  onDone: () => void;
}

/** Sends pieces from the maker to a warehouse near the buyers; a second tap on the same form sends nothing twice. */
export function SendOn({ variant, free, warehouses, onDone }: SendOnProps) {
  const [id] = useState(() => crypto.randomUUID());
  const [warehouse, setWarehouse] = useState(warehouses[0]?.slug ?? "");
  const [pieces, setPieces] = useState("");
  const [number, setNumber] = useState("");
  const [expected, setExpected] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  if (warehouses.length === 0) return null;
  const send = async () => {
    const wanted = wholeNumber(pieces);
    if (!wanted || wanted > free) return setError(t("transfers-pieces-wrong", { count: free }));
    setBusy(true);
    setError("");
    try {
      await sendTransfer({
        id,
        warehouse,
        lines: [{ sku: variant.sku, pieces: wanted }],
        ...(number.trim() && { number: number.trim() }),
        ...(expected && { expected_on: expected }),
      });
      onDone();
    } catch (problem) {
      setError(problem instanceof Problem ? problem.message : t("sell-failed"));
    }
    setBusy(false);
  };
  return (
    <details class="stack">
      <summary>{t("transfers-send")}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Select
          label={t("transfers-to")}
          name="warehouse"
          value={warehouse}
          options={warehouses.map(({ slug }) => ({ value: slug, label: placeName(slug, warehouses) }))}
          onChange={setWarehouse}
        />
        <Field
          label={t("transfers-pieces")}
          name="pieces"
          inputMode="numeric"
          value={pieces}
          maxLength={7}
          error={error || undefined}
          onInput={setPieces}
        />
        <Field label={t("sell-tracking-number")} name="number" value={number} maxLength={40} onInput={setNumber} />
        <label class="field">
          <span>{t("transfers-expected")}</span>
          <input
            class="input"
            type="date"
            value={expected}
            onChange={(event) => setExpected(event.currentTarget.value)}
          />
        </label>
        <Button wide type="submit" icon="truck" busy={busy}>
          {t("transfers-send")}
        </Button>
      </form>
    </details>
  );
}
