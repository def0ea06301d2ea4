import { beforeEach, expect, test, vi } from "vitest";
import { ShopServer } from "../testing/shop-server";
import { newPhone, openTab } from "../testing/tab";
import type { Order } from "./model";

const order = (id: string, state: Order["state"] = "shipped") => ({
  id,
  number: id,
  state,
  placed_at: "2026-11-23T20:00:00Z",
  lines: [],
  batches: [],
  parcels: [],
});

let server: ShopServer;
let pages: unknown[][];
let asked: string[];

beforeEach(() => {
  server = new ShopServer();
  newPhone(server);
  pages = [[]];
  asked = [];
  vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
    if (!String(input).startsWith("/api/v1/orders?")) return server.fetch(input, init);
    asked.push(String(input));
    const n = Number(new URLSearchParams(String(input).split("?")[1]).get("cursor") ?? 0);
    const next_cursor = n + 1 < pages.length ? String(n + 1) : null;
    return new Response(JSON.stringify({ items: pages[n], next_cursor }));
  });
});

async function ordersOf() {
  const tab = await openTab();
  const [queries, guests] = await Promise.all([import("./queries"), import("./guest-orders")]);
  const ids = () => queries.orders.value.map((each) => each.id);
  return { tab, ids, queries, refresh: guests.refreshGuestOrders };
}

test("a guest asks for nothing", async () => {
  const { refresh, tab } = await ordersOf();
  await tab.syncNow();
  await refresh();
  expect(asked).toEqual([]);
});

test("what was ordered as a guest stands among the orders after logging in, also offline and after a restart", async () => {
  server.extra = [{ kind: "order", id: "own", rev: 1, value: order("own") }];
  pages = [[order("guest-1"), order("own", "paid")], [order("guest-2")]];
  const { tab, ids, refresh } = await ordersOf();
  await tab.session.login("ana@example.com", "correct horse battery");
  await tab.syncNow();
  await refresh();
  await tab.settle();
  expect(asked).toHaveLength(2);
  expect(asked.every((path) => path.includes("linked=true"))).toBe(true);
  expect(ids().sort()).toEqual(["guest-1", "guest-2", "own"]);

  const reopened = await ordersOf();
  expect(reopened.ids().sort()).toEqual(["guest-1", "guest-2", "own"]);
  expect(reopened.queries.isSynced("own")).toBe(true);
  expect(reopened.queries.isSynced("guest-1")).toBe(false);
  expect(reopened.queries.orders.value.find((each) => each.id === "own")?.state).toBe("shipped");
});

test("nothing of it is left after logging out, nor filed by an answer that comes later", async () => {
  pages = [[order("guest-1")]];
  const { tab, ids, refresh } = await ordersOf();
  await tab.session.login("ana@example.com", "correct horse battery");
  await tab.settle();
  await refresh();
  const key = (await tab.currentScope())?.key ?? "";
  await tab.settle();
  expect(ids()).toEqual(["guest-1"]);
  server.login = "guest";
  await tab.session.logout();
  await tab.keepConfirmed(key, "guest_order", new Map([["guest-1", order("guest-1")]]));
  await tab.settle();
  expect(ids()).toEqual([]);
  expect((await tab.all("confirmed")).filter(({ kind }) => kind === "guest_order")).toEqual([]);
});
