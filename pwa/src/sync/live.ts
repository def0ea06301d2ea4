import { scope } from "../db/mirror";
import { call, Problem } from "../platform/http";
import { withLock } from "../platform/locks";
import { signedOut } from "../platform/session";
import { online } from "./status";

/**
 * The live line: a stream of bare revisions, so that a change made on another phone shows within a second. One
 * connection a browser: the tab that holds the lock listens, and its exchange tells the others. A tab out of view
 * gives the lock back, so that the one in view is never left without news.
 */
export async function startLive(poked: (rev: number) => void): Promise<never> {
  for (;;) {
    await inView();
    await withLock("sampan-live", () => lead(poked));
  }
}

const SHORT_MS = 10_000;
const SHORT_LIVED_AT_MOST = 3;
const PAUSE_MS = 1_000;
const PAUSE_TO_MS = 30_000;
const POLL_MS = 45_000;
/** A proxy that cut the line three times may be gone after a while. */
const POLLS_BEFORE_RETRY = 20;
const SILENCE_MS = 50_000;

/** Listens for as long as the tab is in view. */
async function lead(poked: (rev: number) => void): Promise<void> {
  let short = 0;
  let failures = 0;
  while (await ready()) {
    if (short >= SHORT_LIVED_AT_MOST) {
      for (let polls = 0; polls < POLLS_BEFORE_RETRY; polls += 1) {
        await pause(POLL_MS);
        if (!(await ready())) return;
        poked(Number.POSITIVE_INFINITY);
      }
      short = 0;
    }
    const since = performance.now();
    const end = await stream(poked);
    const was_short = end.connected && performance.now() - since < SHORT_MS;
    short = was_short ? short + 1 : 0;
    failures = end.connected ? 0 : failures + 1;
    if (hidden()) return;
    await pause(Math.max(end.wait_ms, Math.min(PAUSE_TO_MS, PAUSE_MS * 2 ** failures)));
    // Nobody lets us listen, as when this person listens on too many phones: asking has to do meanwhile.
    if (!end.connected && (await ready())) poked(Number.POSITIVE_INFINITY);
  }
}

/** How a stream ended, and how long the server asked to stay away. */
interface End {
  connected: boolean;
  wait_ms: number;
}

/** Listens until the line ends, falls silent or the app is hidden. */
async function stream(poked: (rev: number) => void): Promise<End> {
  let connected = false;
  const stop = new AbortController();
  const leave = () => hidden() && stop.abort();
  document.addEventListener("visibilitychange", leave);
  let silence = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const response = await call("GET", "/api/v1/sync/live", undefined, {
      timeout_ms: 24 * 3_600_000,
      signal: stop.signal,
    });
    connected = true;
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) return { connected, wait_ms: 0 };
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MS);
      const events = (rest + value).split(/\r?\n\r?\n/);
      rest = events.pop() ?? "";
      for (const event of events) {
        const rev = revision(event);
        if (rev !== null) poked(rev);
      }
    }
  } catch (problem) {
    return { connected, wait_ms: problem instanceof Problem ? (problem.retry_after_ms ?? PAUSE_MS) : 0 };
  } finally {
    clearTimeout(silence);
    document.removeEventListener("visibilitychange", leave);
  }
}

/** The revision in one event; null for comments and what this build does not know. */
export function revision(event: string): number | null {
  const data = event
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).trim())
    .join("\n");
  try {
    const rev = (JSON.parse(data) as { rev?: unknown }).rev;
    return typeof rev === "number" ? rev : null;
  } catch {
    return null;
  }
}

/** Waits for a network and a scope that may be read; false once the tab is out of view. */
async function ready(): Promise<boolean> {
  while (!hidden()) {
    if (online.value && !signedOut.value && scope.value?.scope) return true;
    await pause(1_000);
  }
  return false;
}

async function inView(): Promise<void> {
  while (hidden()) await pause(1_000);
}

const hidden = () => document.visibilityState === "hidden";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
