import type { CDPSession } from "@playwright/test";
import type { Phone } from "./phone.ts";
import { startProxy } from "./proxy.ts";
import { expect, test } from "./test.ts";

interface Manifest {
  id: string;
  name: string;
  start_url: string;
  display: string;
  lang: string;
  dir: string;
  icons: { src: string; sizes: string; purpose?: string }[];
}

test("the manifest is whole and its pictures are what they claim", async ({ phone, market }) => {
  await phone.open("/");
  const href = await phone.page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = (await (await phone.page.request.get(href ?? "")).json()) as Manifest;
  expect(manifest).toMatchObject({ id: "/", name: expect.stringContaining("Sampan"), display: "standalone" });
  expect(new URL(manifest.start_url, market.url).origin).toBe(market.url);
  const purposes = manifest.icons.flatMap((icon) => (icon.purpose ?? "any").split(" ").map((one) => `${icon.sizes} ${one}`));
  expect(purposes).toEqual(expect.arrayContaining(["192x192 any", "512x512 any"]));
  expect(purposes.some((one) => one.endsWith("maskable"))).toBe(true);
  for (const icon of manifest.icons.filter((one) => /^\d+x\d+$/.test(one.sizes))) {
    const size = await phone.page.evaluate(async (src) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
      return `${picture.naturalWidth}x${picture.naturalHeight}`;
    }, icon.src);
    expect(size, icon.src).toBe(icon.sizes);
  }
});

test("the manifest speaks the shopper's language", async ({ phone }) => {
  const manifest = (await (await phone.page.request.get("/manifest.webmanifest?lang=ar")).json()) as Manifest;
  expect(manifest).toMatchObject({ id: "/", lang: "ar", dir: "rtl" });
});

test("the browser finds nothing that keeps the app from being installed", async ({ phone }) => {
  await phone.keepApp();
  const cdp = await phone.page.context().newCDPSession(phone.page);
  // A test's context is a private window; that alone is not the app's fault.
  await expect.poll(async () => (await installErrors(cdp)).filter((id) => id !== "in-incognito")).toEqual([]);
  expect((await cdp.send("Page.getAppManifest")).errors).toEqual([]);
});

test("the app starts without network once it was opened, on every screen", async ({ phone }) => {
  await phone.keepApp();
  await phone.flightMode(true);
  for (const path of ["/", "/cart", "/orders", "/you", "/you/sync", "/search", "/wishlist"]) {
    await phone.open(path);
    await expect(phone.tab("/cart"), path).toBeVisible();
    await expect(phone.page.locator("main"), path).not.toBeEmpty();
  }
  await expect(phone.strip("offline")).toBeVisible();
});

test("a newer build waits for the shopper's tap, then is the one that runs", async ({ market, pickUp }) => {
  const line = await startProxy(market.url);
  try {
    const phone = await pickUp({ baseURL: line.url });
    await phone.keepApp();
    line.rewrite("/sw.js", (worker) => `${worker}\n// a newer build`);
    await phone.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const prompt = phone.page.locator(".update");
    await expect(prompt).toBeVisible();
    expect(await waiting(phone)).toBe(true);

    const loaded = phone.page.waitForEvent("load");
    await prompt.getByRole("button").click();
    await loaded;
    await phone.settled();
    expect(await waiting(phone)).toBe(false);
    await expect(prompt).toHaveCount(0);
  } finally {
    await line.stop();
  }
});

/** Whether an installed worker waits to be put on. */
function waiting(phone: Phone): Promise<boolean> {
  return phone.page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
}

async function installErrors(cdp: CDPSession): Promise<string[]> {
  return (await cdp.send("Page.getInstallabilityErrors")).installabilityErrors.map((error) => error.errorId);
}
