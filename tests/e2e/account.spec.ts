import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, firstItems, newPerson, uuid7 } from "./client.ts";
import type { Market } from "./market.ts";
import { expect, test } from "./test.ts";

test("a guest's cart comes along into the account, once", async ({ market, phone }) => {
  const [mine, guests] = await firstItems(market.url, 2);
  const person = newPerson();
  const account = await Client.register(market.url, person);
  await account.sync({ kind: "cart.add", cart: account.session.cart_id, line: mine.sku, delta: mine.minimum_quantity });

  await phone.keepApp();
  await phone.open(`/p/${guests.sku}`);
  await phone.addToCart();
  await phone.logIn(person.email, person.password);
  await phone.openCart();
  const both = { [mine.sku]: mine.minimum_quantity, [guests.sku]: guests.minimum_quantity };
  await expect.poll(() => phone.cart()).toEqual(both);
  await expect.poll(() => account.quantities()).toEqual(both);

  await phone.reload();
  await expect.poll(() => phone.cart()).toEqual(both);
});

test("logging out leaves nothing of the person on the phone", async ({ market, phone }) => {
  const [item] = await firstItems(market.url, 1);
  const person = newPerson();
  await phone.keepApp();
  await phone.register(person.email, person.password);
  await phone.open(`/p/${item.sku}`);
  await phone.addToCart();
  await phone.openCart();
  await expect.poll(() => phone.cart()).toEqual({ [item.sku]: item.minimum_quantity });
  const server = await Client.login(market.url, person.email, person.password);
  await expect.poll(() => server.quantities()).toEqual({ [item.sku]: item.minimum_quantity });

  await phone.open("/you");
  await phone.tap("Log out");
  await expect(phone.page.getByText(person.email)).toHaveCount(0);
  await phone.openCart();
  await expect(phone.page.locator("main li:has(fieldset)")).toHaveCount(0);
  await phone.reload();
  await expect(phone.page.locator("main li:has(fieldset)")).toHaveCount(0);
  // A truth, not the text itself: that would fill the report.
  expect((await phone.everythingKept()).includes(person.email)).toBe(false);
});

test("a forgotten password is replaced by the link in the mail", async ({ market, phone }) => {
  const person = newPerson();
  await Client.register(market.url, person);
  await phone.open("/forgot");
  await phone.page.locator('input[name="email"]').fill(person.email);
  await phone.page.locator('main button[type="submit"]').click();
  await expect(phone.page.locator("main").getByRole("status")).toContainText(person.email);

  const link = () => mailTo(market, person.email).match(/\/reset\?token=[\w-]+/)?.[0] ?? "";
  await expect.poll(link).not.toBe("");
  await phone.open(link());
  const password = "another river, another boat";
  await phone.page.locator('input[name="password"]').fill(password);
  await phone.page.locator('main button[type="submit"]').click();
  await expect(phone.page.locator('main a[href="/login"]')).toBeVisible();
  await expect(Client.login(market.url, person.email, person.password)).rejects.toThrow(/401/);
  await phone.logIn(person.email, password);
});

test("another phone can be signed out from this one", async ({ market, phone, pickUp }) => {
  const person = newPerson();
  await phone.keepApp();
  await phone.register(person.email, person.password);
  const lost = await pickUp();
  await lost.keepApp();
  await lost.logIn(person.email, person.password);

  await phone.open("/you/devices");
  await expect(phone.page.locator("main li")).toHaveCount(2);
  await phone.page.locator("main li").getByRole("button").click();
  await phone.page.getByRole("dialog").locator(".button-danger").click();
  await expect(phone.page.locator("main li")).toHaveCount(1);
  await lost.reload();
  await lost.open("/you");
  await expect(lost.page.locator('main a[href="/login"]')).toBeVisible();
});

test("a confirmation with a private link goes to whoever ordered, account or not", async ({ market, phone }) => {
  const [item] = await firstItems(market.url, 1);
  const guest = await Client.guest(market.url);
  const email = `guest-${uuid7()}@example.org`;
  const order = await guest.buy(item, email);
  const link = () => mailTo(market, email).match(/\/o\/[\w-]+/)?.[0] ?? "";
  await expect.poll(link).not.toBe("");
  await phone.open(link());
  await expect(phone.sentence()).toBeVisible();
  await expect(phone.page.locator("main")).toContainText(order.number);
  await expect(phone.page.locator("main")).not.toContainText("Boavista");
  await expect(phone.page.locator("main")).not.toContainText(email);
});

/** What the server mailed to this address so far: the texts of its base64 bodies. */
function mailTo(market: Market, email: string): string {
  const folder = join(market.folder, "sampan-mail");
  if (!existsSync(folder)) return "";
  const mails = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return mails
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .filter((mail) => mail.includes(`To: <${email}>`))
    .map((mail) => Buffer.from(mail.slice(mail.indexOf("\r\n\r\n")), "base64").toString("utf8"))
    .join("\n");
}
