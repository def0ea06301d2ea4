import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "@playwright/test";
import { Client, firstItems, type Order, Seller } from "./client.ts";
import { type Market, startMarket } from "./market.ts";
import { type PushService, type ReceivedPush, startPushService } from "./push-service.ts";
import { subscriber } from "./subscriber.ts";

/** What the server sends to a push service, read by Mozilla's own decryptor and judged by RFC 8030, 8291 and 8292. */
let service: PushService;
let market: Market;
// Inside waking hours, whenever the test runs; it only ever goes forward.
let now = new Date("2026-11-20T12:00:00Z");

test.beforeAll(async () => {
  service = await startPushService();
  market = await startMarket({ pushHost: service.host, clock: now });
});
test.afterAll(async () => {
  await market?.stop();
  await service?.stop();
});

async function buyer(): Promise<{ client: Client; order: Order }> {
  const client = await Client.guest(market.url);
  const [item] = await firstItems(market.url, 1);
  return { client, order: await client.buy(item) };
}

async function ship(order: Order): Promise<string> {
  const seller = await Seller.at(market.url);
  const batch = await seller.batchOf(order.id);
  await seller.pack(batch.id);
  const shipped = await seller.ship(batch.id);
  if (!shipped.parcel) throw new Error("a shipped batch has no parcel");
  return shipped.parcel.id;
}

test("a shipped batch becomes one encrypted message that another's code can read", async () => {
  const { client, order } = await buyer();
  const phone = subscriber(service);
  const { key } = await client.get<{ key: string }>("/push/key");
  await client.put("/push/subscriptions", { endpoint: phone.endpoint, keys: phone.keys, level: "important", locale: "en" });
  await ship(order);
  await expect.poll(() => phone.posts().map((post) => post.status)).toEqual([201]);
  const [post] = phone.posts() as [ReceivedPush];

  const payload = phone.read(post);
  expect(payload).toMatchObject({
    web_push: 8030,
    mutable: true,
    notification: {
      title: expect.stringMatching(/^.{1,40}$/u),
      body: expect.stringMatching(/^.{1,90}$/u),
      navigate: `${market.url}/orders/${order.id}`,
      lang: "en",
      dir: "ltr",
      tag: expect.stringMatching(/^order-/),
      icon: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.+/),
      silent: false,
      data: { order: order.id, status: expect.any(String), seq: expect.any(Number) },
    },
  });
  for (const secret of ["Duarte", "Boavista", "ines@example.org"]) {
    expect(JSON.stringify(payload)).not.toContain(secret);
  }

  expect(Number(post.headers.ttl)).toBeGreaterThan(0);
  expect(post.headers.topic).toMatch(/^[\w-]{1,32}$/);
  expect(["very-low", "low", "normal", "high"]).toContain(post.headers.urgency);
  expectVapid(post, key);
});

/** RFC 8292: an ES256 token by the very key the browser subscribed with, for this push service, not for ever. */
function expectVapid(post: ReceivedPush, key: string): void {
  const [, token = "", sender] = post.headers.authorization?.match(/^vapid t=([^,]+), ?k=(.+)$/) ?? [];
  expect(sender).toBe(key);
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const publicKey = createPublicKey({
    format: "jwk",
    key: { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") },
  });
  const genuine = verify("sha256", Buffer.from(`${head}.${claims}`), { key: publicKey, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  expect(genuine).toBe(true);
  const claimed = JSON.parse(Buffer.from(claims, "base64url").toString());
  expect(claimed.aud).toBe(`http://${service.host}`);
  expect(claimed.sub).toMatch(/^(mailto:|https:)/);
  const life = claimed.exp - now.getTime() / 1000;
  expect(life).toBeGreaterThan(0);
  expect(life).toBeLessThanOrEqual(24 * 3600);
}

test("a subscription that is gone is asked no more", async () => {
  const { client, order } = await buyer();
  const phone = subscriber(service);
  // Important steps only: "packed" and "shipped" would be on their way together.
  await client.put("/push/subscriptions", { endpoint: phone.endpoint, keys: phone.keys, level: "important" });
  service.answerNext({ status: 410 });
  const parcel = await ship(order);
  await expect.poll(() => phone.posts().map((post) => post.status)).toEqual([410]);

  // A later step reaches another phone of the same shopper, and the one that is gone is left in peace.
  const other = subscriber(service);
  await client.put("/push/subscriptions", { endpoint: other.endpoint, keys: other.keys, level: "every_step" });
  const seller = await Seller.at(market.url);
  await seller.advance(parcel);
  await expect.poll(() => other.posts().length).toBe(1);
  expect(phone.posts()).toHaveLength(1);
});

for (const bad of [
  { status: 503, waitSeconds: 3600 },
  { status: 429, headers: { "retry-after": "30" }, waitSeconds: 31 },
]) {
  test(`a message answered with ${bad.status} is sent again later`, async () => {
    const { client, order } = await buyer();
    const phone = subscriber(service);
    await client.put("/push/subscriptions", { endpoint: phone.endpoint, keys: phone.keys });
    service.answerNext({ status: bad.status, headers: bad.headers });
    await ship(order);
    await expect.poll(() => phone.posts().map((post) => post.status)).toEqual([bad.status]);

    now = new Date(now.getTime() + bad.waitSeconds * 1000);
    market.setClock(now);
    await expect.poll(() => phone.posts().map((post) => post.status), { timeout: 30_000 }).toEqual([bad.status, 201]);
    const [first, second] = phone.posts().map((post) => phone.read(post));
    expect(second.notification).toEqual(first.notification);
  });
}
