import { Client, firstItems, newPerson, type Order } from "./client.ts";
import type { Market } from "./market.ts";
import type { Phone } from "./phone.ts";
import { expect, test } from "./test.ts";

/** A registered shopper with one product in the cart, at the checkout. */
async function atCheckout(market: Market, phone: Phone) {
  const person = newPerson();
  const [item] = await firstItems(market.url, 1);
  await phone.keepApp();
  await phone.register(person.email, person.password);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  await phone.toCheckout(person.email);
  const orders = async () => {
    const client = await Client.login(market.url, person.email, person.password);
    return (await client.get<{ items: Order[] }>("/orders")).items;
  };
  return { item, orders };
}

test("an order is paid, packed, shipped and followed to the door", async ({ market, phone, pickUp }) => {
  const { orders } = await atCheckout(market, phone);
  const asked = (await phone.payButton().textContent()) ?? "";
  await phone.payWith("ok");
  await expect(phone.page).toHaveURL(/\/orders\/[\w-]+/);
  const [order] = await orders();
  if (!order) throw new Error("the server knows no order");
  await phone.open(`/orders/${order.id}`);
  await expect(phone.page.getByText(order.number).first()).toBeVisible();
  // The button said exactly what the order then cost.
  expect(asked.replace(/[^\d]/g, "")).toBe(String(order.total.minor));
  const sentence = phone.sentence();
  const paid = await sentence.textContent();

  const seller = await pickUp();
  await seller.logIn("seller@demo.sampan");
  await seller.openBatch(order.number);
  await seller.tap(/^Packed/);
  await expect.poll(async () => (await orders())[0]?.batches.map((batch) => batch.state)).toEqual(["packed"]);
  await expect.poll(() => sentence.textContent()).not.toBe(paid);
  const packed = await sentence.textContent();
  await seller.tap(/^Shipped/);
  await expect.poll(async () => (await orders())[0]?.state).toBe("shipped");
  await expect.poll(() => sentence.textContent()).not.toBe(packed);

  await test.step("each tap of the demo's carrier is one more event on the tracking screen, with those between", async () => {
    const events = phone.timeline();
    for (let step = 1; step <= 3; step += 1) {
      const before = await events.count();
      await seller.tap(/one step/);
      await expect.poll(() => events.count()).toBeGreaterThan(before);
    }
  });

  await test.step("without network the tracking screen still tells it", async () => {
    const told = (await sentence.textContent()) ?? "";
    await phone.flightMode(true);
    await phone.reload();
    await expect(sentence).toHaveText(told);
    await expect(phone.timeline()).not.toHaveCount(0);
  });
});

test("a declined card charges nothing, says so, and leaves the cart as it was", async ({ market, phone }) => {
  const { item, orders } = await atCheckout(market, phone);
  await phone.payWith("declined");
  await expect(phone.page.getByRole("alert")).toContainText(/declined/i);
  expect((await orders()).filter((order) => order.state !== "cancelled")).toEqual([]);
  await phone.openCart();
  await expect.poll(() => phone.cart()).toEqual({ [item.sku]: item.minimum_quantity });
});

test("a payment whose answer never came is asked after, not charged again", async ({ market, phone }) => {
  const { orders } = await atCheckout(market, phone);
  await phone.payWith("timeout");
  await expect.poll(async () => (await orders()).map((order) => order.state), { timeout: 60_000 }).toEqual(["paid"]);
});

test("a card that asks its owner waits for the confirmation", async ({ market, phone }) => {
  const { orders } = await atCheckout(market, phone);
  await phone.payWith("challenge");
  const confirm = phone.page.getByRole("button", { name: /^Confirm/ });
  await expect(confirm).toBeVisible();
  expect((await orders()).filter((order) => order.state === "paid")).toEqual([]);
  await confirm.click();
  await expect.poll(async () => (await orders()).map((order) => order.state)).toEqual(["paid"]);
});

test("an order given in flight mode is placed when the phone is back online", async ({ market, phone }) => {
  const { orders } = await atCheckout(market, phone);
  await phone.flightMode(true);
  await phone.tap(/back online/i);
  expect(await orders()).toEqual([]);
  await phone.flightMode(false);
  await expect.poll(async () => (await orders()).map((order) => order.state), { timeout: 60_000 }).toEqual(["paid"]);
});
