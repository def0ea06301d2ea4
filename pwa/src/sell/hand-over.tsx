import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { toast } from "../ui/toast";
import { markShipped, type SellerBatch } from "./queries";

interface HandOverProps {
  batch: SellerBatch;
  onDone: (batch: SellerBatch) => void;
  reload: () => Promise<void>;
}

/** Gives a packed batch to its carrier. A number whose check digit is wrong is asked about once, and taken if it is printed so. */
export function HandOver({ batch, onDone, reload }: HandOverProps) {
  const [busy, setBusy] = useState(false);
  const [number, setNumber] = useState("");
  const [carrier, setCarrier] = useState("");
  const [doubted, setDoubted] = useState(false);
  const ship = async () => {
    setBusy(true);
    try {
      onDone(await markShipped(batch.id, { number: number.trim(), carrier: carrier.trim(), isAsPrinted: doubted }));
      toast(t("sell-shipped-done"));
    } catch (error) {
      if (isOfNumber(error) && !doubted) setDoubted(true);
      else {
        toast(t("sell-failed"));
        await reload().catch(() => undefined);
      }
    }
    setBusy(false);
  };

  return (
    <>
      <section class="card stack" aria-labelledby="tracking">
        <h2 id="tracking">{t("sell-tracking")}</h2>
        <p class="small muted">{t("sell-tracking-text")}</p>
        <Field
          label={t("sell-tracking-number")}
          name="tracking_number"
          value={number}
          maxLength={40}
          error={doubted ? t("sell-tracking-doubted") : undefined}
          onInput={(typed) => {
            setNumber(typed);
            setDoubted(false);
          }}
        />
        {number && (
          <Field label={t("sell-carrier")} name="carrier" value={carrier} maxLength={40} onInput={setCarrier} />
        )}
      </section>
      <div class="action-bar">
        <Button look="primary" wide icon="truck" busy={busy} onClick={() => void ship()}>
          {t(doubted ? "sell-as-printed" : "sell-shipped")}
        </Button>
      </div>
    </>
  );
}

/** The server doubts the number itself. */
function isOfNumber(error: unknown): boolean {
  if (!(error instanceof Problem) || error.status !== 422) return false;
  const fields = error.body.errors as { pointer: string }[] | undefined;
  return fields?.some(({ pointer }) => pointer === "/tracking_number") ?? false;
}
