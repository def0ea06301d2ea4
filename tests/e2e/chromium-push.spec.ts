import type { BrowserContext, Worker } from "@playwright/test";
import { announcement, say } from "./announcement.ts";
import { firstItems, Seller, shops } from "./client.ts";
import { type Market, startMarket } from "./market.ts";
import type { Phone } from "./phone.ts";
import { type PushService, startPushService } from "./push-service.ts";
import { type Subscriber, subscriber } from "./subscriber.ts";
import { test as base, expect } from "./test.ts";

/**
 * The Chromium half of the chain: it subscribes nowhere without internet, so the test holds the subscription's key, reads
 * what the server posts and hands that to the app's worker. Then the tap on the notification, down to the order's screen.
 */
const test = base.extend<object, { service: PushService; market: Market }>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's names.
    async ({}, use) => {
      const service = await startPushService();
      await use(service);
      await service.stop();
    },
    { scope: "worker" },
  ],
  market: [
    async ({ service }, use) => {
      // Inside waking hours, whenever the test runs.
      const market = await startMarket({ pushHost: service.host, clock: new Date("2026-11-20T12:00:00Z") });
      await use(market);
      await market.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

for (const language of ["es", "ar"]) {
  test(`each step of an order replaces the one before, and a tap on it opens the order, in ${language}`, async ({ market, service, pickUp }) => {
    const phone = await pickUp({ locale: language, permissions: ["notifications"] });
    const context = phone.page.context();
    const subscription = subscriber(service);
    await subscribeWith(context, subscription);

    await phone.keepApp();
    const orderId = await buy(phone, market);
    await phone.page.locator('input[name="push-level"][value="every_step"]').check();
    const answered = phone.page.waitForResponse((answer) => answer.url().endsWith("/push/subscriptions") && answer.ok());
    await phone.tap(say(language, "push-ask-yes"));
    await answered;

    const seller = await Seller.at(market.url);
    const batch = await seller.batchOf(orderId);
    const [shop] = await shops(market.url);
    const worker = await workerOf(context);
    const deliver = await deliverer(phone, market.url);
    const hear = async (step: string) => {
      await expect.poll(() => posted(subscription, step)).toHaveLength(1);
      await deliver(JSON.stringify(posted(subscription, step)[0]));
      const { title, body, lang, dir } = announcement(language, step, shop?.name ?? "");
      const told = { title, body: expect.stringMatching(body), lang, dir, tag: `order-${orderId}` };
      await expect.poll(() => shown(worker), step).toEqual([told]);
    };

    await seller.pack(batch.id);
    await seller.ship(batch.id);
    await hear("shipped");
    await seller.advanceTo("customs", orderId);
    await hear("customs");

    const address = `${market.url}/orders/${orderId}`;
    await test.step("a tap leads the app that is open there", async () => {
      await phone.open("/");
      expect(await tapNotification(worker)).toEqual([]);
      await expect(phone.page).toHaveURL(address);
      expect(await shown(worker)).toEqual([]);
    });

    await seller.advanceTo("out_for_delivery", orderId);
    await hear("out_for_delivery");
    await seller.advanceTo("delivered", orderId);
    await hear("delivered");

    await test.step("and opens it where none is, with a network and without", async () => {
      await phone.page.close();
      expect(await tapNotification(worker)).toEqual([address]);
      const online = await phone.anotherTab(address);
      await expect(online.page.getByText(batch.order_number).first()).toBeVisible();
      await online.page.close();

      await context.setOffline(true);
      const offline = await phone.anotherTab(address);
      await expect(offline.page.getByText(batch.order_number).first()).toBeVisible();
      await offline.flightMode(true);
    });
  });
}

test("a newcomer orders, lets time pass by taps, and sees and hears the parcel come", async ({ market, service, pickUp }) => {
  const phone = await pickUp({ permissions: ["notifications"] });
  const subscription = subscriber(service);
  await subscribeWith(phone.page.context(), subscription);
  await phone.keepApp();
  await buy(phone, market);
  await phone.page.locator('input[name="push-level"][value="every_step"]').check();
  const answered = phone.page.waitForResponse((answer) => answer.url().endsWith("/push/subscriptions") && answer.ok());
  await phone.tap(say("en", "push-ask-yes"));
  await answered;

  const button = phone.page.getByTestId("forward").getByRole("button");
  const coming = async () => (await button.allTextContents())[0] ?? "nothing";
  const heard = () => subscription.posts().map((post) => subscription.read(post).notification.data.status as string);
  const steps: string[] = [];
  const newest = phone.page.getByTestId("tracking-events").locator('[aria-current="step"]');
  const state = async () => ((await newest.count()) ? await newest.getAttribute("data-state") : "packed");
  await expect(button).toHaveText(say("en", "forward-packed"));
  while ((await coming()) !== "nothing") {
    const step = await coming();
    expect(steps).not.toContain(step);
    steps.push(step);
    await button.click();
    await expect.poll(coming).not.toBe(step);
    // What the screen shows was pushed too, before the next tap would have made it old news.
    await expect.poll(async () => (await state())?.replace("info_received", "shipped") === heard().at(-1)).toBe(true);
  }
  expect(steps.length).toBeGreaterThan(6);
  await expect(phone.page.getByTestId("tracking-sentence")).toContainText(/delivered/i);
  await expect(phone.page.getByTestId("tracking-events").getByRole("listitem")).toHaveCount(steps.length - 1);
  expect(heard().at(-1)).toBe("delivered");
  expect(heard()).toEqual([...new Set(heard())]);
  for (const step of ["packed", "shipped", "in_transit", "out_for_delivery"]) expect(heard()).toContain(step);
});

/** The browser's push manager as if it had subscribed already, with a key that the test holds. */
async function subscribeWith(context: BrowserContext, { endpoint, keys }: Subscriber): Promise<void> {
  await context.addInitScript(
    (subscription) => {
      const held = { endpoint: subscription.endpoint, toJSON: () => subscription } as unknown as PushSubscription;
      PushManager.prototype.getSubscription = async () => held;
    },
    { endpoint, keys },
  );
}

/** A guest's order, from the product to its screen. */
async function buy(phone: Phone, market: Market): Promise<string> {
  const [item] = await firstItems(market.url, 1);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  await phone.toCheckout("ines@example.org");
  await phone.payWith("ok");
  await expect(phone.page).toHaveURL(/\/orders\/[\w-]{36}/);
  return new URL(phone.page.url()).pathname.split("/")[2] ?? "";
}

/** What the server sent to this phone about a step. */
function posted(phone: Subscriber, step: string): { notification: { data: { status: string } } }[] {
  return phone.posts().map(phone.read).filter(({ notification }) => notification.data.status === step);
}

/** Hands a decrypted message to the app's worker, as Chromium does when one came. */
async function deliverer(phone: Phone, origin: string): Promise<(data: string) => Promise<unknown>> {
  const cdp = await phone.page.context().newCDPSession(phone.page);
  const registered = new Promise<string>((found) => {
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const app = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
      if (app) found(app.registrationId);
    });
  });
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  return (data) => cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
}

async function workerOf(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
}

function shown(worker: Worker): Promise<object[]> {
  return worker.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body, lang, dir, tag }) => ({ title, body, lang, dir, tag }));
  });
}

/**
 * Taps the one notification that is shown, and answers the windows the app asked for once its worker is done. A tap that
 * no thumb made may open none: the asking is what can be seen.
 */
function tapNotification(worker: Worker): Promise<string[]> {
  return worker.evaluate(async () => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      clients: { openWindow(url: string): Promise<null> };
      NotificationEvent: new (type: string, init: { notification?: Notification }) => Event;
    };
    const asked: string[] = [];
    scope.clients.openWindow = async (url) => {
      asked.push(url);
      return null;
    };
    const [notification] = await scope.registration.getNotifications();
    const tap = new scope.NotificationEvent("notificationclick", { notification });
    let work: unknown;
    // Only the browser's own events may be waited for.
    Object.defineProperty(tap, "waitUntil", { value: (given: unknown) => (work = given) });
    dispatchEvent(tap);
    await work;
    return asked;
  });
}
