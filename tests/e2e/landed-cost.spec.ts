import { newPerson } from "./client.ts";
import type { Phone } from "./phone.ts";
import { expect, test } from "./test.ts";

/** Of the demo market: wire birds of South Africa, a basket of Ghana, bootees of Peru, a battery of Sweden. */
const bird = "/p/KWP-BIRDW";
const basket = "/p/AKG-ROUND-NAT?quantity=24";
const bootees = "/p/WPA-BOOTIE";

/** Opens a product and has it sent to a country. */
async function openFor(phone: Phone, path: string, country: string): Promise<void> {
  await phone.open(path);
  await chooseCountry(phone, country);
  await known(phone);
}

async function chooseCountry(phone: Phone, country: string): Promise<void> {
  await phone.page.locator(".landed").getByRole("button", { name: /^(Change|Choose)$/ }).first().click();
  await phone.page.locator('dialog select[name="country"]').selectOption(country);
}

const known = (phone: Phone) => expect(phone.page.locator('.landed[aria-busy="false"] .part.freight .number')).toBeVisible();
const piece = (phone: Phone) => phone.page.locator(".landed-piece .big");
const rules = (phone: Phone, part: string) => phone.page.locator(`.landed .part.${part}`).click();
const sheet = (phone: Phone) => phone.page.locator("dialog[open]");

async function minor(phone: Phone): Promise<number> {
  return Number(((await piece(phone).textContent()) ?? "").replace(/\D/g, ""));
}

test("slider, stepper and marks are one quantity, and a piece at the door costs less the more there are", async ({ phone }) => {
  await openFor(phone, bird, "DE");
  const slider = phone.page.getByRole("slider");
  const stepper = phone.page.locator(".stepper input").first();
  const few = await minor(phone);
  await expect(slider).toHaveAttribute("aria-valuetext", /4 pieces, .*a piece at the door/);

  await slider.press("ArrowRight");
  await expect(stepper).toHaveValue("8");
  await phone.page.locator(".tier").nth(1).click();
  await expect(slider).toHaveValue("16");
  await known(phone);
  const more = await minor(phone);
  expect(more).toBeLessThan(few);
  await slider.press("End");
  await expect(stepper).not.toHaveValue("16");
  await known(phone);
  expect(await minor(phone)).toBeLessThan(more);
});

test("every number tells its rule, where that comes from and of what day", async ({ phone }) => {
  await openFor(phone, bird, "DE");
  await rules(phone, "duty");
  await expect(sheet(phone)).toContainText("A flat duty of €3.00");
  await expect(sheet(phone)).toContainText(/Source: Council Regulation .* as of .*2026/);
  await expect(sheet(phone)).toContainText(/From .*2026 to .*2028/);
  await phone.page.keyboard.press("Escape");
  for (const part of ["goods", "freight", "tax"]) {
    await rules(phone, part);
    await expect(sheet(phone)).toContainText("Source:");
    await phone.page.keyboard.press("Escape");
  }
});

test("where the code leaves several rates open, the range is shown and the question asked", async ({ phone }) => {
  await openFor(phone, basket, "GB");
  await rules(phone, "duty");
  await expect(sheet(phone)).toContainText("we charge the higher");
  await expect(sheet(phone)).toContainText("What decides:");
});

test("what nobody knows is said, and is never nought", async ({ phone }) => {
  await openFor(phone, bootees, "US");
  await expect(phone.page.locator(".part.duty")).toContainText("not known");
  await expect(phone.page.locator(".landed")).toContainText("What the door will ask is not known.");
  await expect(phone.page.locator(".landed")).toContainText("Duty unknown:");
});

test("who pays at the border is chosen once and holds in cart and checkout", async ({ phone }) => {
  await openFor(phone, basket, "GB");
  const all = await phone.page.locator(".landed-total strong").textContent();
  await phone.page.locator(".landed-line").getByRole("button").first().click();
  await phone.page.locator('input[name="terms"][value="dap"]').click();
  await expect(phone.page.locator(".landed")).toContainText(/About .* will be asked at the door/);
  await known(phone);
  const now = await phone.page.locator(".landed-total strong").textContent();
  expect(now).not.toBe(all);

  await phone.addToCart();
  await phone.openCart();
  await expect(phone.page.locator(".landed-total strong")).toHaveText(now ?? "");
  await phone.page.locator('main a[href="/checkout"]').click();
  await phone.page.locator('select[name="country"]').selectOption("GB");
  await expect(phone.payButton()).toHaveText(`Pay ${now}`);
});

test("a business is kept by its numbers' form, pays by its own rules, is told which, and is known on its other phone", async ({
  phone,
  pickUp,
}) => {
  const person = newPerson();
  await phone.register(person.email, person.password);
  await openFor(phone, bird, "DE");
  await phone.page.locator(".landed").getByRole("button", { name: "Change" }).first().click();
  await phone.page.locator('input[name="buyer"][value="business"]').check();
  await phone.page.locator('input[name="vat"]').fill("de 123 45");
  await phone.tap("Save");
  await expect(sheet(phone)).toContainText("A VAT number looks like DE123456789.");
  await phone.page.locator('input[name="vat"]').fill("de 123 456 789");
  await phone.tap("Save");
  await expect(sheet(phone)).toHaveCount(0);
  await expect(phone.page.locator(".landed")).toContainText("Because you buy as a business:");
  await expect(phone.page.locator(".landed")).toContainText("The flat duty of €3.00 is for persons");

  const other = await pickUp();
  await other.logIn(person.email, person.password);
  await expect(other.page.locator("main")).toContainText("DE123456789");
});

test("the same parcel on the last of June and the first of July, side by side, differs by the rules that changed", async ({ phone }) => {
  await openFor(phone, bird, "DE");
  await rules(phone, "duty");
  await phone.tap("Compare two days");
  const [first, second] = await sheet(phone).locator('input[type="date"]').all();
  await first?.fill("2026-06-30");
  await second?.fill("2026-07-01");
  const duty = sheet(phone).locator("tr", { hasText: "Duty" }).locator("td");
  await expect(duty).toHaveText(["€0.00", "€3.00"]);
  const changes = sheet(phone).locator("section", { has: phone.page.locator("h3") });
  await expect(changes.filter({ hasText: "No longer" })).toContainText("€150.00");
  await expect(changes.filter({ hasText: "New" })).toContainText("A flat duty of €3.00");
  await expect(sheet(phone).locator("tr", { hasText: "Freight" }).locator("td")).toHaveCount(2);
});

test("in flight mode the phone works the price out by rules it keeps, and says so; without any it says what is known", async ({
  phone,
}) => {
  await phone.keepApp();
  const kept = phone.page.waitForResponse((answer) => answer.url().includes("/landed-cost/rules?to=DE") && answer.ok());
  await openFor(phone, bird, "DE");
  await kept;
  await phone.addToCart();
  const asked = await piece(phone).textContent();

  await phone.flightMode(true);
  await phone.reload();
  const card = phone.page.locator(".landed");
  await expect(card).toContainText("Worked out on this phone from rules of");
  await expect(card).toContainText("A piece at your door, about");
  await expect(piece(phone)).toHaveText(asked ?? "");
  await rules(phone, "duty");
  await expect(sheet(phone)).toContainText("A flat duty of €3.00");
  await phone.page.keyboard.press("Escape");
  await phone.openCart();
  await expect(phone.page.locator(".landed-total")).toContainText("about");

  await phone.open(bird);
  await chooseCountry(phone, "BR");
  await expect(card).toContainText("Freight, duty and tax come with the next signal.");
});
