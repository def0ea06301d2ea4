import { demo } from "./client.ts";
import type { Phone } from "./phone.ts";
import { expect, test } from "./test.ts";

const HEADER = "territory,hs,variant,rate,description,note,effective_from,effective_to,as_of,review_by,source,confidence";
const row = (hs: string, rate: string) => `NZ,${hs},,${rate},,,2026-01-01,,2026-11-01,2027-06-30,Working Tariff Document of New Zealand,firm`;

async function choose(phone: Phone, name: string, lines: readonly string[]): Promise<void> {
  const buffer = Buffer.from(`${[HEADER, ...lines].join("\n")}\n`);
  await phone.page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer });
}

test("staff see how old the rules are and what changes next, and find one by its code", async ({ phone }) => {
  await phone.logIn("operator@demo.sampan");
  await phone.open("/operate");
  const main = phone.page.locator("main");
  await expect(main).toContainText("European Union");
  await expect(phone.page.locator(".rule-ages li")).not.toHaveCount(0);
  await phone.page.getByRole("link", { name: "All rules" }).click();
  await phone.page.locator('select[name="kind"]').selectOption("flat_duties");
  const flat = main.locator("li", { hasText: "item_category" });
  await expect(flat.locator("dl div")).toHaveText(["amount3", "buyerperson", "currencyEUR", "goods up to150", "peritem_category", "territoryEU"]);
  await phone.page.locator('select[name="kind"]').selectOption("duty_rates");
  await phone.page.locator('input[name="q"]').fill("610910");
  await phone.tap("Search");
  await expect(main.locator("li").first()).toContainText("610910");
  await phone.page.locator('input[name="q"]').fill("zzzz");
  await phone.tap("Search");
  await expect(main).toContainText("No such rule");
});

test("a file is looked at before it is taken in, counts at once, and can be taken back; one bad row refuses it all", async ({ phone }) => {
  await phone.logIn("operator@demo.sampan");
  await phone.open("/operate/imports");
  const main = phone.page.locator("main");

  await choose(phone, "duty_rates.csv", [row("442190", "5%"), row("44219", "5%")]);
  await expect(main.getByRole("alert")).toContainText("Line 3, hs:");
  await expect(main).toContainText("Nothing imported yet");

  await choose(phone, "duty_rates.csv", [row("442190", "5%")]);
  await expect(main).toContainText("Concerns New Zealand");
  await phone.tap("Take it in");
  await expect(phone.page.locator(".toast")).toContainText("Imported.");
  await expect(main).toContainText("1 new, 0 changed, 0 as before");

  await choose(phone, "duty_rates.csv", [row("442190", "5%")]);
  await expect(phone.page.getByRole("button", { name: "Take it in" })).toHaveCount(0);
  await phone.tap("Leave it");

  await phone.page.getByRole("button", { name: "Take back" }).first().click();
  await phone.page.getByRole("alertdialog").getByRole("button", { name: "Take back" }).click();
  await expect(main).toContainText("Taken back on");
});

test("the room of the staff is closed to shoppers", async ({ phone }) => {
  await phone.logIn(demo.shopper);
  for (const path of ["/operate", "/operate/rules"]) {
    await phone.open(path);
    await expect(phone.page.locator("main")).toContainText("For staff only");
  }
});

test("a seller gives a product its code by words, and takes it back by undo", async ({ phone }) => {
  await phone.logIn(demo.seller);
  await phone.open("/sell/goods");
  await phone.page.locator(".chip").last().click();
  const first = phone.page.locator("main li").first();
  const before = await first.locator("bdi.number").textContent();
  await first.getByRole("button").click();
  const dialog = phone.page.locator("dialog[open]");
  await dialog.locator('input[name="words"]').fill("cotton T-shirt");
  await expect(dialog.locator("li").first()).toContainText(/61/);
  await dialog.locator('input[name="words"]').fill("610910");
  await dialog.getByRole("button", { name: "Take 610910" }).click();
  await expect(first.locator("bdi.number")).toHaveText("610910");
  await phone.page.locator(".toast").getByRole("button").click();
  await expect(first.locator("bdi.number")).toHaveText(before ?? "");
});
