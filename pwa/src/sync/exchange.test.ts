import { beforeEach, expect, test } from "vitest";
import { refusal, ShopServer } from "../testing/shop-server";
import { newPhone, openTab } from "../testing/tab";

let server: ShopServer;

beforeEach(() => {
  server = new ShopServer();
  newPhone(server);
});

test("a tap made before the first network becomes a guest's and reaches the server once", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 6);
  expect(tab.cart.quantityOf("SKU-1")).toBe(6);
  await tab.syncNow();
  await tab.settle();
  expect(server.quantity("SKU-1")).toBe(6);
  expect(tab.cart.quantityOf("SKU-1")).toBe(6);
  expect(await tab.all("outbox")).toEqual([]);
  expect(await tab.all("acked")).toHaveLength(1);
});

test("a lost reply sends the same ops again and counts them once", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 6);
  server.lose_replies = 1;
  expect((await tab.syncNow()).retry_after_ms).toBeGreaterThan(0);
  await tab.settle();
  expect(tab.unreachable.value).toBe(true);
  expect(tab.cart.quantityOf("SKU-1")).toBe(6);
  await tab.syncNow();
  await tab.settle();
  expect(server.requests[1]?.ops[0]?.id).toBe(server.requests[0]?.ops[0]?.id);
  expect(server.quantity("SKU-1")).toBe(6);
  expect(tab.unreachable.value).toBe(false);
  expect(await tab.all("outbox")).toEqual([]);
});

test("an op tapped during an exchange keeps its place and goes with the next round", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  let tapped: Promise<unknown> | undefined;
  server.fault = () => {
    tapped ??= tab.cart.add("SKU-1", 2);
    return undefined;
  };
  await tab.syncNow();
  await tapped;
  server.fault = null;
  await tab.syncNow();
  await tab.settle();
  expect(server.quantity("SKU-1")).toBe(3);
  expect(tab.cart.quantityOf("SKU-1")).toBe(3);
});

test("the base of a new op is the cursor last applied", async () => {
  const tab = await openTab();
  server.put("SKU-9", 4);
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  await tab.settle();
  const op = await tab.cart.set("SKU-9", 7);
  expect([op?.base, op?.base_at, op?.epoch]).toEqual([2, 20, "e1"]);
});

test("a long reply comes in pages and shows all at once, with the cursor moved only then", async () => {
  const tab = await openTab();
  for (let n = 0; n < 10; n += 1) server.put(`SKU-${n}`, 1);
  server.page_size = 4;
  await tab.cart.add("SKU-0", 1);
  server.fault = (_request, n) => (n === 3 ? refusal(503, "unavailable", { "retry-after": "7" }) : undefined);
  expect((await tab.syncNow()).retry_after_ms).toBe(7000);
  await tab.settle();
  expect(await tab.all("staged")).toHaveLength(2);
  expect(await tab.all("confirmed")).toEqual([]);
  expect(await tab.all("outbox")).toHaveLength(1);
  server.fault = null;
  await tab.syncNow();
  await tab.settle();
  expect(await tab.all("staged")).toEqual([]);
  expect(await tab.all("confirmed")).toHaveLength(10);
  expect(tab.cart.quantityOf("SKU-0")).toBe(2);
  expect(tab.scope.value?.cursor).toBe(11);
});

test("pages that the server no longer continues are fetched again from the cursor", async () => {
  const tab = await openTab();
  for (let n = 0; n < 6; n += 1) server.put(`SKU-${n}`, 1);
  await tab.cart.add("SKU-0", 1);
  server.page_size = 4;
  let refused = false;
  server.fault = (request) => {
    if (!request.page || refused) return undefined;
    refused = true;
    return refusal(400, "invalid");
  };
  await tab.syncNow();
  expect(await tab.all("confirmed")).toHaveLength(6);
});

test("an outcome is kept, named in `seen` with the next request, and shown until it is dismissed", async () => {
  const tab = await openTab();
  await tab.enqueue({ kind: "batch.skip", batch: "b1" });
  await tab.syncNow();
  await tab.settle();
  expect(tab.cards.value.map((card) => card.outcome.why)).toEqual(["unknown_kind"]);
  expect(tab.needsYou.value).toBe(1);
  await tab.syncNow();
  expect(server.requests.at(-1)?.seen).toHaveLength(1);
  expect(server.outcomes.size).toBe(0);
  await tab.settle();
  expect(tab.cards.value).toHaveLength(1);
  const { dismiss } = await import("./outcomes");
  await dismiss(tab.cards.value[0] as never);
  await tab.settle();
  expect(tab.cards.value).toEqual([]);
  await tab.syncNow();
  await tab.settle();
  expect(tab.cards.value).toEqual([]);
});

test("an outcome that was read and sent away on another phone goes away here too", async () => {
  const tab = await openTab();
  const id = (await tab.enqueue({ kind: "batch.skip", batch: "b1" }))?.id ?? "";
  // To its maker the card is gone among the changes from the start.
  server.extra = [{ kind: "outcome", id, rev: ++server.rev, value: null }];
  await tab.syncNow();
  await tab.syncNow();
  await tab.settle();
  expect(tab.cards.value).toHaveLength(1);
  server.extra = [{ kind: "outcome", id, rev: ++server.rev, value: null }];
  await tab.syncNow();
  await tab.settle();
  expect(tab.cards.value).toEqual([]);
});

