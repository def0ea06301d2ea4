import { describe, expect, it } from "vitest";
import {
  type BatchState,
  byInterest,
  isQuiet,
  needsYou,
  newestFirst,
  type Order,
  type Parcel,
  type ParcelState,
  progress,
  speaking,
} from "./model";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const euro = (minor: number) => ({ minor, currency: "EUR" });

function parcel(state: ParcelState, more: Partial<Parcel> = {}): Parcel {
  return {
    id: state,
    carrier: "sampan-local",
    number: "SL1",
    state,
    eta: null,
    last_event_at: "2026-11-23T09:00:00Z",
    events: [],
    ...more,
  };
}

function order(state: BatchState, parcels: Parcel[] = [], id: string = state): Order {
  return {
    id,
    number: id,
    order_group: "g",
    shop: { slug: "s", name: "S", country: "JP", tint: "#ffffff" },
    state,
    placed_at: "2026-11-14T09:00:00Z",
    currency: "EUR",
    goods: euro(100),
    freight: euro(10),
    duty: null,
    tax: null,
    total: euro(110),
    ship_to: { country: "PT" },
    lines: [],
    batches: [],
    parcels,
  };
}

describe("an order's progress", () => {
  it("only ever grows along the usual way", () => {
    const steps: ParcelState[] = [
      "info_received",
      "picked_up",
      "in_transit",
      "customs",
      "customs_cleared",
      "out_for_delivery",
    ];
    const shares = [
      progress(order("paid")),
      progress(order("packed")),
      ...steps.map((state) => progress(order("shipped", [parcel(state)]))),
      progress(order("delivered", [parcel("delivered")])),
    ];
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("is that of its slowest parcel", () =>
    expect(progress(order("shipped", [parcel("delivered"), parcel("customs")]))).toBe(
      progress(order("shipped", [parcel("customs")])),
    ));

  it("is nothing once cancelled", () => expect(progress(order("cancelled"))).toBe(0));
});

describe("what the buyer must do", () => {
  it.each<[Order, unknown]>([
    [order("shipped", [parcel("in_transit")]), null],
    [order("shipped", [parcel("in_transit"), parcel("customs_held")]), "customs_held"],
    [order("delivered", [parcel("available_for_pickup")]), null],
    [order("awaiting_payment"), "awaiting_payment"],
  ])("case %#", (given, expected) => {
    const found = needsYou(given);
    expect(typeof found === "object" ? (found?.id ?? null) : found).toBe(expected);
  });

  it("is what the first sentence speaks of", () =>
    expect(speaking(order("shipped", [parcel("picked_up"), parcel("available_for_pickup")]))?.id).toBe(
      "available_for_pickup",
    ));
});

it("events are told newest first, however they came", () => {
  const event = (id: string, at: string | number) => ({ id, at, state: "customs" as const, place: null, text: null });
  const told = newestFirst([
    event("b", "2026-11-20T00:00:00Z"),
    event("c", Date.parse("2026-11-21T00:00:00Z")),
    event("a", "2026-11-19T00:00:00Z"),
  ]);
  expect(told.map(({ id }) => id)).toEqual(["c", "b", "a"]);
  const scans = [2, 10, 9].map((n) => event(`parcel/${n}`, "2026-11-20T00:00:00Z"));
  expect(newestFirst(scans).map(({ id }) => id)).toEqual(["parcel/10", "parcel/9", "parcel/2"]);
});

it("a parcel is quiet after four days without news, unless it has arrived", () => {
  const since = (days: number) => ({ last_event_at: new Date(NOW - days * 86_400_000).toISOString() });
  expect(isQuiet(parcel("in_transit", since(3)), NOW)).toBe(false);
  expect(isQuiet(parcel("in_transit", since(5)), NOW)).toBe(true);
  expect(isQuiet(parcel("delivered", since(50)), NOW)).toBe(false);
});

it("orders that need the buyer come first, then what moves, then the past", () => {
  const all = [
    order("delivered"),
    order("paid"),
    order("shipped", [parcel("customs_held")], "held"),
    order("shipped", [parcel("customs")], "near"),
  ];
  expect(byInterest(all).map(({ id }) => id)).toEqual(["held", "near", "paid", "delivered"]);
});
