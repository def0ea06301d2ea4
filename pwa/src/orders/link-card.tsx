import { useState } from "preact/hooks";
import { api } from "../platform/http";
import { formatDate, t } from "../platform/locale";
import { Button } from "../ui/button";
import { sharePage } from "../ui/share";
import { toast } from "../ui/toast";
import type { Order } from "./model";

/** What an order's link is now: null when it has run out or is off; `link_until` null when it is off. */
export type LinkState = Pick<Order, "link" | "link_until">;

/** The order's private link for its owner: until when it is good, to share it, to renew it, to stop sharing. */
export function LinkCard({ order, changed }: { order: Order; changed: (link: LinkState) => void }) {
  const [busy, setBusy] = useState<"renew" | "stop" | null>(null);
  const path = `/api/v1/orders/${encodeURIComponent(order.id)}/link`;
  const act = async (what: "renew" | "stop", call: () => Promise<LinkState>, done: string) => {
    setBusy(what);
    try {
      changed(await call());
      toast(done);
    } catch {
      toast(t("order-link-failed"));
    }
    setBusy(null);
  };
  const renew = () =>
    act("renew", () => api<LinkState>("POST", path, {}), t(order.link ? "order-link-renewed" : "order-link-made"));
  const stop = () =>
    act(
      "stop",
      async () => {
        await api("DELETE", path);
        return { link: null, link_until: null };
      },
      t("order-link-stopped"),
    );
  const { link, link_until } = order;
  return (
    <section class="card stack" aria-labelledby="order-link">
      <h2 id="order-link">{t("order-link-title")}</h2>
      <p class="small">
        {link
          ? link_until && t("order-link-until", { date: formatDate(link_until, "date") })
          : link_until
            ? t("order-link-ran-out", { date: formatDate(link_until, "date") })
            : t("order-link-off")}
      </p>
      {link && <p class="small muted">{t("order-link-note")}</p>}
      <div class="wrap">
        {link && (
          <Button icon="share" onClick={() => sharePage(t("order-title", { number: order.number }), absolute(link))}>
            {t("order-link-share")}
          </Button>
        )}
        <Button look={link ? "quiet" : "plain"} busy={busy === "renew"} disabled={busy === "stop"} onClick={renew}>
          {t(link ? "order-link-renew" : "order-link-make")}
        </Button>
        {link && (
          <Button look="quiet" busy={busy === "stop"} disabled={busy === "renew"} onClick={stop}>
            {t("order-link-stop")}
          </Button>
        )}
      </div>
      {link && <p class="small muted">{t("order-link-renew-note")}</p>}
    </section>
  );
}

/** The link as it can be sent: with this market's address. */
export function absolute(link: string): string {
  return new URL(link, location.origin).href;
}