test("`working` is never named in `seen`, and goes when `applied` is said", async () => {
  const tab = await openTab();
  const id = (await tab.enqueue({ kind: "checkout.place", intent: "i1" }))?.id ?? "";
  await tab.syncNow();
  await tab.syncNow();
  expect(server.requests.at(-1)?.seen).toEqual([]);
  await tab.settle();
  expect(tab.cards.value[0]?.outcome.code).toBe("working");
  server.outcomes.set(id, { id, code: "applied" });
  await tab.syncNow();
  await tab.settle();
  expect(tab.cards.value).toEqual([]);
  await tab.syncNow();
  expect(server.requests.at(-1)?.seen).toEqual([id]);
});

test("a fork gives the phone a new device, keeps the ops' ids and counts them anew", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  const device = server.requests[0]?.device ?? "";
  const second = await tab.cart.add("SKU-1", 2);
  const third = await tab.cart.add("SKU-1", 3);
  server.takeSeq(device, 2);
  await tab.syncNow();
  const last = server.requests.at(-1);
  expect(last?.device).not.toBe(device);
  expect(last?.ops.map((op) => [op.id, op.seq])).toEqual([
    [second?.id, 1],
    [third?.id, 2],
  ]);
  expect(server.quantity("SKU-1")).toBe(6);
  expect(await tab.all("outbox")).toEqual([]);
});

test("a server restored from a backup gets every acknowledged op again and doubles none", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  server.backup();
  await tab.cart.add("SKU-1", 10);
  await tab.syncNow();
  expect(server.quantity("SKU-1")).toBe(11);
  server.restore();
  expect(server.quantity("SKU-1")).toBe(1);
  await tab.syncNow();
  await tab.settle();
  expect(server.quantity("SKU-1")).toBe(11);
  expect(tab.cart.quantityOf("SKU-1")).toBe(11);
  expect(await tab.all("outbox")).toEqual([]);
  expect(tab.scope.value?.epoch).toBe("e2");
});

test("the snapshot of a restored server may come in pages", async () => {
  const tab = await openTab();
  for (let n = 0; n < 10; n += 1) server.put(`SKU-${n}`, 1);
  await tab.cart.add("SKU-0", 1);
  await tab.syncNow();
  server.backup();
  server.restore();
  server.page_size = 4;
  await tab.syncNow();
  await tab.settle();
  expect(tab.cart.lineCount.value).toBe(10);
  expect(tab.scope.value?.epoch).toBe("e2");
  expect(server.requests.length).toBeLessThan(8);
});

test("a reset in the middle of a long reply starts the snapshot anew", async () => {
  const tab = await openTab();
  for (let n = 0; n < 10; n += 1) server.put(`SKU-${n}`, 1);
  await tab.cart.add("SKU-0", 1);
  server.page_size = 4;
  server.fault = (_request, n) => {
    if (n === 2) {
      server.lines.delete("SKU-1");
      server.reset = "floor";
    }
    return undefined;
  };
  await tab.syncNow();
  await tab.settle();
  expect(tab.cart.quantityOf("SKU-1")).toBe(0);
  expect(tab.cart.lineCount.value).toBe(9);
  expect(await tab.all("staged")).toEqual([]);
});

test("a reset drops what was confirmed, keeps the outbox and takes the snapshot", async () => {
  const tab = await openTab();
  server.put("SKU-2", 5);
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  server.lines.delete("SKU-2");
  server.reset = "floor";
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  await tab.settle();
  expect(tab.cart.lines.value.map((line) => [line.sku, line.quantity])).toEqual([["SKU-1", 2]]);
});

test("an ended login goes on sending cart ops as the device and shows them until it may read again", async () => {
  const tab = await openTab();
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  await tab.syncNow();
  server.login = "ended";
  await tab.cart.add("SKU-1", 4);
  await tab.enqueue({ kind: "address.put", address_id: "a1", city: "Delft" });
  await tab.syncNow();
  await tab.settle();
  expect(server.authorizations.at(-1)).toMatch(/^Device /);
  expect(server.quantity("SKU-1")).toBe(4);
  expect(tab.session.signedOut.value).toBe(true);
  expect(tab.cart.quantityOf("SKU-1")).toBe(4);
  // Ids of one millisecond sort by chance.
  const kept = (await tab.all("outbox")).sort((a, b) => a.op.seq - b.op.seq);
  expect(kept.map((row) => [row.op.kind, row.pushed ?? false])).toEqual([
    ["cart.add", true],
    ["address.put", false],
  ]);
  expect(tab.line.value.state).toBe("sign_in");
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  await tab.syncNow();
  await tab.settle();
  expect(await tab.all("outbox")).toEqual([]);
  expect(tab.cart.quantityOf("SKU-1")).toBe(4);
});

