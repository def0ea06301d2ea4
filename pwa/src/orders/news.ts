import { t } from "../platform/locale";
import { type Order, time } from "./model";

/** One thing that happened to an order. */
export interface News {
  id: string;
  order: string;
  shop: string;
  at: string | number;
  says: string;
}

const SHOWN_AT_MOST = 50;
const STORED = "sampan-notices-seen";

/** All scans of all parcels, newest first; an order without a parcel tells how it stands. */
export function newsOf(orders: readonly Order[]): News[] {
  const news = orders.flatMap((order): News[] => {
    const { id, shop } = order;
    const scans = (order.parcels ?? []).flatMap((parcel) =>
      parcel.events.map((event) => ({
        id: event.id,
        order: id,
        shop: shop.name,
        at: event.at,
        says: t(`parcel-now-${event.state}`, { place: event.place || "none" }),
      })),
    );
    const says = t(`order-now-${order.state}`, { shop: shop.name });
    return scans.length > 0 ? scans : [{ id, order: id, shop: shop.name, at: order.placed_at, says }];
  });
  return news.sort((a, b) => time(b.at) - time(a.at)).slice(0, SHOWN_AT_MOST);
}

/** Remembers the newest as seen; answers what was seen before, in milliseconds. */
export function lookedAt(newest: News | undefined): number {
  try {
    const before = Number(localStorage.getItem(STORED) ?? 0);
    if (newest) localStorage.setItem(STORED, String(Math.max(before, time(newest.at))));
    return before;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
