import { checkForUpdate } from "../platform/worker";
import { updateReady } from "./update-ready";

const CHECK_EVERY_MS = 60 * 60_000;
const COLD_START_MS = 4_000;
let registration: ServiceWorkerRegistration | null = null;
let asked = false;

/** Registers the worker, watches for newer builds and applies one that already waits when the app starts cold. */
export async function startWorker(): Promise<void> {
  reloadOnceWhenAssetsAreGone();
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => asked && location.reload());
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.type === "sync") void import("../sync/start").then(({ schedule }) => schedule(0));
  });
  if (await switchedOff()) return;
  registration = await navigator.serviceWorker.register(trusted("/sw.js") as string, {
    scope: "/",
    updateViaCache: "none",
  });
  if (registration.waiting && navigator.serviceWorker.controller) {
    if (performance.now() < COLD_START_MS && location.pathname !== "/checkout") applyUpdate();
    else updateReady.value = true;
  }
  // One may be on its way in already, found before this page listened.
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration?.installing ?? null));
  setInterval(() => void checkForUpdate(), CHECK_EVERY_MS);
}

/** Says when a newer build is in and waits; the first of all replaces nothing. */
function watch(fresh: ServiceWorker | null): void {
  fresh?.addEventListener("statechange", () => {
    if (fresh.state === "installed" && navigator.serviceWorker.controller) updateReady.value = true;
  });
}

/** The kill switch: a server that answers `Sampan-Worker: off` gets rid of every worker until it stops saying so. */
async function switchedOff(): Promise<boolean> {
  const answer = await fetch("/sw.js", { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.headers.get("sampan-worker") !== "off") return false;
  for (const each of await navigator.serviceWorker.getRegistrations()) {
    each.active?.postMessage({ type: "turn-off" });
    await each.unregister();
  }
  return true;
}

/** Puts the waiting build on and reloads; when another tab has put it on already, the reload alone is left to do. */
export function applyUpdate(): void {
  asked = true;
  if (registration?.waiting) registration.waiting.postMessage({ type: "apply-update" });
  else location.reload();
}

/** A deploy may have removed a file this page still names: load the page anew, once. */
function reloadOnceWhenAssetsAreGone(): void {
  const MARK = "sampan-reloaded";
  window.addEventListener("vite:preloadError", (event) => {
    if (!navigator.onLine || sessionStorage.getItem(MARK)) return;
    event.preventDefault();
    sessionStorage.setItem(MARK, "1");
    location.reload();
  });
  setTimeout(() => sessionStorage.removeItem(MARK), 60_000);
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The one script address this app ever names itself, let through by the policy `sampan`. */
function trusted(url: string): unknown {
  const types = (globalThis as unknown as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return url;
  const policy = types.createPolicy("sampan", {
    createScriptURL(asked) {
      if (asked === "/sw.js") return asked;
      throw new TypeError(`${asked} is not a script of this app.`);
    },
  });
  return policy.createScriptURL(url);
}
