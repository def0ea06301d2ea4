import { expect, test } from "@playwright/test";
import type { Page } from "puppeteer-core";
import { type Announcement, announcement } from "./announcement.ts";
import { address, firstItems, Seller, shops } from "./client.ts";
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
const firstDay = new Date("2026-11-20T00:00:00Z");
/** So many days after the first, at this hour: the server's clock only ever goes forward. */
const at = (day: number, hour: number, minute = 0) => new Date(firstDay.getTime() + ((day * 24 + hour) * 60 + minute) * 60_000);

test.beforeAll(async () => {
  service = await startPushService();
  market = await startMarket({ pushHost: service.host, clock: at(0, 12) });
  firefox = await launchFirefox(service.socketUrl);
});
test.afterAll(async () => {
  await firefox?.close();
  await market?.stop();
  await service?.stop();
});

/** What is asked until the server knows of the phone. */
const question = 'input[name="push-level"]';

for (const [index, language] of ["es", "ar"].entries()) {
  // A day, and the morning after it.
  const day = 2 * index;

  test(`from the seller's tap on Shipped to the notification on the shopper's phone, in ${language}`, async () => {
    // Inside waking hours, whenever the test runs.
    market.setClock(at(day, 12));
    const [posts, acks] = [service.posts.length, service.acks.length];
    const page = await firefox.newShopper();
    page.setDefaultTimeout(20_000);
    const [item] = await firstItems(market.url, 1);
    const [shop] = await shops(market.url);
    const told = (step: string) => [announced(announcement(language, step, shop?.name ?? ""), orderId)];

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
      await page.waitForSelector(question);
      await expect(async () => {
        if (await page.$(question)) await tap(page, /^Notify me$/);
        await page.waitForSelector(question, { hidden: true, timeout: 11_000 });
      }).toPass({ timeout: 60_000 });
      expect(await subscribed(page)).toContain(service.host);
    });

    await test.step("and chooses a language, which the app tells at its next start", async () => {
      await page.goto(`${market.url}/you`);
      const repeated = page.waitForResponse((answer) => answer.url().endsWith("/push/subscriptions") && answer.ok());
      await speak(page, language);
      // A start of its own may come first.
      await expect(() => page.goto(`${market.url}/orders`)).toPass({ timeout: 20_000 });
      await repeated;
    });

    const seller = await Seller.at(market.url);
    const batch = await seller.batchOf(orderId);
    await seller.pack(batch.id);
    await seller.ship(batch.id);
    await expect.poll(() => service.posts.slice(posts).map((post) => post.status), { timeout: 30_000 }).toContain(201);
    await expect.poll(() => notifications(page)).toEqual(told("shipped"));
    // 100: Firefox decrypted it and handed it to the worker.
    await expect.poll(() => service.acks.slice(acks).map((ack) => ack.code)).toEqual([100]);

    await test.step("every step stands in the place of the one before", async () => {
      await page.goto(`${market.url}/you/notifications`);
      await choose(page, 'input[name="push-settings"][value="every_step"]');
      await seller.advanceTo("customs", orderId);
      await expect.poll(() => notifications(page), { timeout: 30_000 }).toEqual(told("customs"));
    });

    await test.step("an order that is muted is so after a cold start too, and rings again when asked to", async () => {
      await page.goto(`${market.url}/orders/${orderId}`);
      await choose(page, 'input[name="mute"]');
      await page.waitForSelector('input[name="mute"]:checked');
      await page.goto(`${market.url}/orders`);
      await page.goto(`${market.url}/orders/${orderId}`);
      await page.waitForSelector('input[name="mute"]:checked');
      await choose(page, 'input[name="mute"]');
      await page.waitForSelector('input[name="mute"]:not(:checked)');
    });

    await test.step("at night the phone keeps still, and in the morning tells the latest", async () => {
      market.setClock(at(day, 23, 30));
      const before = service.posts.length;
      const late = await Seller.at(market.url);
      await late.advanceTo("out_for_delivery", orderId);
      // The clock stands still, so that only time of the real world passes: enough for a message to come, if one did.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      expect(service.posts.length).toBe(before);
      market.setClock(at(day + 1, 8, 1));
      await expect(async () => {
        const shown = await notifications(page);
        // Unless the morning itself has brought it.
        expect(shown).toEqual(told(shown[0]?.status === "delivered" ? "delivered" : "out_for_delivery"));
      }).toPass({ timeout: 30_000 });
      const came = service.posts.length - before;
      expect(came, "one message, or one more that the morning itself brought").toBeLessThanOrEqual(2);
    });

    await test.step("and at last that it was delivered", async () => {
      const early = await Seller.at(market.url);
      await early.advanceTo("delivered", orderId);
      await expect.poll(() => notifications(page), { timeout: 30_000 }).toEqual(told("delivered"));
    });
  });
}

/** The one notification that says this of this order. */
function announced({ title, body, lang, dir }: Announcement, order: string) {
  return expect.objectContaining({ title, body: expect.stringMatching(body), lang, dir, tag: `order-${order}`, order });
}

/** Picks the language among the choices of /you. */
async function speak(page: Page, language: string): Promise<void> {
  await page.waitForSelector(`main select option[value="${language}"]`);
  await page.evaluate((language) => {
    const pick = [...document.querySelectorAll("select")].find((select) => [...select.options].some(({ value }) => value === language));
    if (!pick) throw new Error("no choice of languages");
    pick.value = language;
    pick.dispatchEvent(new Event("change", { bubbles: true }));
  }, language);
  await page.waitForFunction((language) => document.documentElement.lang === language, {}, language);
}

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

interface Shown {
  title: string;
  body: string;
  lang: string;
  dir: string;
  tag: string;
  order: unknown;
  status: unknown;
}

function notifications(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, lang, dir, tag, data }) => ({
      title, body, lang, dir, tag, order: data?.more?.order, status: data?.more?.status,
    }));
  });
}
