import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type BrowserContext, chromium } from "@playwright/test";
import { Client, firstItems, newPerson } from "./client.ts";
import { Phone } from "./phone.ts";
import { chromiumArguments } from "./playwright.config.ts";
import { type Proxy, startProxy } from "./proxy.ts";
import { expect as baseExpect, test } from "./test.ts";
import { unsent } from "./trouble.ts";

const expect = baseExpect.configure({ timeout: 30_000 });

/** A browser whose profile lies on disk, so that it can be copied as a phone's backup is. */
async function openProfile(folder: string, line: Proxy): Promise<{ context: BrowserContext; phone: Phone }> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.SAMPAN_CHROMIUM ?? "/usr/bin/chromium",
    args: chromiumArguments,
    viewport: { width: 360, height: 740 },
    locale: "en-GB",
    baseURL: line.url,
  });
  return { context, phone: new Phone(context.pages()[0] ?? (await context.newPage())) };
}

for (const who of ["a guest", "an account"] as const) {
  test(`a phone and its clone, of ${who}, both tap offline: every tap of both counts once`, async ({ market }) => {
    const folder = mkdtempSync(join(tmpdir(), "sampan-profile-"));
    const line = await startProxy(market.url);
    const open: BrowserContext[] = [];
    const pickUp = async (profile: string) => {
      const { context, phone } = await openProfile(join(folder, profile), line);
      open.push(context);
      return phone;
    };
    try {
      const [item] = await firstItems(market.url, 1);
      const person = newPerson();
      const original = await pickUp("original");
      await original.keepApp();
      if (who === "an account") await original.register(person.email, person.password);
      await original.open(`/p/${item.sku}`);
      await original.addToCart();
      await original.openCart();
      await expect.poll(() => unsent(original)).toBe(0);
      await open.pop()?.close();
      cpSync(join(folder, "original"), join(folder, "clone"), { recursive: true, filter: (file) => !/Singleton/.test(file) });

      const phones = [await pickUp("original"), await pickUp("clone")];
      for (const phone of phones) await phone.page.context().setOffline(true);
      for (const [number, phone] of phones.entries()) {
        await phone.open("/cart");
        for (let tap = 0; tap <= number; tap += 1) await phone.more(item.sku);
        await expect.poll(() => unsent(phone)).toBe(number + 1);
      }
      for (const phone of phones) await phone.page.context().setOffline(false);

      const all = { [item.sku]: item.minimum_quantity + 3 * item.pack_step };
      for (const phone of phones) {
        await expect.poll(() => phone.cart()).toEqual(all);
        await expect.poll(() => unsent(phone)).toBe(0);
      }
      expect(new Set(line.ops()).size, "three taps of the two, and the first").toBe(4);
      if (who === "an account") {
        const server = await Client.login(market.url, person.email, person.password);
        expect(await server.quantities()).toEqual(all);
        const { items: devices } = await server.get<{ items: unknown[] }>("/devices");
        expect(devices, "the two phones, told apart by now, and this test").toHaveLength(3);
      }

      for (const phone of phones) {
        await phone.reload();
        expect(await phone.cart()).toEqual(all);
        await expect(phone.strip("stuck")).toHaveCount(0);
        await expect(phone.page.getByRole("alert")).toHaveCount(0);
        await phone.open("/you/sync");
        await expect(phone.page.getByText("For you to look at")).toHaveCount(0);
        expect(phone.complaints).toEqual([]);
      }
    } finally {
      for (const context of open) await context.close();
      await line.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test("logging out past unsent taps asks first; they wait, are saved, are kept, or go on a second yes", async ({ market, phone }) => {
  const [item] = await firstItems(market.url, 1);
  const person = newPerson();
  await phone.keepApp();
  await phone.register(person.email, person.password);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  const server = await Client.login(market.url, person.email, person.password);
  const sent = { [item.sku]: item.minimum_quantity };
  await expect.poll(() => server.quantities()).toEqual(sent);
  await phone.openCart();
  await phone.flightMode(true);
  await phone.more(item.sku);
  await phone.more(item.sku);
  await expect.poll(() => unsent(phone)).toBe(2);
  const dialog = phone.page.getByRole("dialog");
  const say = (name: string) => dialog.getByRole("button", { name, exact: true });
  const askToLeave = async () => {
    await phone.page.locator("main").getByRole("button", { name: "Log out" }).click();
    await expect(dialog).toContainText("2 changes are not sent yet");
  };

  await test.step("they may wait", async () => {
    await phone.tab("/you").click();
    await askToLeave();
    await say("Stay logged in").click();
    await expect(dialog).toHaveCount(0);
    expect(await unsent(phone)).toBe(2);
  });

  await test.step("they may be saved", async () => {
    await askToLeave();
    const saving = phone.page.waitForEvent("download");
    await say("Save as a file").click();
    const file = JSON.parse(await text(await (await saving).createReadStream())) as { ops: { state: string }[] };
    expect(file.ops.filter((op) => op.state === "waiting")).toHaveLength(2);
    expect(await unsent(phone)).toBe(2);
  });

  await test.step("they may be kept until the account is back on this phone", async () => {
    await say("Log out, keep them here").click();
    await expect(phone.page.getByText(person.email)).toHaveCount(0);
    await phone.openCart();
    expect(await phone.cart()).toEqual({});
    await phone.flightMode(false);
    await phone.logIn(person.email, person.password);
    await expect.poll(() => server.quantities()).toEqual({ [item.sku]: item.minimum_quantity + 2 * item.pack_step });
  });

  await test.step("they may be thrown away, on a second yes", async () => {
    await phone.openCart();
    await expect.poll(() => phone.cart()).toEqual({ [item.sku]: item.minimum_quantity + 2 * item.pack_step });
    await phone.flightMode(true);
    await phone.more(item.sku);
    await phone.more(item.sku);
    await expect.poll(() => unsent(phone)).toBe(2);
    await phone.tab("/you").click();
    await askToLeave();
    await say("Throw them away and log out").click();
    await expect(dialog).toContainText("lost for good");
    await say("Cancel").click();
    expect(await unsent(phone)).toBe(2);
    await askToLeave();
    await say("Throw them away and log out").click();
    await say("Throw away and log out").click();
    await expect(phone.page.getByText(person.email)).toHaveCount(0);
    expect((await phone.everythingKept()).includes(person.email)).toBe(false);
    expect(await unsent(phone)).toBe(0);
    await phone.flightMode(false);
    await phone.reload();
    expect(await server.quantities()).toEqual({ [item.sku]: item.minimum_quantity + 2 * item.pack_step });
  });
});
