import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import { newPerson } from "./client.ts";
import { startMarket } from "./market.ts";
import { Phone } from "./phone.ts";
import { chromiumArguments } from "./playwright.config.ts";

/** "On your own phone": a name of one's own, a certificate made at the kitchen table, and the app installs. */
test("with a locally made certificate the app installs under another host name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sampan-tls-"));
  const host = "shop.sampan.test";
  const tls = { host, cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  execFileSync("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30".split(" "),
    ...["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`, "-keyout", tls.key, "-out", tls.cert],
  ], { stdio: "pipe" });
  const publicKey = new X509Certificate(readFileSync(tls.cert)).publicKey.export({ type: "spki", format: "der" });
  const trusted = createHash("sha256").update(publicKey).digest("base64");
  const market = await startMarket({ tls });
  // A profile on disk, not a private window: only there Chromium installs.
  const context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.SAMPAN_CHROMIUM ?? "/usr/bin/chromium",
    args: [...chromiumArguments, `--host-resolver-rules=MAP ${host} 127.0.0.1`, `--ignore-certificate-errors-spki-list=${trusted}`],
    viewport: { width: 360, height: 740 },
    baseURL: market.url,
  });
  try {
    const phone = new Phone(context.pages()[0] ?? (await context.newPage()));
    await phone.keepApp();
    expect(await phone.page.evaluate(() => isSecureContext && location.origin)).toBe(market.url);

    const cdp = await context.newCDPSession(phone.page);
    await expect.poll(async () => (await cdp.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
    const manifestId = `${market.url}/`;
    await expect(cdp.send("PWA.getOsAppState", { manifestId })).rejects.toThrow();
    await cdp.send("PWA.install", { manifestId });
    expect(await cdp.send("PWA.getOsAppState", { manifestId })).toMatchObject({ badgeCount: 0 });

    // The login cookie holds here too: a shopper who registered is still known after a reload.
    const { email, password } = newPerson();
    await phone.register(email, password);
    const cookie = (await context.cookies()).find((one) => one.name === "__Host-sampan_refresh");
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/" });
    expect(phone.complaints).toEqual([]);
  } finally {
    await context.close();
    await market.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
