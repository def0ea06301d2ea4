import { say } from "./announcement.ts";
import { Client, demo, newPerson, Seller, shelf } from "./client.ts";
import { expect, test } from "./test.ts";

/** Sold out in the demo market, and more comes in some days. */
const SHIRT = "LAK-SHIRT-XL";
/** What stands before and after the day, in any of its forms. */
const fromDay = new RegExp(say("en", "ships-from-day", { day: "@" }).replace("@", "\\w+ \\d+"));

test("what is sold out but comes is ordered with its day, and leaves once it is there", async ({ phone }) => {
  const person = newPerson();
  await phone.keepApp();
  await phone.register(person.email, person.password);
  await phone.open(`/p/${SHIRT}`);
  const day = await phone.page.getByText(fromDay).first().textContent();
  await phone.addToCart();
  await phone.toCheckout(person.email);
  await expect(phone.page.getByText(day ?? "nothing").first()).toBeVisible();
  await phone.payWith("ok");
  await expect(phone.page).toHaveURL(/\/orders\/[\w-]+/);
  await expect(phone.page.getByRole("status").filter({ hasText: day ?? "nothing" })).toBeVisible();

  await test.step("without network the order still says its day", async () => {
    await phone.flightMode(true);
    await phone.reload();
    await expect(phone.page.getByRole("status").filter({ hasText: day ?? "nothing" })).toBeVisible();
    await phone.flightMode(false);
  });

  const next = phone.page.getByTestId("forward").getByRole("button");
  await expect(next).toHaveText(say("en", "forward-received"));
  await next.click();
  await expect(next).toHaveText(say("en", "forward-packed"));
  await expect(phone.page.getByText(fromDay)).toHaveCount(0);
});

test("a packer who finds too few says so, and goes on with the next batch", async ({ market, pickUp }) => {
  // A shop that no other test buys from.
  const [item] = await shelf(market.url, "nha-son-trang");
  if (!item) throw new Error("the workshop has nothing to sell");
  const shopper = await Client.guest(market.url);
  const [first, second] = [await shopper.buy(item), await (await Client.guest(market.url)).buy(item)];
  const seller = await Seller.at(market.url);
  const batch = await seller.batchOf(first.id);
  // The shelf holds by the count what these two ordered and no more.
  await seller.count(item.sku, item.minimum_quantity * 2);

  const phone = await pickUp();
  const { page } = phone;
  await phone.keepApp();
  await phone.logIn(demo.seller);
  await phone.open("/sell/pick");
  await phone.flightMode(true);
  await phone.reload();
  await expect(page.getByText(say("en", "pick-kept", { when: "@" }).split("@")[0] ?? "", { exact: false })).toBeVisible();
  await phone.open(`/sell/${batch.id}/pack`);
  await page.getByRole("listitem").getByRole("button").filter({ hasText: item.sku }).click();
  await phone.flightMode(false);

  await phone.tap(say("en", "missing-tell"));
  const form = page.getByRole("dialog");
  await form.getByLabel(say("en", "missing-pieces")).fill("1");
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel(say("en", "stock-coming-day")).fill(day);
  await form.getByRole("button", { name: say("en", "missing-send") }).click();
  await expect(page.getByRole("heading", { name: /Waits for goods/ })).toBeVisible();
  await expect.poll(async () => (await shopper.get<{ batches: { planned_for: string | null }[] }>(`/orders/${first.id}`)).batches[0]?.planned_for?.slice(0, 10)).toBe(day);

  await page.getByRole("link", { name: say("en", "pack-next") }).click();
  await expect(page.getByRole("heading", { name: second.number })).toBeVisible();
  await seller.count(item.sku, item.available);
});
