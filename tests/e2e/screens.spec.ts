import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { Client, demo, firstItems, firstShop, Seller, type ShelfItem } from "./client.ts";
import type { Market } from "./market.ts";
import type { Phone } from "./phone.ts";
import { expect, test } from "./test.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every screen of the shopper: its picture's name and where it is. */
async function shopperScreens(market: Market): Promise<Record<string, string>> {
  const [item] = await firstItems(market.url, 1);
  const client = await Client.login(market.url, demo.shopper);
  const [known] = (await client.get<{ items: { id: string }[] }>("/orders")).items;
  const order = known ?? (await shippedOrder(market, client, item));
  const { link } = await client.get<{ link: string }>(`/orders/${order.id}`);
  return {
    home: "/",
    search: `/search?q=${encodeURIComponent(item.title.split(" ")[0] ?? "")}`,
    "search-nothing": "/search?q=zzzzqqqq",
    shop: `/s/${await firstShop(market.url)}`,
    product: `/p/${item.sku}`,
    cart: "/cart",
    checkout: "/checkout",
    orders: "/orders",
    tracking: `/orders/${order.id}`,
    "order-link": new URL(link, market.url).pathname,
    wishlist: "/wishlist",
    you: "/you",
    sync: "/you/sync",
    notifications: "/you/notifications",
    devices: "/you/devices",
    addresses: "/you/addresses",
    missing: "/p/NO-SUCH-THING",
  };
}
/** An order whose parcel is under way, so that tracking has something to show. */
async function shippedOrder(market: Market, client: Client, item: ShelfItem): Promise<{ id: string }> {
  const order = await client.buy(item);
  const seller = await Seller.at(market.url);
  const batch = await seller.batchOf(order.id);
  await seller.pack(batch.id);
  const shipped = await seller.ship(batch.id);
  for (let step = 0; step < 3; step += 1) await seller.advance(shipped.parcel?.id ?? "");
  return order;
}
const strangerScreens = { welcome: "/", "cart-empty": "/cart", "orders-none": "/orders", login: "/login", register: "/register", forgot: "/forgot", reset: "/reset?token=none", "confirm-email": "/confirm-email?token=none" };

interface Look {
  name: string;
  options?: Parameters<import("@playwright/test").Browser["newContext"]>[0];
  textScale?: number;
  offline?: boolean;
  /** Looks at accessibility too; the looks without it differ in nothing that axe sees. */
  axe?: boolean;
}
const looks: Look[] = [
  { name: "light", axe: true },
  { name: "dark", options: { colorScheme: "dark" }, axe: true },
  { name: "arabic", options: { locale: "ar" }, axe: true },
  { name: "wide-412", options: { viewport: { width: 412, height: 915 } } },
  { name: "offline", offline: true },
  { name: "large-text", textScale: 2 },
];

for (const look of looks) {
  test(`every screen is whole and readable: ${look.name}`, async ({ market, pickUp }) => {
    test.setTimeout(240_000);
    const screens = await shopperScreens(market);

    const stranger = await pickUp(look.options);
    await stranger.keepApp();
    await tour(stranger, strangerScreens, look);

    const shopper = await pickUp(look.options);
    await shopper.keepApp();
    await shopper.logIn(demo.shopper);
    // A full cart says more than an empty one; it stays from one look to the next.
    if (Object.keys(await (await Client.login(market.url, demo.shopper)).quantities()).length === 0) {
      await shopper.open(screens.product ?? "");
      await shopper.addToCart();
    }
    if (look.offline) for (const path of Object.values(screens)) await shopper.open(path);
    await tour(shopper, screens, look);

    const seller = await pickUp(look.options);
    await seller.keepApp();
    await seller.logIn(demo.seller);
    const at = await Seller.at(market.url);
    const [batch] = await at.batches();
    await tour(seller, {
      sell: "/sell", "goods-codes": "/sell/goods", pick: "/sell/pick", stock: "/sell/stock", transfers: "/sell/transfers", "sell-lanes": "/sell/lanes",
      ...(batch && { batch: `/sell/${batch.id}`, pack: `/sell/${batch.id}/pack` }),
    }, look);

    const operator = await pickUp(look.options);
    await operator.keepApp();
    await operator.logIn("operator@demo.sampan");
    await tour(operator, {
      operate: "/operate", "operate-rules": "/operate/rules", "operate-imports": "/operate/imports",
      "operate-lanes": "/operate/lanes", "operate-pushes": "/operate/pushes",
    }, look);
  });
}

async function tour(phone: Phone, screens: Record<string, string>, look: Look): Promise<void> {
  if (look.offline) await phone.flightMode(true);
  for (const [name, path] of Object.entries(screens)) {
    await test.step(name, async () => {
      await phone.open(path);
      if (look.textScale) await enlargeText(phone, look.textScale);
      await picturesLoaded(phone);
      await phone.page.screenshot({ path: `shots/${look.name}/${name}.png`, fullPage: true });
      expect.soft(await overflow(phone), `${name} is wider than the phone`).toEqual([]);
      if (look.options?.locale === "ar") {
        expect.soft(await phone.page.locator("html").getAttribute("dir"), name).toBe("rtl");
      }
      if (look.axe) expect.soft(await violations(phone), name).toEqual([]);
    });
  }
}

/** The parts that stick out at the side of the screen, by class; sideways lists scroll inside themselves. */
function overflow(phone: Phone): Promise<string[]> {
  return phone.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((part) => {
        const box = part.getBoundingClientRect();
        return box.width > 0 && (box.right > width + 1 || box.left < -1);
      })
      .map((part) => `${part.tagName.toLowerCase()}.${part.className}`)
      .slice(0, 5);
  });
}

/** What axe-core finds serious or critical. A button that is just changing its colours is looked at again once it has. */
async function violations(phone: Phone): Promise<string[]> {
  const found = await axe(phone);
  if (found.length === 0) return found;
  await phone.page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    return Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
  });
  return axe(phone);
}

/** One look of axe-core's, with the place of each fault. */
async function axe(phone: Phone): Promise<string[]> {
  const { page } = phone;
  const cdp = await page.context().newCDPSession(page);
  // Through the debugger: the page's own policy lets no foreign script in.
  await cdp.send("Runtime.evaluate", { expression: axeSource });
  const { result } = await cdp.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] })",
    awaitPromise: true,
    returnByValue: true,
  });
  await cdp.detach();
  return (result.value as AxeResults).violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n")[1]?.trim()}`));
}

async function picturesLoaded(phone: Phone): Promise<void> {
  await phone.page.evaluate(() =>
    Promise.all([...document.images].filter((image) => image.loading !== "lazy" || image.getBoundingClientRect().top < innerHeight)
      .map((image) => image.decode().catch(() => undefined))));
}

function enlargeText(phone: Phone, scale: number): Promise<void> {
  return phone.page.evaluate((times) => {
    document.documentElement.style.fontSize = `${times * 100}%`;
  }, scale);
}
