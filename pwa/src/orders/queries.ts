import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { confirmed, loaded } from "../db/mirror";
import { api } from "../platform/http";
import { account } from "../platform/session";
import {
  byInterest,
  GUEST_ORDER,
  isOver,
  type Order,
  type OrderLine,
  type Parcel,
  type ParcelEvent,
  type ShopRef,
  time,
} from "./model";

const REORDER_AT_MOST = 8;

/** The shopper's orders, and those they placed as a guest, as the phone holds them; works offline. */
export const orders = computed<Order[]>(() => {
  const parcels = new Map<string, Parcel[]>();
  const events = new Map<string, ParcelEvent[]>();
  for (const [id, value] of confirmed.value.get("parcel_event") ?? []) {
    const parcel = id.slice(0, id.lastIndexOf("/"));
    add(events, parcel, { ...(value as Omit<ParcelEvent, "id">), id });
  }
  for (const [id, value] of confirmed.value.get("parcel") ?? []) {
    const parcel = value as Omit<Parcel, "id" | "events">;
    if (parcel.order) add(parcels, parcel.order, { ...parcel, id, events: events.get(id) ?? [] });
  }
  const synced = [...(confirmed.value.get("order") ?? [])].map(([id, value]) => {
    const order = value as Order;
    return { ...order, id, parcels: parcels.get(id) ?? order.parcels ?? [] };
  });
  const guests = [...(confirmed.value.get(GUEST_ORDER) ?? [])].filter(([id]) => !isSynced(id));
  return byInterest([...synced, ...guests.map(([id, value]) => ({ ...(value as Order), id }))]);
});

/** Does this order come by sync? One that was placed as a guest, before the log-in, does not. */
export function isSynced(id: string): boolean {
  return confirmed.value.get("order")?.has(id) ?? false;
}

/** Asks for what was ordered as a guest, when a screen with orders opens and when the network is back. */
export function useGuestOrders(): void {
  const email = account.value?.email;
  useEffect(() => {
    if (!email) return;
    const ask = () =>
      void import("./guest-orders").then(({ refreshGuestOrders }) => refreshGuestOrders()).catch(() => undefined);
    ask();
    addEventListener("online", ask);
    return () => removeEventListener("online", ask);
  }, [email]);
}

/** False until the phone's own database was read: then "no orders" is true. */
export const ordersKnown = loaded;

/** How many orders are on their way. */
export const onTheWay = computed(() => orders.value.filter((order) => !isOver(order)).length);

/** Lines of past orders, the latest first, each product once. */
export const reorderable = computed<{ line: OrderLine; shop: ShopRef }[]>(() => {
  const seen = new Map<string, { line: OrderLine; shop: ShopRef }>();
  for (const order of [...orders.value].sort((a, b) => time(b.placed_at) - time(a.placed_at)))
    for (const line of order.lines) if (!seen.has(line.sku)) seen.set(line.sku, { line, shop: order.shop });
  return [...seen.values()].slice(0, REORDER_AT_MOST);
});

/** One order with everything the server knows of it. */
export function fetchOrder(id: string): Promise<Order> {
  return api("GET", `/api/v1/orders/${encodeURIComponent(id)}`);
}

/** The order behind a private link; needs no log-in and tells no address. */
export function fetchOrderByLink(token: string): Promise<Order> {
  return api("GET", `/api/v1/orders/by-link/${encodeURIComponent(token)}`);
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
