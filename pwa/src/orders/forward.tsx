import { useEffect, useState } from "preact/hooks";
import { api } from "../platform/http";
import { t } from "../platform/locale";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { useLoad } from "../ui/load";
import { toast } from "../ui/toast";
import type { Order, ParcelState } from "./model";

/** What happens next to an order of the demo market; no step: nothing does. */
export interface NextStep {
  step: string | null;
  /** What the parcel will be then; null while the shop has it. */
  state: ParcelState | null;
  place: string | null;
}

/** In the demo market, where nobody packs and no parcel moves: who ordered lets the next thing happen. */
export function Forward({ order, stamp }: { order: Order; stamp: string }) {
  const path = `/api/v1/demo/orders/${encodeURIComponent(order.id)}`;
  const next = useLoad(path, () => api<NextStep>("GET", `${path}/next`));
  // While it asks again what comes after a move, what was known stays: a tap on it then changes nothing.
  useEffect(() => {
    if (next.data) next.retry();
  }, [stamp]);
  const [busy, setBusy] = useState(false);
  const step = next.data?.step;
  if (next.data && !step) return null;
  const go = async () => {
    setBusy(true);
    try {
      next.put(await api<NextStep>("POST", `${path}/forward`, { step }));
    } catch {
      toast(t("forward-failed"));
      next.retry();
    }
    setBusy(false);
  };
  return (
    <section class="card stack" aria-labelledby="forward" data-testid="forward">
      <h2 id="forward">{t("forward-title")}</h2>
      <p class="small muted">{t("forward-text")}</p>
      {online.value ? (
        <Button look="plain" icon="clock" busy={busy || !step} onClick={go}>
          {next.data ? words(next.data) : t("forward-asking")}
        </Button>
      ) : (
        <p class="small">{t("forward-offline")}</p>
      )}
    </section>
  );
}

function words({ step, state, place }: NextStep): string {
  if (!state) return t(`forward-${step}`);
  // On the long way in between several things happen that are one state.
  const what = state === "in_transit" ? t(`forward-${step}`) : t(`parcel-${state}`);
  return t("forward-parcel", { what, place: place ?? "" });
}
