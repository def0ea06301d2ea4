import { scope } from "../db/mirror";
import { call, Problem } from "../platform/http";
import { withLock } from "../platform/locks";
import { signedOut } from "../platform/session";
import { online } from "./status";

/**
 * The live line: a stream of bare revisions, so that a change made on another phone shows within a second. One
 * connection a browser: the tab that holds the lock listens, and its exchange tells the others.
 */
export function startLive(poked: (rev: number) => void): void {
  void withLock("sampan-live", () => lead(poked));
}

const SHORT_MS = 10_000;
const SHORT_LIVED_AT_MOST = 3;
const PAUSE_MS = 1_000;
const PAUSE_TO_MS = 30_000;
const POLL_MS = 45_000;
/** A proxy that cut the line three times may be gone after a while. */
const POLLS_BEFORE_RETRY = 20;
const SILENCE_MS = 50_000;

/** Never returns: the lock is given back when the tab closes. */
async function lead(poked: (rev: number) => void): Promise<never> {
  let short = 0;
  let failures = 0;
  for (;;) {
    await ready();
    if (short >= SHORT_LIVED_AT_MOST) {
      for (let polls = 0; polls < POLLS_BEFORE_RETRY; polls += 1) {
        await pause(POLL_MS);
        await ready();
        poked(Number.POSITIVE_INFINITY);
      }
      short = 0;
    }
    const since = performance.now();
    const end = await stream(poked);
    const was_short = end.connected && performance.now() - since < SHORT_MS;
    short = was_short ? short + 1 : 0;
    failures = end.connected ? 0 : failures + 1;
    await pause(Math.max(end.wait_ms, Math.min(PAUSE_TO_MS, PAUSE_MS * 2 ** failures)));
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
  const hidden = () => document.visibilityState === "hidden" && stop.abort();
  document.addEventListener("visibilitychange", hidden);
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
    document.removeEventListener("visibilitychange", hidden);
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

/** Resolves when the app is in view, has a network, and there is a scope that may be read. */
async function ready(): Promise<void> {
  while (document.visibilityState === "hidden" || !online.value || signedOut.value || !scope.value?.scope)
    await pause(1_000);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
