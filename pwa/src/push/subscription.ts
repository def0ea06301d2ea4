import { signal } from "@preact/signals";
import { clock } from "../platform/clock";
import { api } from "../platform/http";
import { locale } from "../platform/locale";

/** Which steps of a parcel ring the phone. */
export type Level = "important" | "every_step" | "chosen" | "none";
export const levels: readonly Level[] = ["important", "every_step", "chosen", "none"];

/** What may ring when the shopper ticks the steps. */
export const steps = [
  "delayed",
  "packed",
  "shipped",
  "picked_up",
  "in_transit",
  "customs",
  "customs_held",
  "customs_cleared",
  "out_for_delivery",
  "available_for_pickup",
  "delivery_failed",
  "delivered",
  "returning",
  "returned",
  "exception",
  "cancelled",
] as const;
export type Step = (typeof steps)[number];

/** Minutes after midnight on this phone's clock; alike: never. */
export interface QuietHours {
  from: number;
  to: number;
}

export const USUAL_HOURS: QuietHours = { from: 22 * 60, to: 8 * 60 };

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
  zone?: string;
  steps?: readonly Step[];
  quiet?: QuietHours;
}

const kept = signal<Kept | null>(read());

/** What the shopper chose; null while nobody has asked. */
export const chosenLevel = (): Level | null => kept.value?.level ?? null;
export const chosenSteps = (): readonly Step[] => kept.value?.steps ?? [];
export const quietHours = (): QuietHours => kept.value?.quiet ?? USUAL_HOURS;

/** The zone of this phone's clock, which follows a traveller. */
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

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

/** Changes how much rings. */
export const changeLevel = (level: Level): Promise<PushProblem | null> => change({ level });

/** Changes what rings and when; "none" keeps the subscription, so that a later yes needs no new permission. */
export async function change(wish: Pick<Partial<Kept>, "level" | "steps" | "quiet">): Promise<PushProblem | null> {
  const before = kept.peek();
  const level = wish.level ?? before?.level ?? "none";
  if (pushState() !== "on" && level !== "none") return turnOn(level);
  const subscription = await (await navigator.serviceWorker?.getRegistration())?.pushManager.getSubscription();
  if (!subscription) {
    keep(before && { ...before, ...wish });
    return null;
  }
  try {
    await post(subscription, level, wish);
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
  if (
    subscription.endpoint === before.endpoint &&
    before.locale === locale.peek() &&
    before.zone === zone() &&
    !isOld()
  )
    return;
  await post(subscription, before.level);
}

/** Sends a push to this phone, to see that it arrives. */
export const sendTest = (): Promise<void> => api("POST", "/api/v1/push/test");

async function subscribe(registration: ServiceWorkerRegistration): Promise<PushSubscription> {
  const { key } = await api<{ key: string }>("GET", "/api/v1/push/key");
  return withTimeout(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
}

async function post(
  subscription: PushSubscription,
  level: Level,
  wish: Pick<Partial<Kept>, "steps" | "quiet"> = {},
): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const before = kept.peek();
  const told = {
    level,
    steps: wish.steps ?? before?.steps ?? steps,
    quiet: wish.quiet ?? before?.quiet ?? USUAL_HOURS,
    zone: zone(),
    locale: locale.peek(),
  };
  const { id } = await api<{ id: string }>("PUT", "/api/v1/push/subscriptions", {
    endpoint,
    keys,
    ...told,
  });
  keep({ ...told, id, endpoint: subscription.endpoint });
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
