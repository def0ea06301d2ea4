import { useEffect, useRef } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { InstallHint } from "../push/install-hint";
import { MuteOrder } from "../push/mute";
import { PushOptIn } from "../push/opt-in";
import { view } from "../sync/view";
import { IconButton } from "../ui/button";
import { LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";
import { useLoad } from "../ui/load";
import { sharePage } from "../ui/share";
import { SkeletonList } from "../ui/skeleton";
import { absolute, LinkCard } from "./link-card";
import { isOver, type Order } from "./model";
import { ordersSeen } from "./moved";
import { fetchOrder, isSynced, orders } from "./queries";
import { Tracking } from "./tracking";

const Forward = later(() => import("./forward").then((part) => part.Forward), "9rem");

/** One order as the shopper follows it: the phone's copy at once, the server's fuller one when it comes. */
export default function OrderScreen() {
  const id = useRoute().params.id ?? "";
  const placed = Number(useLocation().query.placed ?? 0);
  const kept = orders.value.find((order) => order.id === id);
  // Every move of the order kept here asks for the rest again: documents and the private link.
  const fetched = useLoad(`${id} ${stamp(kept)}`, () => fetchOrder(id));
  const last = useRef<Order | null>(null);
  if (fetched.data) last.current = fetched.data;
  // Until the newer answer is there, the one before it stays, so that no card comes and goes.
  const fuller = fetched.data ?? (last.current?.id === id ? last.current : null);
  const order = isSynced(id) ? together(kept, fuller) : (fetched.data ?? kept ?? null);
  useEffect(() => ordersSeen(view.value), [view.value]);

  const link = order?.link;
  usePage({
    title: order ? t("order-title", { number: order.number }) : t("order-list-title"),
    back: "/orders",
    action: link && (
      <IconButton
        icon="share"
        label={t("order-share")}
        onClick={() => sharePage(t("order-title", { number: order.number }), absolute(link))}
      />
    ),
  });

  if (order) {
    const card = order.link_until !== undefined && (
      <LinkCard order={order} changed={(link) => fetched.put({ ...(fuller ?? order), ...link })} />
    );
    const asks = !isOver(order) && (
      <>
        {order.is_demo && <Forward order={order} stamp={stamp(order)} />}
        <PushOptIn shop={order.shop.name} />
        <MuteOrder id={order.id} />
        <InstallHint />
      </>
    );
    return placed > 0 ? (
      <Tracking order={order} before={<JustPlaced orders={placed} />} between={asks} after={card} />
    ) : (
      <Tracking
        order={order}
        after={
          <>
            {card}
            {asks}
          </>
        }
      />
    );
  }
  if (fetched.error) return <LoadError error={fetched.error} retry={fetched.retry} />;
  return (
    <div class="screen">
      <SkeletonList rows={3} height="9rem" />
    </div>
  );
}

/** Right after the checkout: that it is done, and what happens now. */
function JustPlaced({ orders }: { orders: number }) {
  return (
    <div class="notice notice-leaf" role="status">
      <span class="tone-leaf">
        <Icon name="done" />
      </span>
      <div class="stack">
        <strong>{t("order-placed", { count: orders })}</strong>
        <p class="small">{t("order-placed-text")}</p>
        {orders > 1 && (
          <a class="more-link" href="/orders">
            {t("order-placed-others", { count: orders - 1 })}
          </a>
        )}
      </div>
    </div>
  );
}

/** State and events follow sync; what only the detailed answer knows is laid beside it. */
function together(synced: Order | undefined, fetched: Order | null): Order | null {
  if (!synced) return fetched;
  if (!fetched) return synced;
  const parcels = synced.parcels?.length ? synced.parcels : (fetched.parcels ?? []);
  const events = new Map(fetched.parcels?.map((parcel) => [parcel.id, parcel.events]));
  return {
    ...fetched,
    ...synced,
    parcels: parcels.map((parcel) => {
      const more = events.get(parcel.id) ?? [];
      return more.length > parcel.events.length ? { ...parcel, events: more } : parcel;
    }),
    documents: fetched.documents ?? [],
    is_demo: fetched.is_demo ?? false,
    link: fetched.link ?? null,
    ...(fetched.link_until !== undefined && { link_until: fetched.link_until }),
  };
}

function stamp(order: Order | undefined): string {
  return order
    ? `${order.state} ${order.parcels?.map((parcel) => `${parcel.state}${parcel.last_event_at}`).join()}`
    : "";
}
