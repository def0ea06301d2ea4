import { Client, firstItems, newPerson, type Person, type ShelfItem, shelf, shops } from "./client.ts";
import type { Phone } from "./phone.ts";
import { type Proxy, startProxy } from "./proxy.ts";
import { expect as baseExpect, test as base } from "./test.ts";
import { evict, hangInApply, kill, type Room, setInView, smallRoom, stopBeforeSending, unsent } from "./trouble.ts";

const expect = baseExpect.configure({ timeout: 30_000 });

/** A shopper with an account whose phone stands at a cart of one line, all sent; `line` is between it and the server. */
interface AtCart {
  phone: Phone;
  item: ShelfItem;
  person: Person;
  line: Proxy;
  /** The shopper's account as the server sees it. */
  server: Client;
}

/** `toCart` leads a new shopper there; `first` is done before the app is opened. */
const test = base.extend<{ toCart: (first?: (phone: Phone, line: Proxy) => Promise<void>) => Promise<AtCart> }>({
  toCart: async ({ market, pickUp }, use) => {
    const line = await startProxy(market.url);
    await use(async (first) => {
      const phone = await pickUp({ baseURL: line.url });
      await first?.(phone, line);
      const [item] = await firstItems(market.url, 1);
      const person = newPerson();
      await phone.keepApp();
      await phone.register(person.email, person.password);
      await phone.open(`/p/${item.sku}`);
      await phone.addToCart();
      await phone.openCart();
      const server = await Client.login(market.url, person.email, person.password);
      await settledAt(phone, server, after(item, 0));
      return { phone, item, person, line, server };
    });
    await line.stop();
  },
});

/** What so many taps on + make of the line. */
const after = (item: ShelfItem, taps: number) => ({ [item.sku]: item.minimum_quantity + taps * item.pack_step });

/** In the tab, on its server and in its outbox a cart is the same, and nothing waits. */
async function settledAt(tab: Phone, server: Client, cart: Record<string, number>): Promise<void> {
  await expect.poll(() => server.quantities()).toEqual(cart);
  await expect.poll(() => unsent(tab)).toBe(0);
  await expect.poll(() => tab.cart()).toEqual(cart);
}

test.describe("a tab is killed", () => {
  test("after a tap was written down and before it is sent: the next tab sends it once", async ({ toCart }) => {
    const { phone, item, line, server } = await toCart();
    const before = line.ops().length;
    await stopBeforeSending(phone);
    await phone.more(item.sku);
    await expect.poll(() => unsent(phone)).toBe(1);
    await kill(phone);
    expect(line.ops()).toHaveLength(before);

    const tab = await phone.anotherTab("/cart");
    await settledAt(tab, server, after(item, 1));
    expect(line.ops()).toHaveLength(before + 1);
  });

  test("while the reply is on its way: the next tab sends it again and it counts once", async ({ toCart }) => {
    const { phone, item, line, server } = await toCart();
    const held = line.holdReply();
    await phone.more(item.sku);
    await held.answered;
    await kill(phone);
    held.release();
    expect(await server.quantities()).toEqual(after(item, 1));

    const tab = await phone.anotherTab("/cart");
    await settledAt(tab, server, after(item, 1));
    expect(line.ops().slice(-2), "the same op went twice").toEqual([line.ops().at(-1), line.ops().at(-1)]);
    await tab.reload();
    expect(await tab.cart()).toEqual(after(item, 1));
  });

  test("in the middle of taking in a long reply: none of it stays, and the next tab takes in all", async ({ toCart, market }) => {
    const { phone, item, line, server } = await toCart();
    await phone.flightMode(true);
    const skus = (await Promise.all((await shops(market.url)).map((shop) => shelf(market.url, shop.slug)))).flat().map(({ sku }) => sku);
    const many = skus.filter((sku) => sku !== item.sku).slice(0, 120);
    await server.sync(...many.map((sku) => ({ kind: "wishlist.put", sku })));
    await phone.more(item.sku);
    const { hangs } = await hangInApply(phone, 60);
    await phone.page.context().setOffline(false);
    await hangs;
    await kill(phone);

    const tab = await phone.anotherTab("/cart");
    await settledAt(tab, server, after(item, 1));
    expect(line.ops().slice(-2), "the same op went twice").toEqual([line.ops().at(-1), line.ops().at(-1)]);
    await tab.open("/wishlist");
    await expect(tab.page.locator('main a[href^="/p/"]')).not.toHaveCount(0);
    expect(new Set(await wished(tab))).toEqual(new Set(many));
  });
});

/** The SKUs on the wishlist as the phone keeps them. */
function wished(phone: Phone): Promise<string[]> {
  return phone.page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const opening = indexedDB.open("sampan");
        opening.onsuccess = () => {
          const reading = opening.result.transaction("confirmed").objectStore("confirmed").getAll();
          reading.onsuccess = () => done(reading.result.filter((row) => row.kind === "wishlist_item").map((row) => row.id));
          opening.result.close();
        };
      }),
  );
}

