import { signal } from "@preact/signals";
import { isApplePhone, isInstalled } from "./subscription";

/** Chromium's offer to install, kept until the shopper wants it. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
}

const offer = signal<InstallOffer | null>(null);

globalThis.addEventListener?.("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer.value = event as InstallOffer;
});
globalThis.addEventListener?.("appinstalled", () => {
  offer.value = null;
});

/** How this phone can be given the app: by its own prompt, by three steps, or not at all. */
export function installWay(): "prompt" | "steps" | null {
  if (isInstalled()) return null;
  if (offer.value) return "prompt";
  return isApplePhone() ? "steps" : null;
}

export async function install(): Promise<void> {
  const held = offer.peek();
  offer.value = null;
  await held?.prompt();
}
