import { useState } from "preact/hooks";
import { call } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { toast } from "../ui/toast";
import type { SellerBatch } from "./queries";

const papers = ["invoice", "packing_list", "customs", "label"] as const;

/** What travels with the parcel, as PDF to print or to hand on. The label comes with the parcel's number. */
export function Papers({ batch }: { batch: SellerBatch }) {
  const [busy, setBusy] = useState("");
  const open = async (paper: string) => {
    setBusy(paper);
    try {
      const answer = await call("GET", `/api/v1/seller/batches/${batch.id}/papers/${paper}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `${batch.order_number}-${paper}.pdf`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
    } catch {
      toast(t("sell-paper-failed"));
    }
    setBusy("");
  };
  return (
    <section class="card stack" aria-labelledby="papers">
      <h2 id="papers">{t("sell-papers")}</h2>
      <div class="wrap">
        {papers
          .filter((paper) => paper !== "label" || batch.parcel)
          .map((paper) => (
            <Button key={paper} icon="download" busy={busy === paper} onClick={() => void open(paper)}>
              {t(`sell-paper-${paper.replace("_", "-")}`)}
            </Button>
          ))}
      </div>
    </section>
  );
}

const KEPT_MS = 60_000;