test("a full phone: pictures give way to a tap, and a tap that finds no room is taken back in words", async ({ toCart }) => {
  let room: Room | undefined;
  const { phone, item, line, server } = await toCart(async (phone, line) => {
    room = await smallRoom(phone, line.url);
  });
  if (!room) throw new Error("the phone is as large as any");
  const pictures = () => phone.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("media-")));
  await expect.poll(pictures).not.toEqual([]);

  await room.shrinkTo(await room.taken());
  await phone.more(item.sku);
  await settledAt(phone, server, after(item, 1));
  expect(await pictures()).toEqual([]);

  await room.shrinkTo(1);
  const sent = line.ops().length;
  await phone.more(item.sku);
  await expect(phone.page.getByText(/this phone is full.*tap again/i)).toBeVisible();
  await expect(phone.strip("full")).toBeVisible();
  expect(await phone.cart()).toEqual(after(item, 1));
  await phone.reload();
  expect(await phone.cart()).toEqual(after(item, 1));
  expect(line.ops()).toHaveLength(sent);

  await room.grow();
  await phone.more(item.sku);
  await settledAt(phone, server, after(item, 2));
  await expect(phone.strip("full")).toHaveCount(0);
});

test("two tabs send each tap once, show the same, and one takes over when the other closes", async ({ toCart }) => {
  const { phone, item, line, server } = await toCart();
  const other = await phone.anotherTab("/cart");
  const tabs = [phone, other];
  const soon = { timeout: 1_000, intervals: [50] };
  let taps = 0;
  const sent = line.ops().length;
  const tapAndLook = async (tab: Phone) => {
    await tab.more(item.sku);
    taps += 1;
    for (const each of tabs) await expect.poll(() => each.cart(), soon).toEqual(after(item, taps));
  };

  await test.step("online, in turn and at once", async () => {
    for (const tab of [phone, other, phone, other]) await tapAndLook(tab);
    await Promise.all(tabs.map((tab) => tab.more(item.sku)));
    taps += 2;
    for (const each of tabs) await settledAt(each, server, after(item, taps));
  });

  await test.step("offline, then online again", async () => {
    await phone.flightMode(true);
    for (const tab of [other, phone, other]) await tapAndLook(tab);
    await phone.flightMode(false);
    for (const each of tabs) await settledAt(each, server, after(item, taps));
  });
  expect(line.ops()).toHaveLength(sent + taps);
  expect(new Set(line.ops()).size).toBe(line.ops().length);

  const live = "/api/v1/sync/live";
  const newsFromElsewhere = async (tab: Phone) => {
    await expect.poll(() => line.open(live)).toBe(1);
    await server.sync({ kind: "cart.add", cart: server.session.cart_id, line: item.sku, delta: item.pack_step });
    taps += 1;
    await expect.poll(() => tab.cart(), soon).toEqual(after(item, taps));
  };
  await test.step("the tab that listens goes out of view, the other listens", async () => {
    await newsFromElsewhere(other);
    const listened = line.asked(live);
    await setInView(phone, false);
    await expect.poll(() => line.asked(live)).toBeGreaterThan(listened);
    await newsFromElsewhere(other);
  });

  await test.step("it closes, and the first listens again", async () => {
    await setInView(phone, true);
    const listened = line.asked(live);
    await other.page.close();
    await expect.poll(() => line.asked(live)).toBeGreaterThan(listened);
    await newsFromElsewhere(phone);
  });
});

test("a phone that may not listen, as one of too many, asks by itself", async ({ toCart }) => {
  const refuse = { status: 503, headers: { "retry-after": "1" }, contentType: "application/problem+json", body: '{"type":"/problems/unavailable"}' };
  const { phone, item, server } = await toCart(async (phone) => {
    await phone.page.route("**/api/v1/sync/live", (route) => route.fulfill(refuse));
  });
  await server.sync({ kind: "cart.add", cart: server.session.cart_id, line: item.sku, delta: item.pack_step });
  await expect.poll(() => phone.cart()).toEqual(after(item, 1));
});

test("a newer build put on in the middle of an exchange sends what waited", async ({ toCart }) => {
  const { phone, item, line, server } = await toCart();
  const other = await phone.anotherTab("/you");
  const held = line.holdReply();
  await phone.more(item.sku);
  await held.answered;
  line.rewrite("/sw.js", (worker) => worker.replaceAll(/version:(["'`])[0-9a-f]{12}\1/g, "version:`newer-build`"));
  await phone.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const prompt = phone.page.locator(".update");
  await expect(prompt).toBeVisible();
  await phone.more(item.sku);
  await expect.poll(() => unsent(phone)).toBe(2);

  const loaded = phone.page.waitForEvent("load");
  await prompt.getByRole("button").click();
  await loaded;
  held.release();
  await phone.settled();
  await settledAt(phone, server, after(item, 2));
  expect(await phone.page.evaluate(() => caches.keys())).toEqual(expect.arrayContaining(["shell-newer-build"]));
  await expect(prompt).toHaveCount(0);

  // The other tab was asked too; its tap must not lead nowhere.
  const again = other.page.waitForEvent("load");
  await other.page.locator(".update").getByRole("button").click();
  await again;
  await other.settled();
  await expect(other.page.locator(".update")).toHaveCount(0);
});

test("a phone whose storage was thrown away gets everything back by its cookie, and says so", async ({ toCart }) => {
  const { phone, item, line, server } = await toCart();
  await phone.page.goto("about:blank");
  await evict(phone, line.url);
  await phone.open("/cart");
  await expect.poll(() => phone.cart()).toEqual(after(item, 0));
  await expect(phone.page.getByText("Everything is back on this phone")).toBeVisible();
  await phone.more(item.sku);
  await settledAt(phone, server, after(item, 1));

  await test.step("also with the app open", async () => {
    await evict(phone, line.url);
    await phone.more(item.sku);
    await settledAt(phone, server, after(item, 2));
  });
});
