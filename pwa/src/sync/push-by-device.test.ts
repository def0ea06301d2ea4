import { beforeEach, expect, test } from "vitest";
import { refusal, ShopServer } from "../testing/shop-server";
import { newPhone, openTab } from "../testing/tab";

let server: ShopServer;

beforeEach(() => {
  server = new ShopServer();
  newPhone(server);
});

/** The worker shares the phone's database with the tab, and nothing else. */
async function worker() {
  return (await import("./push-by-device")).pushByDevice();
}

test("with the app closed the worker sends what waits, and the app neither loses nor repeats it", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 2);
  await tab.syncNow();
  await tab.cart.add("SKU-1", 3);
  await tab.enqueue({ kind: "address.put", address_id: "a1", city: "Delft" });
  await worker();
  expect(server.quantity("SKU-1")).toBe(5);
  expect(server.requests.at(-1)?.ops.map((op) => op.kind)).toEqual(["cart.add"]);
  await tab.settle();
  expect(tab.cart.quantityOf("SKU-1")).toBe(5);
  expect(tab.cart.lineState("SKU-1")).toBe("sent");
  await tab.syncNow();
  await tab.settle();
  expect(server.requests.at(-1)?.ops.map((op) => op.kind)).toEqual(["address.put"]);
  expect(tab.cart.quantityOf("SKU-1")).toBe(5);
  expect(await tab.all("outbox")).toEqual([]);
});

test("a phone that the server has never met leaves sending to the app", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 2);
  await worker();
  expect(server.requests).toEqual([]);
});

test("a busy server is tried again by the browser; a refusal is left to the app", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  await tab.cart.add("SKU-1", 1);
  server.fault = () => refusal(503, "unavailable");
  await expect(worker()).rejects.toThrow("503");
  server.fault = () => refusal(409, "device-forked");
  await worker();
  expect(await tab.all("outbox")).toHaveLength(1);
});
