import { expect, test } from "@playwright/test";
import type { Page } from "puppeteer-core";
import { address, firstItems, Seller } from "./client.ts";
import { type Firefox, launchFirefox } from "./firefox.ts";
import { type Market, startMarket } from "./market.ts";
import { type PushService, startPushService } from "./push-service.ts";

/**
 * The whole chain in a real browser: the seller taps Shipped, the server encrypts, a push service carries it, Firefox
 * decrypts it, the app's worker shows it.
 */
let service: PushService;
let market: Market;
let firefox: Firefox;
// Inside waking hours, whenever the test runs.
const noon = new Date("2026-11-20T12:00:00Z");

test.beforeAll(async () => {
  service = await startPushService();
  market = await startMarket({ pushHost: service.host, clock: noon });
  firefox = await launchFirefox(service.socketUrl);
});
test.afterAll(async () => {
  await firefox?.close();
  await market?.stop();
  await service?.stop();
});

test("from the seller's tap on Shipped to the notification on the shopper's phone", async () => {
  const page = await firefox.page();
  page.setDefaultTimeout(20_000);
  const [item] = await firstItems(market.url, 1);

  const orderId = await test.step("a guest buys in Firefox", async () => {
    await page.goto(`${market.url}/p/${item.sku}`);
    await tap(page, /^Add/);
    await page.waitForSelector('.buy a[href="/cart"]');
    await page.goto(`${market.url}/checkout`);
    await fillCheckout(page);
    await tap(page, /^Pay .*\d/);
    await page.waitForFunction(() => /^\/orders\/[\w-]{36}/.test(location.pathname));
    return page.evaluate(() => location.pathname.split("/")[2] ?? "");
  });

  await test.step("and says yes to messages about it", async () => {
    // Firefox opens its push connection some seconds after its start: until then the app says so, and is tapped again.
    await expect(async () => {
      await tap(page, /^Notify me$/);
      await expect.poll(() => subscribed(page), { timeout: 11_000 }).toContain(service.host);
    }).toPass({ timeout: 60_000 });
  });

  const seller = await Seller.at(market.url);
  const batch = await seller.batchOf(orderId);
  await seller.pack(batch.id);
  const parcel = (await seller.ship(batch.id)).parcel?.id ?? "";

  await expect.poll(() => service.posts.map((post) => post.status), { timeout: 30_000 }).toContain(201);
  await expect
    .poll(() => notifications(page))
    .toEqual([expect.objectContaining({ title: expect.stringMatching(/shipped|on its way/i), tag: expect.stringContaining("order-"), order: orderId })]);
  // 100: Firefox decrypted it and handed it to the worker.
  await expect.poll(() => service.acks.map((ack) => ack.code)).toEqual([100]);

  await test.step("every step, in Spanish, stands in the place of the one before", async () => {
    await page.goto(`${market.url}/you/notifications`);
    await choose(page, 'input[name="push-settings"][value="every_step"]');
    await page.goto(`${market.url}/you`);
    const told = page.waitForResponse((answer) => answer.url().endsWith("/push/subscriptions") && answer.ok());
    await page.evaluate(() => {
      const pick = [...document.querySelectorAll("select")].find((select) => [...select.options].some(({ value }) => value === "es"));
      if (!pick) throw new Error("no choice of languages");
      pick.value = "es";
      pick.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.waitForFunction(() => document.documentElement.lang.startsWith("es"));
    // The app tells its language at its next start; a start of its own may come first.
    await expect(() => page.goto(`${market.url}/orders`)).toPass({ timeout: 20_000 });
    await told;
    for (let step = 0; step < 3; step += 1) await seller.advance(parcel);
    await expect
      .poll(() => notifications(page), { timeout: 30_000 })
      .toEqual([expect.objectContaining({ title: expect.stringContaining("en la aduana"), order: orderId })]);
  });

  await test.step("at night the phone keeps still, and in the morning tells the latest", async () => {
    market.setClock(new Date("2026-11-20T23:30:00Z"));
    const before = service.posts.length;
    const late = await Seller.at(market.url);
    await late.advance(parcel);
    await late.advance(parcel);
    // The clock stands still, so that only time of the real world passes: enough for a message to come, if one did.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(service.posts.length).toBe(before);
    market.setClock(new Date("2026-11-21T08:01:00Z"));
    await expect
      .poll(() => notifications(page), { timeout: 30_000 })
      .toEqual([expect.objectContaining({ title: expect.stringMatching(/en reparto|entregado/), order: orderId })]);
    const told = service.posts.length - before;
    expect(told, "one message, or one more that the morning itself brought").toBeLessThanOrEqual(2);
  });

  await test.step("an order that was muted says nothing more, and its address opens cold", async () => {
    await page.goto(`${market.url}/orders/${orderId}`);
    await choose(page, 'input[name="mute"]');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name="mute"]')?.checked);
    await page.goto(`${market.url}/orders`);
    await page.goto(`${market.url}/orders/${orderId}`);
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name="mute"]')?.checked);
  });
});

/** Ticks a box or a radio button, as a thumb on its label would. */
async function choose(page: Page, selector: string): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().includes("/api/v1/push/") && answer.request().method() === "PUT" && answer.ok());
  const box = await page.waitForSelector(selector);
  await box?.evaluate((input) => (input as HTMLElement).click());
  await answered;
}

async function tap(page: Page, name: RegExp): Promise<void> {
  const wanted = await page.waitForFunction(
    (source, flags) => {
      const pattern = new RegExp(source, flags);
      const buttons = [...document.querySelectorAll<HTMLElement>("main button, dialog button")];
      return buttons.find((button) => button.checkVisibility() && pattern.test(button.getAttribute("aria-label") ?? button.innerText)) ?? null;
    },
    {},
    name.source,
    name.flags,
  );
  const button = wanted.asElement();
  if (!button) throw new Error(`no button ${name}`);
  await (button as import("puppeteer-core").ElementHandle<Element>).click();
}

async function fillCheckout(page: Page): Promise<void> {
  await page.waitForSelector('main [name="line1"]');
  await page.select('main [name="country"]', address.country);
  const texts = { name: address.name, line1: address.line1, postcode: address.postcode, city: address.city, email: "ines@example.org" };
  for (const [name, text] of Object.entries(texts)) {
    await page.locator(`main [name="${name}"]`).fill(text);
  }
}

function subscribed(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.pushManager.getSubscription())?.endpoint ?? "";
  });
}

function notifications(page: Page): Promise<{ title: string; tag: string; order: unknown }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, tag, data }) => ({ title, tag, order: data?.more?.order }));
  });
}
