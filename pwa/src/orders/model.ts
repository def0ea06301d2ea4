import type { Origin } from "../catalog/quote";
import type { Money } from "../platform/money";

/** The maker an order is placed with. */
export interface ShopRef {
  slug: string;
  name: string;
  country: string;
  tint: string;
}

export type BatchState =
  | "planned"
  | "awaiting_payment"
  | "paid"
  | "packed"
  | "shipped"
  | "delivered"
  | "settled"
  | "cancelled"
  | "returned"
  | "disputed";

export type ParcelState =
  | "info_received"
  | "picked_up"
  | "in_transit"
  | "customs"
  | "customs_held"
  | "customs_cleared"
  | "out_for_delivery"
  | "available_for_pickup"
  | "delivery_failed"
  | "delivered"
  | "returning"
  | "returned"
  | "exception"
  | "expired";

export interface ParcelEvent {
  id: string;
  at: string | number;
  state: ParcelState;
  place: string | null;
  /** The carrier's own words. */
  text: string | null;
}

/** When a parcel should arrive, and what that rests on; parcels kept since before that was told have the days alone. */
export interface Eta {
  from: string | number;
  to: string | number;
  /** Our own parcels' days on this lane, or the carrier's price list. */
  basis?: "lane" | "carrier";
  /** Parcels of ours that had gone this way before. */
  trips?: number | null;
  /** Of a hundred of them at least so many came within such days. */
  share?: number | null;
}

export interface Parcel {
  id: string;
  order?: string;
  carrier: string;
  number: string;
  state: ParcelState;
  eta: Eta | null;
  last_event_at: string | number | null;
  events: ParcelEvent[];
}

export interface OrderLine {
  sku: string;
  title: string;
  image: string | null;
  quantity: number;
  unit_price: Money;
  total: Money;
  /** What the shopper wrote on the line, for the shop. */
  note?: string | null;
}

/** The kind under which the phone keeps what its owner ordered as a guest, before logging in. */
export const GUEST_ORDER = "guest_order";

export interface ShipTo {
  name?: string | null;
  line1?: string | null;
  line2?: string | null;
  city?: string | null;
  region?: string | null;
  postcode?: string | null;
  country: string;
}

export interface Order {
  id: string;
  number: string;
  order_group: string;
  shop: ShopRef;
  state: BatchState;
  placed_at: string | number;
  currency: string;
  goods: Money;
  freight: Money | null;
  duty: Money | null;
  tax: Money | null;
  total: Money;
  ship_to: ShipTo;
  /** Where it leaves from, and why from there. */
  ships_from?: Origin | null;
  lines: OrderLine[];
  batches: {
    id: string;
    state: BatchState;
    /** When goods are expected that were sold before they came. */
    planned_for: string | number | null;
    /** What it was before, where it moved back. */
    planned_before?: string | number | null;
  }[];
  parcels?: Parcel[];
  documents?: { name: string; url: string }[];
  /** Where the order can be followed without a log-in; null when that has run out or is off. */
  link?: string | null;
  /** Until when the link works or worked; null when it is off. */
  link_until?: string | null;
  /** The demo market, where its shopper may let time pass. */
  is_demo?: boolean;
}

/** How far a parcel has come, from 0 (known to the carrier) to 1 (at the door). Held parcels stand where they are held. */
const way: Record<ParcelState, number> = {
  info_received: 0.3,
  picked_up: 0.4,
  in_transit: 0.5,
  customs: 0.62,
  customs_held: 0.62,
  customs_cleared: 0.75,
  out_for_delivery: 0.9,
  available_for_pickup: 0.95,
  delivery_failed: 0.9,
  delivered: 1,
  returning: 0.5,
  returned: 0,
  exception: 0.5,
  expired: 0.3,
};

const batchWay: Record<BatchState, number> = {
  planned: 0,
  awaiting_payment: 0.03,
  paid: 0.1,
  packed: 0.22,
  shipped: 0.35,
  delivered: 1,
  settled: 1,
  cancelled: 0,
  returned: 0,
  disputed: 1,
};

/** An order's progress from 0 to 1: its least advanced parcel, else its batch. */
export function progress(order: Order): number {
  const parcels = order.parcels ?? [];
  if (parcels.length === 0 || isOver(order)) return batchWay[order.state];
  return Math.max(
    batchWay[order.state] === 1 ? 0 : batchWay[order.state],
    Math.min(...parcels.map((parcel) => way[parcel.state])),
  );
}

/** Nothing more will move. */
export function isOver(order: Order): boolean {
  return (
    order.state === "delivered" ||
    order.state === "settled" ||
    order.state === "cancelled" ||
    order.state === "returned"
  );
}

const urgent: readonly ParcelState[] = [
  "customs_held",
  "available_for_pickup",
  "delivery_failed",
  "exception",
  "expired",
];

/** The parcel that waits for the buyer's hand, if one does. */
export function needsYou(order: Order): Parcel | "awaiting_payment" | null {
  if (order.state === "awaiting_payment") return "awaiting_payment";
  if (isOver(order)) return null;
  return order.parcels?.find((parcel) => urgent.includes(parcel.state)) ?? null;
}

/** The parcel the opening sentence speaks of: one that needs the buyer, else the least advanced that still moves. */
export function speaking(order: Order): Parcel | null {
  const urgentOne = needsYou(order);
  if (urgentOne && urgentOne !== "awaiting_payment") return urgentOne;
  const parcels = [...(order.parcels ?? [])].sort((a, b) => way[a.state] - way[b.state]);
  return parcels.find((parcel) => parcel.state !== "delivered") ?? parcels[0] ?? null;
}

/** The batch whose goods are yet to come, sold before they were there. */
export function waiting(order: Order): Order["batches"][number] | null {
  return order.batches.find((batch) => batch.planned_for && batch.state === "paid") ?? null;
}

/** What happened last to a parcel; events may come in any order. */
export function lastEvent(parcel: Parcel): ParcelEvent | null {
  return newestFirst(parcel.events)[0] ?? null;
}

export function newestFirst(events: readonly ParcelEvent[]): ParcelEvent[] {
  return [...events].sort((a, b) => time(b.at) - time(a.at) || number(b) - number(a));
}

/** The how-manieth it is of its parcel, as its id `<parcel>/<n>` says: settles which of two in one moment came later. */
function number({ id }: ParcelEvent): number {
  return Number(id.slice(id.lastIndexOf("/") + 1)) || 0;
}

/** Epoch milliseconds of a time as the API gives it (RFC 3339) or sync does (milliseconds). */
export function time(when: string | number): number {
  return typeof when === "number" ? when : Date.parse(when);
}

const QUIET_DAYS = 4;

/** A parcel on its way of which nothing was heard for days. */
export function isQuiet(parcel: Parcel, now: number): boolean {
  if (parcel.state === "delivered" || parcel.state === "returned" || !parcel.last_event_at) return false;
  return now - time(parcel.last_event_at) > QUIET_DAYS * 86_400_000;
}

/** Orders that still move, the next to arrive first; then the rest, newest first. */
export function byInterest(orders: readonly Order[]): Order[] {
  return [...orders].sort(
    (a, b) =>
      Number(!!needsYou(b)) - Number(!!needsYou(a)) ||
      Number(isOver(a)) - Number(isOver(b)) ||
      (isOver(a) ? 0 : progress(b) - progress(a)) ||
      time(b.placed_at) - time(a.placed_at),
  );
}
