import { Client, demo, Seller, shelf } from "./client.ts";
import { test } from "./test.ts";

/** Takes the pictures that the README and the installed app's store page show: `make pictures`. */
const folder = "../../pwa/public/screenshots";
const shop = "olaria-vale-manso";

test("the pictures of the README and the manifest", async ({ market, phone }) => {
  test.setTimeout(180_000);
  const [bowl, plate, mug] = (await shelf(market.url, shop)).filter((item) => item.minimum_quantity <= 12);
  if (!bowl || !plate || !mug) throw new Error(`${shop} has fewer than three products to sell`);
  const shopper = await Client.login(market.url, demo.shopper);
  const order = await shopper.buy(bowl);
  const seller = await Seller.at(market.url);
  const batch = await seller.batchOf(order.id);
  await seller.pack(batch.id);
  const parcel = (await seller.ship(batch.id)).parcel?.id ?? "";
  for (let step = 0; step < 2; step += 1) await seller.advance(parcel);

  await phone.keepApp();
  await phone.logIn(demo.shopper);
  const take = (name: string) => phone.page.screenshot({ path: `${folder}/${name}.png` });
  await phone.open(`/orders/${order.id}`);
  await take("3-tracking");
  await phone.visitShop(shop);
  await phone.open(`/p/${bowl.sku}`);
  await take("2-product");

  await phone.flightMode(true);
  for (const item of [bowl, plate, mug]) {
    await phone.open(`/p/${item.sku}`);
    await phone.addToCart();
  }
  await phone.openCart();
  await phone.page.evaluate(() => scrollTo(0, 0));
  await take("1-cart-offline");
});
