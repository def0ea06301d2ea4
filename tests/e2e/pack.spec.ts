import { say } from "./announcement.ts";
import { Client, demo, firstItems, Seller } from "./client.ts";
import { expect, test } from "./test.ts";

const GTIN = "2000000000015";

/** A camera that films a canvas, and a reader of barcodes that reads what the test holds before it. */
function fakeCamera(): void {
  const scope = globalThis as unknown as { before: string; tracks: MediaStreamTrack[]; BarcodeDetector: unknown };
  scope.before = "";
  scope.tracks = [];
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.fillRect(0, 0, 1, 1);
    const stream = canvas.captureStream(10);
    scope.tracks.push(...stream.getTracks());
    return stream;
  };
  scope.BarcodeDetector = class {
    async detect(): Promise<object[]> {
      return scope.before ? [{ rawValue: scope.before, format: "ean_13" }] : [];
    }
  };
}

test("a seller walks the pick list, counts pieces by camera, code and tap, and sends Packed once all is in", async ({ market, pickUp }) => {
  const [item] = await firstItems(market.url, 1);
  const order = await (await Client.guest(market.url)).buy(item);
  const seller = await Seller.at(market.url);
  await seller.setBarcode(item.sku, GTIN);
  const { id } = await seller.batchOf(order.id);

  const phone = await pickUp();
  const { page } = phone;
  await page.addInitScript(fakeCamera);
  await phone.keepApp();
  await phone.logIn(demo.seller);
  await phone.open("/sell/pick");
  const line = page.getByRole("listitem").filter({ hasText: order.number });
  await line.getByRole("checkbox").check();
  await phone.reload();
  await expect(line.getByRole("checkbox"), "ticks stay on the phone").toBeChecked();

  await phone.open(`/sell/${id}/pack`);
  const counted = (done: number) =>
    expect(page.getByText(say("en", "pack-of", { done: String(done), all: String(item.minimum_quantity) }))).toBeVisible();
  const hold = (code: string) => page.evaluate((held) => void Object.assign(globalThis, { before: held }), code);
  const packed = page.getByRole("button", { name: say("en", "sell-packed"), exact: true });
  await counted(0);
  await expect(packed).toBeDisabled();

  await test.step("the camera counts a code once for as long as it stays in sight", async () => {
    await phone.tap(say("en", "pack-camera"));
    await hold(GTIN);
    await counted(1);
    await page.waitForTimeout(1_000);
    await counted(1);
    await hold("");
    await phone.tap(say("en", "pack-camera-off"));
    expect(await page.evaluate(() => (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.map((track) => track.readyState))).toEqual(["ended"]);
  });

  await test.step("what does not belong is not counted, and said", async () => {
    const code = page.getByLabel(say("en", "pack-code"));
    for (const wrong of ["2000000000016", "4006381333931"]) {
      await code.fill(wrong);
      await code.press("Enter");
      await expect(page.getByRole("alert")).toBeVisible();
      await counted(1);
    }
    await code.fill(item.sku);
    await code.press("Enter");
    await counted(2);
    await phone.tap(say("en", "pack-undo"));
    await counted(1);
  });

  for (let done = 2; done <= item.minimum_quantity; done += 1) {
    await page.getByRole("listitem").getByRole("button").filter({ hasText: item.sku }).click();
    await counted(done);
  }
  await phone.reload();
  await counted(item.minimum_quantity);
  await packed.click();
  await expect.poll(async () => (await seller.batchOf(order.id)).state).toBe("packed");
});
