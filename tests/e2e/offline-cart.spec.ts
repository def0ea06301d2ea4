import { Client, firstItems, firstShop, newPerson, type ShelfItem } from "./client.ts";
import { startProxy } from "./proxy.ts";
import { expect, test } from "./test.ts";

test("a cart filled in flight mode reaches the server and the shopper's other phone", async ({ market, phone, pickUp }) => {
  const items = await firstItems(market.url, 3);
  const [kept, changed, removed] = items;
  const { email, password } = newPerson();

  await phone.keepApp();
  await phone.register(email, password);
  await phone.visitShop(await firstShop(market.url));
  const other = await pickUp();
  await other.logIn(email, password);
  await other.openCart();
  await expect(other.page.locator("main li:has(fieldset)")).toHaveCount(0);

  await test.step("in flight mode: reload, search, add three, change one, remove one", async () => {
    await phone.flightMode(true);
    await phone.reload();
    for (const item of items) {
      await phone.search(item.title);
      await phone.openProduct(item.sku);
      await phone.addToCart();
    }
    await phone.openCart();
    const minimum = (item: ShelfItem) => item.minimum_quantity;
    await expect.poll(() => phone.cart()).toEqual({ [kept.sku]: minimum(kept), [changed.sku]: minimum(changed), [removed.sku]: minimum(removed) });
    await phone.typeQuantity(changed.sku, changed.minimum_quantity + 2 * changed.pack_step);
    await phone.remove(removed.sku);
    await expect(phone.strip("offline")).toContainText(/saved on this phone/i);
  });

  const wanted = { [kept.sku]: kept.minimum_quantity, [changed.sku]: changed.minimum_quantity + 2 * changed.pack_step };
  await test.step("nothing is lost when the app starts again without network", async () => {
    await phone.reload();
    await expect.poll(() => phone.cart()).toEqual(wanted);
  });

  const server = await Client.login(market.url, email, password);
  expect(await server.quantities()).toEqual({});

  await test.step("online again: the server, this phone and the other agree, the other without a touch", async () => {
    await phone.flightMode(false);
    await expect.poll(() => server.quantities(), { timeout: 30_000 }).toEqual(wanted);
    await expect.poll(() => phone.cart()).toEqual(wanted);
    await expect.poll(() => other.cart()).toEqual(wanted);
    await expect(phone.strip("offline")).toHaveCount(0);
  });

  await test.step("and a tap on the other phone shows on this one", async () => {
    await other.more(kept.sku);
    const more = { ...wanted, [kept.sku]: kept.minimum_quantity + kept.pack_step };
    await expect.poll(() => phone.cart()).toEqual(more);
    await expect.poll(() => server.quantities()).toEqual(more);
  });
});

test("two phones that both tapped plus while offline keep both taps", async ({ market, phone, pickUp }) => {
  const [item] = await firstItems(market.url, 1);
  const { email, password } = newPerson();
  await phone.keepApp();
  await phone.register(email, password);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  await phone.openCart();
  const other = await pickUp();
  await other.keepApp();
  await other.logIn(email, password);
  await other.openCart();
  await expect.poll(() => other.cart()).toEqual({ [item.sku]: item.minimum_quantity });

  await phone.flightMode(true);
  await other.flightMode(true);
  await phone.more(item.sku);
  await other.more(item.sku);
  await other.more(item.sku);
  await phone.flightMode(false);
  await other.flightMode(false);

  const both = { [item.sku]: item.minimum_quantity + 3 * item.pack_step };
  await expect.poll(() => phone.cart(), { timeout: 30_000 }).toEqual(both);
  await expect.poll(() => other.cart()).toEqual(both);
});

test("taps whose replies were lost count once", async ({ market, pickUp }) => {
  const line = await startProxy(market.url);
  try {
    const [item] = await firstItems(market.url, 1);
    const { email, password } = newPerson();
    const phone = await pickUp({ baseURL: line.url });
    await phone.keepApp();
    await phone.register(email, password);
    line.loseReplies("/api/v1/sync", 2);
    await phone.open(`/p/${item.sku}`);
    await phone.addToCart();
    await phone.openCart();
    await phone.more(item.sku);
    await phone.more(item.sku);

    const wanted = { [item.sku]: item.minimum_quantity + 2 * item.pack_step };
    await expect.poll(() => phone.cart()).toEqual(wanted);
    const server = await Client.login(market.url, email, password);
    await expect.poll(() => server.quantities(), { timeout: 45_000 }).toEqual(wanted);
    await expect.poll(() => line.lost()).toBe(2);
    await phone.reload();
    await expect.poll(() => phone.cart()).toEqual(wanted);
    await expect(phone.strip("stuck")).toHaveCount(0);
    expect(await server.quantities()).toEqual(wanted);
  } finally {
    await line.stop();
  }
});

test("a cart survives the server being killed while the phone sends", async ({ market, phone }) => {
  const [item] = await firstItems(market.url, 1);
  const { email, password } = newPerson();
  await phone.keepApp();
  await phone.register(email, password);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  await phone.openCart();
  for (let tap = 0; tap < 5; tap += 1) await phone.more(item.sku);
  await market.crash();
  for (let tap = 0; tap < 5; tap += 1) await phone.more(item.sku);
  const wanted = { [item.sku]: item.minimum_quantity + 10 * item.pack_step };
  await expect.poll(() => phone.cart()).toEqual(wanted);

  await market.restart();
  await phone.reload();
  const server = await Client.login(market.url, email, password);
  await expect.poll(() => server.quantities(), { timeout: 45_000 }).toEqual(wanted);
  await expect.poll(() => phone.cart()).toEqual(wanted);
});
