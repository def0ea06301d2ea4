import { createECDH } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { encrypt } from "http_ece";
import { launchFirefox } from "./firefox.ts";
import { startPushService } from "./push-service.ts";

/**
 * The test ground itself, without a line of Sampan: a static page, a worker, a payload encrypted by Mozilla's library.
 * When this fails, Firefox or the push service here is at fault and not the product.
 */
const page = `<!doctype html><title>harness</title><h1>harness</h1>`;
const worker = `
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("push", (event) => event.waitUntil(registration.showNotification(event.data.json().title)));`;

test("the push service of these tests reaches a worker in a real Firefox", async () => {
  const site = createServer((request, response) => {
    const script = request.url === "/sw.js";
    response.writeHead(200, { "content-type": script ? "text/javascript" : "text/html" }).end(script ? worker : page);
  });
  await new Promise<void>((done) => site.listen(0, "127.0.0.1", done));
  const service = await startPushService();
  const firefox = await launchFirefox(service.socketUrl);
  try {
    const tab = await firefox.page();
    await tab.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const subscription = await tab.evaluate(subscribeInPage);
    expect(subscription.endpoint).toContain(`${service.host}/wpush/v2/`);

    const sender = createECDH("prime256v1");
    sender.generateKeys();
    const body = encrypt(Buffer.from(JSON.stringify({ title: "Your parcel left Aveiro" })), {
      version: "aes128gcm",
      privateKey: sender,
      dh: subscription.keys.p256dh,
      authSecret: subscription.keys.auth,
    });
    const answer = await fetch(subscription.endpoint, {
      method: "POST",
      body: new Uint8Array(body),
      headers: { ttl: "60", "content-encoding": "aes128gcm", authorization: "vapid t=a.b.c, k=d" },
    });
    expect(answer.status).toBe(201);

    await expect
      .poll(() => tab.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map((notification) => notification.title);
      }))
      .toEqual(["Your parcel left Aveiro"]);
    await expect.poll(() => service.acks.map((ack) => ack.code)).toEqual([100]);
  } finally {
    await firefox.close();
    await service.stop();
    site.close();
  }
});

/** Runs in the page. Firefox opens its push connection some seconds after its start; until then subscribing hangs. */
async function subscribeInPage(): Promise<{ endpoint: string; keys: { p256dh: string; auth: string } }> {
  await navigator.serviceWorker.register("/sw.js");
  const registration = await navigator.serviceWorker.ready;
  const deadline = Date.now() + 60_000;
  for (;;) {
    const attempt = registration.pushManager.subscribe({ userVisibleOnly: true }).catch(() => null);
    const patience = new Promise<null>((done) => setTimeout(() => done(null), 4_000));
    const subscription = await Promise.race([attempt, patience]);
    if (subscription) return subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
    if (Date.now() > deadline) throw new Error("Firefox gave no push subscription within a minute");
  }
}
