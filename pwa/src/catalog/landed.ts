import { signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { country, currency, dataSaver } from "../accounts/preferences";
import { loaded } from "../db/mirror";
import { clock } from "../platform/clock";
import { Problem } from "../platform/http";
import { online } from "../sync/status";
import { type Asked, fetchQuote, type Quote, type Wishes } from "./quote";
import { wishes } from "./wishes";

/** What is known of the landed price of some lines, for the place, the money and the buyer of this moment. */
export interface Landed {
  /** For exactly these lines; never for others. */
  quote: Quote | null;
  /** The phone worked it out itself: an estimate, whatever its rules are. */
  onPhone: boolean;
  state: "nowhere" | "asking" | "offline" | "failed" | "known";
  /** Nothing is carried from there to here. */
  isRefused: boolean;
  retry: () => void;
}

const SETTLED_MS = 350;
const KEPT_AT_MOST = 32;

interface Answer {
  key: string;
  quote: Quote | null;
  problem: unknown;
}

/** The phone's own reckoning at once, the server's as soon as the taps have come to rest. */
export function useLanded(lines: readonly Asked[]): Landed {
  const to = country.value;
  const key = to && lines.length ? keyOf(lines, to, currency.value, wishes.value) : null;
  const own = useEstimate(lines, to);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(false);

  useEffect(() => {
    if (!key || !to || !loaded.value || !online.value) return;
    const known = told(key);
    if (known) {
      setAnswer({ key, quote: known, problem: null });
      return;
    }
    let current = true;
    const ask = () =>
      fetchQuote({ lines, ship_to: { country: to }, currency: currency.peek(), ...wishes.peek() }).then(
        (quote) => {
          remember(key, quote);
          if (current) setAnswer({ key, quote, problem: null });
        },
        (problem: unknown) => current && setAnswer({ key, quote: null, problem }),
      );
    const waiting = setTimeout(ask, asked.current ? SETTLED_MS : 0);
    asked.current = true;
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [key, loaded.value, online.value, attempt]);

  const theirs = answer?.key === key ? answer : null;
  return {
    quote: theirs?.quote ?? own,
    onPhone: !theirs?.quote && own !== null,
    state: stateOf(key, theirs),
    isRefused: theirs?.problem instanceof Problem && isOfPlace(theirs.problem),
    retry: () => {
      setAnswer(null);
      setAttempt((n) => n + 1);
    },
  };
}

/** The place is what the server refuses, not the goods or the buyer. */
function isOfPlace({ body }: Problem): boolean {
  return body.errors?.some(({ pointer }) => pointer === "/ship_to/country") ?? false;
}

function stateOf(key: string | null, answer: Answer | null): Landed["state"] {
  if (!key) return "nowhere";
  if (answer?.quote) return "known";
  if (!online.value || answer?.problem instanceof TypeError) return "offline";
  return answer?.problem ? "failed" : "asking";
}

/** What this phone works out for a destination, worked out anew when anything of it changes. */
export function useEstimate(lines: readonly Asked[], to: string | null): Quote | null {
  const key = to && lines.length ? keyOf(lines, to, currency.value, wishes.value) : null;
  const [guess, setGuess] = useState<{ key: string; quote: Quote | null } | null>(null);
  const mayAsk = engaged.value || !online.value;
  useEffect(() => {
    if (!key || !to || !mayAsk) return;
    let current = true;
    void estimate(lines, to).then((quote) => current && setGuess({ key, quote }));
    return () => {
      current = false;
    };
  }, [key, mayAsk, rounds.value]);
  return guess?.key === key ? guess.quote : null;
}

/**
 * Somebody shops here, by a tap, a key or coming back: a first glance is not charged for what the phone needs to
 * reckon by itself.
 */
export const engaged = signal(Boolean(navigator.serviceWorker?.controller));
for (const sign of ["pointerdown", "keydown"])
  globalThis.addEventListener?.(sign, () => (engaged.value = true), { once: true, capture: true, passive: true });

/** Counts up when newer rules are kept here, so that what is shown is worked out by them. */
export const rounds = signal(0);

/** What this phone works out by the rules it keeps; null where it keeps none. Fetched with the first question. */
export async function estimate(lines: readonly Asked[], to: string): Promise<Quote | null> {
  try {
    const { estimateOffline } = await import("../landed-cost/offline");
    return await estimateOffline(lines, { country: to, currency: currency.peek(), ...wishes.peek() });
  } catch (problem) {
    console.warn("This phone could not work out a landed price.", problem);
    return null;
  }
}

/** Keeps the rules for a destination when the phone has nothing else to do; not with the data saver. */
export function keepSliceWhenIdle(to: string): void {
  if (dataSaver.peek()) return;
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 2_000));
  idle(() => {
    const keeping = import("../landed-cost/slice").then(({ fetchSlice }) => fetchSlice(to));
    keeping.then(
      () => {
        rounds.value += 1;
      },
      (problem) => console.warn("The rules could not be kept on this phone.", problem),
    );
  });
}

/** Quotes that still hold, so that going back and forth asks nothing twice. */
const answers = new Map<string, Quote>();

function keyOf(lines: readonly Asked[], to: string, money: string, wished: Wishes): string {
  return JSON.stringify([lines.map(({ sku, quantity }) => [sku, quantity]), to, money, wished]);
}

function remember(key: string, quote: Quote): void {
  const [oldest] = answers.keys();
  if (oldest !== undefined && answers.size >= KEPT_AT_MOST) answers.delete(oldest);
  answers.set(key, quote);
}

function told(key: string): Quote | null {
  const quote = answers.get(key);
  return quote && Date.parse(quote.expires_at) > clock.now() ? quote : null;
}
