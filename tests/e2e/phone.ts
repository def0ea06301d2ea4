import { expect, type Locator, type Page } from "@playwright/test";
import { address, demo } from "./client.ts";

/** A shopper's phone: what a thumb can do on it and what an eye can read. The one place that knows the app's words. */
export class Phone {
  /** `complaints`: errors and policy violations the pages reported; a request that found no network is none. */
  constructor(
    readonly page: Page,
    readonly complaints: string[] = [],
  ) {
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.stack || `${error.name}: ${error.message}`}`));
    page.on("console", (message) => {
      if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
      this.complaints.push(`${page.url()}: ${message.text()}`);
    });
  }

  /** A further tab of the same browser; what it complains of, this phone complains of. */
  async anotherTab(path: string): Promise<Phone> {
    const tab = new Phone(await this.page.context().newPage(), this.complaints);
    await tab.open(path);
    return tab;
  }

  /** Opens a screen and waits until it shows itself and not its skeleton. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.settled();
  }

  async settled(): Promise<void> {
    await expect(this.page.locator("main")).toBeVisible();
    await expect(this.page.locator(".skeleton:visible")).toHaveCount(0);
  }

  /** Opens the app until its worker has it, so that it starts without network from now on. */
  async keepApp(): Promise<void> {
    await this.open("/");
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await this.reload();
    await expect.poll(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  }

  /** Flight mode, and proof of it: the server cannot be reached from this phone. */
  async flightMode(on: boolean): Promise<void> {
    await this.page.context().setOffline(on);
    const reach = () => this.page.evaluate(() => fetch("/livez", { cache: "no-store" }).then((r) => r.ok, () => false));
    await expect.poll(reach).toBe(!on);
  }

  // --- finding ----------------------------------------------------------------------------------------------------

  /** Opens a shop and waits until its whole shelf is on the phone. */
  async visitShop(slug: string): Promise<void> {
    const shelf = this.page.waitForResponse((response) => response.url().includes(`/api/v1/shelf?shop=${slug}`) && response.ok());
    await this.open(`/s/${slug}`);
    await shelf;
  }

  async search(words: string): Promise<void> {
    await this.tab("/search").click();
    const box = this.page.getByRole("searchbox");
    await box.fill(words);
    await box.press("Enter");
    await this.settled();
  }

  result(sku: string): Locator {
    return this.page.locator(`main a[href="/p/${sku}"]`);
  }

  async openProduct(sku: string): Promise<void> {
    await this.result(sku).first().click();
    await expect(this.page).toHaveURL(new RegExp(`/p/${sku}$`));
    await this.settled();
  }

  async addToCart(): Promise<void> {
    await this.page.locator(".buy").getByRole("button").click();
    await expect(this.page.locator('.buy a[href="/cart"]')).toBeVisible();
  }

  // --- the cart ---------------------------------------------------------------------------------------------------

  async openCart(): Promise<void> {
    await this.tab("/cart").click();
    await expect(this.page).toHaveURL(/\/cart$/);
    await this.settled();
  }

  line(sku: string): Locator {
    return this.page.locator("main li").filter({ has: this.page.locator(`a[href="/p/${sku}"]`) }).filter({ has: this.page.locator("fieldset") });
  }

  quantity(sku: string): Locator {
    return this.line(sku).getByRole("textbox");
  }

  async typeQuantity(sku: string, quantity: number): Promise<void> {
    await this.quantity(sku).fill(String(quantity));
    await this.quantity(sku).press("Enter");
    await expect(this.quantity(sku)).toHaveValue(String(quantity));
  }

  async more(sku: string): Promise<void> {
    await this.line(sku).getByRole("button", { name: /more$/ }).click();
  }

  async remove(sku: string): Promise<void> {
    await this.line(sku).getByRole("button", { name: /^Remove/ }).click();
    await expect(this.line(sku)).toHaveCount(0);
  }

  /** The cart as the eye reads it: what is in it and how many. */
  async cart(): Promise<Record<string, number>> {
    const lines = await this.page.locator("main li:has(fieldset)").all();
    const read = lines.map(async (line) => {
      const link = await line.locator('a[href^="/p/"]').first().getAttribute("href");
      return [link?.slice(3) ?? "", Number(await line.getByRole("textbox").inputValue())] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  // --- buying -----------------------------------------------------------------------------------------------------

  /** From the cart to the checkout page, with address and contact filled in; its button then says the amount. */
  async toCheckout(email: string): Promise<void> {
    await this.openCart();
    await this.page.locator('main a[href="/checkout"]').click();
    await expect(this.page).toHaveURL(/\/checkout/);
    await this.settled();
    await this.page.locator('select[name="country"]').selectOption(address.country);
    const texts = { name: address.name, line1: address.line1, postcode: address.postcode, city: address.city, email };
    for (const [name, text] of Object.entries(texts)) await this.page.locator(`main input[name="${name}"]`).fill(text);
    await expect(this.payButton()).toHaveText(/\d/);
  }

  payButton(): Locator {
    return this.page.locator('main button[type="submit"]');
  }

  async payWith(card: "ok" | "declined" | "challenge" | "timeout"): Promise<void> {
    await this.page.locator(`input[name="card"][value="${card}"]`).check();
    await this.payButton().click();
  }

  /** What the tracking screen says in one sentence. */
  sentence(): Locator {
    return this.page.locator(".tracking-says");
  }

  timeline(): Locator {
    return this.page.locator("ol.timeline > li");
  }

  // --- the seller -------------------------------------------------------------------------------------------------

  /** The seller's own phone: the batch of this order, opened. */
  async openBatch(orderNumber: string): Promise<void> {
    await this.open("/sell");
    await this.page.locator("main a", { hasText: orderNumber }).first().click();
    await expect(this.page).toHaveURL(/\/sell\/.+/);
    await this.settled();
  }

  async tap(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name }).click();
  }

  // --- the person -------------------------------------------------------------------------------------------------

  async register(email: string, password: string): Promise<void> {
    await this.open("/register");
    await this.#sendAccountForm(email, password);
  }

  async logIn(email: string, password = demo.password): Promise<void> {
    await this.open("/login");
    await this.#sendAccountForm(email, password);
  }

  async #sendAccountForm(email: string, password: string): Promise<void> {
    const form = this.page.locator("form.account-form");
    await form.locator('input[name="email"]').fill(email);
    await form.locator('input[name="password"]').fill(password);
    await form.locator('button[type="submit"]').click();
    await expect(this.page).toHaveURL(/\/you$/);
    await this.settled();
  }

  /** All that this phone's browser keeps for the app, as one text to look for traces in. */
  everythingKept(): Promise<string> {
    return this.page.evaluate(async () => {
      const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
      for (const { name } of await indexedDB.databases()) {
        const db = await new Promise<IDBDatabase>((done, fail) => {
          const opening = indexedDB.open(name ?? "");
          opening.onsuccess = () => done(opening.result);
          opening.onerror = () => fail(opening.error);
        });
        for (const store of db.objectStoreNames) {
          const reading = db.transaction(store).objectStore(store).getAll();
          found.push(await new Promise((done) => (reading.onsuccess = () => done(reading.result))));
        }
        db.close();
      }
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) {
          const answer = await caches.match(request, { cacheName: name, ignoreVary: true });
          if (/json|html/.test(answer?.headers.get("content-type") ?? "")) found.push(await answer?.text());
        }
      }
      return JSON.stringify(found);
    });
  }

  /** One of the five places at the bottom. */
  tab(path: "/" | "/search" | "/cart" | "/orders" | "/you"): Locator {
    return this.page.locator(`nav.bar a[href="${path}"]`);
  }

  /** The strip under the title that tells the state of the line. */
  strip(state: "offline" | "sending" | "sent" | "stuck" | "full"): Locator {
    return this.page.locator(`.strip[data-state="${state}"]`);
  }
}
