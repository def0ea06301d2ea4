import { type BrowserContext, type BrowserContextOptions, test as base } from "@playwright/test";
import { type Market, startMarket } from "./market.ts";
import { Phone } from "./phone.ts";

export { expect } from "@playwright/test";

/**
 * `market`: one demo market, for all tests of a run until one fails. `phone`: a new phone in a new shopper's hand. `pickUp`: a further one.
 * A test fails when a page of any phone threw, logged an error or broke its content security policy.
 */
export const test = base.extend<
  { phone: Phone; pickUp: (options?: BrowserContextOptions) => Promise<Phone> },
  { market: Market }
>({
  market: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's names.
    async ({}, use) => {
      const market = await startMarket();
      await use(market);
      await market.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  pickUp: async ({ browser, contextOptions, market }, use) => {
    const contexts: BrowserContext[] = [];
    const phones: Phone[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ ...contextOptions, baseURL: market.url, ...options });
      contexts.push(context);
      const phone = new Phone(await context.newPage());
      phones.push(phone);
      return phone;
    });
    const complaints = phones.flatMap((phone) => phone.complaints);
    await Promise.all(contexts.map((context) => context.close()));
    if (complaints.length > 0) throw new Error(`Pages complained:\n${complaints.join("\n")}`);
  },
  phone: async ({ pickUp }, use) => use(await pickUp()),
});
