import { outbox, scope } from "../db/mirror";
import { tidy } from "../db/scopes";
import { listen } from "../platform/channel";
import { syncNow } from "./exchange";
import { startLive } from "./live";
import { online, unreachable } from "./status";

const DEBOUNCE_MS = 300;
const BACKOFF_FROM_MS = 2_000;
const BACKOFF_TO_MS = 60_000;
const BACKGROUND_TAG = "sampan-outbox";

let timer: ReturnType<typeof setTimeout> | undefined;
let due = Number.POSITIVE_INFINITY;
let failures = 0;

/** Everything that makes the phone talk: a tap, a network, the screen in view again, a poke, the start. */
export function startSync(): void {
  listen((notice) => {
    if (notice.type === "outbox") schedule(DEBOUNCE_MS);
    if (notice.type === "session") schedule(0);
  });
  addEventListener("online", () => {
    online.value = true;
    schedule(0);
  });
  addEventListener("offline", () => {
    online.value = false;
    void sendInBackground();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") schedule(0);
    else if (outbox.peek().length) void sendInBackground();
  });
  void startLive((rev) => {
    if (unreachable.peek() || rev > (scope.peek()?.cursor ?? -1)) schedule(0);
  });
  keepWhatIsHere();
  schedule(0);
  void tidy();
}

/** Syncs after a while; an earlier date stands. */
export function schedule(ms: number): void {
  const at = performance.now() + ms;
  if (at >= due) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(run, ms);
}

async function run(): Promise<void> {
  due = Number.POSITIVE_INFINITY;
  if (!navigator.onLine) return sendInBackground();
  try {
    const { retry_after_ms } = await syncNow();
    failures = retry_after_ms === null ? 0 : failures + 1;
    if (retry_after_ms !== null) schedule(Math.max(retry_after_ms, unreachable.value ? backoff() : 0));
    if (unreachable.value) await sendInBackground();
  } catch (problem) {
    failures += 1;
    console.error("An exchange with the server failed.", problem);
    schedule(backoff());
  }
}

/** Doubling, with jitter, so that a server that comes back is not met by everybody at once. */
function backoff(): number {
  const full = Math.min(BACKOFF_TO_MS, BACKOFF_FROM_MS * 2 ** Math.min(failures, 10));
  return full / 2 + Math.random() * (full / 2);
}

/** Where the browser can, the worker sends what waits as soon as there is a network, even with the app closed. */
async function sendInBackground(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync = (registration as unknown as { sync?: { register(tag: string): Promise<void> } } | undefined)?.sync;
  await sync?.register(BACKGROUND_TAG).catch(() => undefined);
}

/** After the first tap the phone is asked not to throw this data away. */
function keepWhatIsHere(): void {
  const stop = outbox.subscribe((rows) => {
    if (!rows.length) return;
    queueMicrotask(() => stop());
    void navigator.storage?.persist?.().catch(() => false);
  });
}
