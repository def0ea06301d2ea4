import { defineConfig, devices } from "@playwright/test";

/** The phone most of the world's shoppers hold: narrow, touched, behind a service worker. */
const phone = {
  ...devices["Pixel 5"],
  viewport: { width: 360, height: 740 },
  screen: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  serviceWorkers: "allow" as const,
  locale: "en-GB",
  timezoneId: "Europe/Amsterdam",
};

export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  // Two cores, one server process a file: one worker keeps timings honest.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    ...phone,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.SAMPAN_CHROMIUM ?? "/usr/bin/chromium", args: chromiumArguments },
  },
  projects: [
    { name: "chromium", testIgnore: ["firefox*.spec.ts", "lighthouse.spec.ts", "pictures.spec.ts", "screen-to-screen.spec.ts"] },
    { name: "firefox", testMatch: "firefox*.spec.ts", timeout: 180_000 },
    { name: "lighthouse", testMatch: "lighthouse.spec.ts" },
    { name: "screens", testMatch: "screen-to-screen.spec.ts" },
    { name: "pictures", testMatch: "pictures.spec.ts" },
  ],
});
