import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** Debian's real Firefox, driven over WebDriver BiDi, with its push connection pointed at `pushSocketUrl`. */
export async function launchFirefox(pushSocketUrl: string, prefs: Record<string, unknown> = {}): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), "sampan-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.SAMPAN_FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    userDataDir: profile,
    defaultViewport: { width: 360, height: 740 },
    extraPrefsFirefox: {
      "dom.push.enabled": true,
      "dom.push.connection.enabled": true,
      "dom.push.serverURL": pushSocketUrl,
      "dom.push.testing.allowInsecureServerURL": true,
      "dom.push.testing.ignorePermission": true,
      "dom.webnotifications.enabled": true,
      "dom.webnotifications.serviceworker.enabled": true,
      "permissions.default.desktop-notification": 1,
      "alerts.useSystemBackend": false,
      "intl.accept_languages": "en",
      ...prefs,
    },
  });
  return {
    browser,
    page: async () => (await browser.pages())[0] ?? (await browser.newPage()),
    newShopper: async () => (await browser.createBrowserContext()).newPage(),
    async close() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export interface Firefox {
  browser: Browser;
  page(): Promise<Page>;
  /** A page with storage, worker and push subscription of its own. */
  newShopper(): Promise<Page>;
  close(): Promise<void>;
}
