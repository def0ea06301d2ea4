import { useEffect } from "preact/hooks";
import { formatDate, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { usePage } from "../platform/page";
import { account, signedOut } from "../platform/session";
import { view } from "../sync/view";
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/empty";
import { SkeletonList } from "../ui/skeleton";
import { isOver, type Order } from "./model";
import { ordersSeen } from "./moved";
import { OrderSummary } from "./on-its-way";
import "./orders.css";
import { QueuedCheckouts } from "../checkout/queued";
import { orders, ordersKnown, useGuestOrders } from "./queries";

/** All orders, what still moves on top; read from the phone, so it works offline. */
export default function OrdersScreen() {
  usePage({ title: t("order-list-title") });
  useEffect(() => ordersSeen(view.value), [view.value]);
  useGuestOrders();

  const all = orders.value;
  const moving = all.filter((order) => !isOver(order));
  const past = all.filter(isOver);
  if (!ordersKnown.value) return <SkeletonList rows={3} height="7.5rem" />;
  return (
    <div class="screen">
      <QueuedCheckouts />
      {all.length === 0 && (
        <Empty
          drawing="cargo"
          title={t("order-none-title")}
          text={t(account.value ? "order-none-text" : "order-none-guest")}
        >
          <ButtonLink href="/search">{t("order-none-browse")}</ButtonLink>
          {(!account.value || signedOut.value) && (
            <a class="more-link" href="/login">
              {t("account-login")}
            </a>
          )}
        </Empty>
      )}
      {moving.length > 0 && <OrderGroup id="moving" title={t("order-moving")} orders={moving} />}
      {past.length > 0 && <OrderGroup id="past" title={t("order-past")} orders={past} />}
    </div>
  );
}

function OrderGroup({ id, title, orders }: { id: string; title: string; orders: readonly Order[] }) {
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="stack">
        {orders.map((order) => (
          <li key={order.id}>
            <a class="card order-card" href={`/orders/${order.id}`}>
              <OrderSummary order={order} />
              <span class="between small muted">
                <span>{formatDate(order.placed_at, "date")}</span>
                <span class="number">{formatMoney(order.total)}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