test("a guest whose app ended right after a fork proves itself by the pair that the server knows", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  const before = await tab.currentScope();
  await tab.renewDevice(before?.key ?? "");
  const next = await openTab();
  await next.cart.add("SKU-1", 2);
  await next.syncNow();
  const after = await next.currentScope();
  expect(server.guests).toEqual([before?.device, before?.device]);
  expect(after?.device).not.toBe(before?.device);
  expect([after?.device_known, after?.proof]).toEqual([true, null]);
  expect(server.quantity("SKU-1")).toBe(3);
});

test("what the device pushed stays below newer taps, also when a fork has numbered those anew", async () => {
  const tab = await openTab();
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  await tab.syncNow();
  server.login = "ended";
  await tab.cart.add("SKU-1", 2);
  await tab.cart.set("SKU-1", 24);
  await tab.syncNow();
  await tab.cart.add("SKU-1", 1);
  server.takeSeq(server.requests.at(-1)?.device ?? "", 3);
  await tab.syncNow();
  await tab.settle();
  expect((await tab.all("outbox")).map((row) => [row.op.seq, row.pushed ?? false]).sort()).toEqual([
    [1, false],
    [1, true],
    [2, true],
  ]);
  expect(tab.cart.quantityOf("SKU-1")).toBe(25);
});

test("a device that the server lost is made known again and its outbox goes along", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  server.devices.clear();
  await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  expect(server.quantity("SKU-1")).toBe(2);
  expect(await tab.all("outbox")).toEqual([]);
});

test("a request that is too big is split until the server takes it", async () => {
  const tab = await openTab();
  server.max_ops = 3;
  for (let n = 0; n < 10; n += 1) await tab.cart.add("SKU-1", 1);
  await tab.syncNow();
  expect(server.quantity("SKU-1")).toBe(10);
  expect(await tab.all("outbox")).toEqual([]);
});

test("an app that is too old keeps its outbox and says so", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  server.fault = () => refusal(426, "upgrade-required");
  expect(await tab.syncNow()).toEqual({ retry_after_ms: null });
  await tab.settle();
  expect(tab.line.value).toEqual({ state: "upgrade", waiting: 1 });
});

test("an older server is asked again later, with nothing lost", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 1);
  server.fault = () => refusal(503, "server-older");
  expect((await tab.syncNow()).retry_after_ms).toBe(60_000);
  expect(await tab.all("outbox")).toHaveLength(1);
});

test("logging in first sends what the guest tapped, then hands the guest's cart over", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 2);
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  expect(server.quantity("SKU-1")).toBe(2);
  expect(server.logins).toEqual([{ guest_cart: "cart-1", authorization: "Bearer token-guest" }]);
});

test("a log-in that cannot send the guest's taps first is refused, with nothing lost", async () => {
  const tab = await openTab();
  await tab.cart.add("SKU-1", 2);
  server.fault = () => refusal(503, "unavailable");
  await expect(tab.session.login("shopper@demo.sampan", "sampan-demo")).rejects.toThrow("waiting on this phone");
  expect(server.logins).toEqual([]);
  expect(await tab.all("outbox")).toHaveLength(1);
});

test("a log-out with unsent taps keeps them for the account and sends them to nobody else", async () => {
  const tab = await openTab();
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  server.fault = () => refusal(503, "unavailable");
  await tab.cart.add("SKU-1", 2);
  await tab.session.logout();
  server.fault = null;
  server.login = "guest";
  await tab.syncNow();
  await tab.settle();
  expect(tab.cart.quantityOf("SKU-1")).toBe(0);
  expect(server.quantity("SKU-1")).toBe(0);
  await tab.session.login("shopper@demo.sampan", "sampan-demo");
  await tab.syncNow();
  expect(server.quantity("SKU-1")).toBe(2);
});

test("a phone whose storage was evicted opens its login again with a new device and says so", async () => {
  server.login = "account";
  server.put("SKU-1", 3);
  const tab = await openTab();
  await tab.syncNow();
  await tab.settle();
  expect(tab.session.restored.value).toBe(true);
  expect(tab.cart.quantityOf("SKU-1")).toBe(3);
  expect(server.devices.size).toBe(1);
});

test("a first visit without a tap says nothing to the sync", async () => {
  const tab = await openTab();
  await tab.syncNow();
  await tab.syncNow();
  expect(server.requests).toEqual([]);
  expect(await tab.currentScope()).toBeNull();
});

test("two tabs never send an op twice and both show it", async () => {
  const [first, second] = [await openTab(), await openTab()];
  await Promise.all([first.cart.add("SKU-1", 1), second.cart.add("SKU-1", 2), first.cart.add("SKU-2", 1)]);
  await Promise.all([first.syncNow(), second.syncNow()]);
  await Promise.all([first.settle(), second.settle()]);
  const sent = server.requests.flatMap((request) => request.ops.map((op) => op.id));
  expect(new Set(sent).size).toBe(sent.length);
  expect(server.requests.flatMap((request) => request.ops.map((op) => op.seq)).sort()).toEqual([1, 2, 3]);
  expect([first, second].map((tab) => tab.cart.quantityOf("SKU-1"))).toEqual([3, 3]);
});
