import { signal } from "@preact/signals";
import { clock } from "../platform/clock";
import { api } from "../platform/http";
import { locale } from "../platform/locale";

/** Which steps of a parcel ring the phone. */
export type Level = "important" | "every_step" | "none";
export const levels: readonly Level[] = ["important", "every_step", "none"];

export type PushState = "unsupported" | "install_first" | "blocked" | "off" | "on";
export type PushProblem = "timeout" | "failed" | "blocked";

const STORED = "sampan-push";
const TOLD = "sampan-push-told";
/** Some browsers never answer a subscription without their push service. */
const SUBSCRIBE_TIMEOUT_MS = 10_000;

interface Kept {
  level: Level;
  /** The server's id and the address it holds, so that a change is noticed. */
  id: string;
  endpoint: string;
  locale: string;
}

const kept = signal<Kept | null>(read());

/** What the shopper chose; null while nobody has asked. */
export const chosenLevel = (): Level | null => kept.value?.level ?? null;

export function pushState(): PushState {
  if (!("PushManager" in window) || !("Notification" in window) || !("serviceWorker" in navigator))
    return isApplePhone() && !isInstalled() ? "install_first" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return Notification.permission === "granted" && kept.value && kept.value.level !== "none" ? "on" : "off";
}

/** Asks for permission (only ever from a tap), subscribes and tells the server. Null when it worked. */
export async function turnOn(level: Level): Promise<PushProblem | null> {
  if ((await Notification.requestPermission()) !== "granted") return "blocked";
  try {
    const registration = await withTimeout(navigator.serviceWorker.ready);
    const held = await registration.pushManager.getSubscription();
    await post(held ?? (await subscribe(registration)), level);
    return null;
  } catch (problem) {
    return problem instanceof DOMException && problem.name === "TimeoutError" ? "timeout" : "failed";
  }
}

/** Changes how much rings; "none" keeps the subscription, so that a later yes needs no new permission. */
export async function changeLevel(level: Level): Promise<PushProblem | null> {
  if (pushState() !== "on" && level !== "none") return turnOn(level);
  const subscription = await (await navigator.serviceWorker?.getRegistration())?.pushManager.getSubscription();
  if (!subscription) {
    keep(kept.peek() && { ...(kept.peek() as Kept), level });
    return null;
  }
  try {
    await post(subscription, level);
    return null;
  } catch {
    return "failed";
  }
}

/**
 * On every start: browsers swap or drop subscriptions without a word, so what they hold now is compared with what the
 * server was told, and told again.
 */
export async function repeatSubscription(): Promise<void> {
  const before = kept.peek();
  if (!before || before.level === "none" || pushState() !== "on") return;
  const registration = await navigator.serviceWorker.ready;
  const subscription = (await registration.pushManager.getSubscription()) ?? (await subscribe(registration));
  if (subscription.endpoint === before.endpoint && before.locale === locale.peek() && !isOld()) return;
  await post(subscription, before.level);
}

/** Sends a push to this phone, to see that it arrives. */
export const sendTest = (): Promise<void> => api("POST", "/api/v1/push/test");

async function subscribe(registration: ServiceWorkerRegistration): Promise<PushSubscription> {
  const { key } = await api<{ key: string }>("GET", "/api/v1/push/key");
  return withTimeout(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
}

async function post(subscription: PushSubscription, level: Level): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const { id } = await api<{ id: string }>("PUT", "/api/v1/push/subscriptions", {
    endpoint,
    keys,
    level,
    locale: locale.peek(),
  });
  keep({ level, id, endpoint: subscription.endpoint, locale: locale.peek() });
}

function withTimeout<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, refuse) => {
      setTimeout(
        () => refuse(new DOMException("The push service did not answer.", "TimeoutError")),
        SUBSCRIBE_TIMEOUT_MS,
      );
    }),
  ]);
}

/** The server's public key: base64url as bytes. */
function bytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const DAY_MS = 86_400_000;

/** The server is told at least once a day, so that a subscription it lost comes back. */
function isOld(): boolean {
  return clock.now() - Number(stored(TOLD) ?? 0) > DAY_MS;
}

function keep(next: Kept | null): void {
  kept.value = next;
  try {
    localStorage.setItem(STORED, JSON.stringify(next));
    localStorage.setItem(TOLD, String(clock.now()));
  } catch {
    // Then the browser is asked again at the next start.
  }
}

function read(): Kept | null {
  try {
    return JSON.parse(stored(STORED) ?? "null");
  } catch {
    return null;
  }
}

function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function isApplePhone(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}

/** Runs from the home screen, not in a browser's tab. */
export function isInstalled(): boolean {
  return (
    matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true
  );
}
