import { useEffect, useRef, useState } from "preact/hooks";
import { currency } from "../accounts/preferences";
import { lines } from "../cart/queries";
import type { Quote } from "../catalog/quote";
import { wishes } from "../catalog/wishes";
import { clock } from "../platform/clock";
import { Problem } from "../platform/http";
import { online } from "../sync/status";
import { quoteCart } from "./queries";

const DEBOUNCE_MS = 400;
const STORED = "sampan-quote";

export interface CartQuote {
  /** The latest quote for the cart as it is, wherever it goes; stays while the next one is asked for. */
  last: Quote | null;
  state: "nowhere" | "offline" | "asking" | "failed" | "known";
  /** Why the server gives none: a cart that holds nothing it would sell, or a place nothing goes to. */
  refusal: string | null;
  /** A quote for exactly this cart and destination that has not expired: the one at hand, or a new one. */
  fresh: () => Promise<Quote>;
  retry: () => void;
}

type Destination = { country: string; postcode?: string };

/** Keeps a frozen price for the cart at hand: asks again when cart or destination change and when it expires. */
export function useCartQuote(to: Destination | null): CartQuote {
  const contents = lines.value.map((line) => `${line.sku}×${line.quantity}`).join();
  const cartKey = `${contents} ${to?.country} ${currency.value} ${JSON.stringify(wishes.value)}`;
  const key = `${cartKey} ${to?.postcode ?? ""}`;
  const [held, setHeld] = useState<{ key: string; cartKey: string; quote: Quote } | null>(() => readKept(cartKey));
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const asking = useRef<{ key: string; answer: Promise<Quote> } | null>(null);

  const ask = (): Promise<Quote> => {
    if (!to) return Promise.reject(new Error("There is no destination yet."));
    if (asking.current?.key === key) return asking.current.answer;
    const answer = quoteCart(to).finally(() => {
      asking.current = null;
    });
    asking.current = { key, answer };
    answer.then(
      (quote) => {
        setHeld({ key, cartKey, quote });
        keep({ key, cartKey, quote });
        setError(null);
      },
      (problem) => setError(problem),
    );
    return answer;
  };

  useEffect(() => {
    if (!to || !online.value || (held?.key === key && !expired(held.quote) && attempt === 0)) return;
    const waiting = setTimeout(() => void ask().catch(() => undefined), DEBOUNCE_MS);
    return () => clearTimeout(waiting);
  }, [key, online.value, attempt]);

  useEffect(() => {
    if (!held) return;
    const left = Date.parse(held.quote.expires_at) - clock.now();
    const alarm = setTimeout(() => setAttempt((n) => n + 1), Math.min(Math.max(1_000, left), 2 ** 31 - 1));
    return () => clearTimeout(alarm);
  }, [held?.quote.id]);

  const last = held?.cartKey === cartKey ? held.quote : null;
  return {
    last,
    refusal: error instanceof Problem && error.status < 500 ? error.message : null,
    state: !to
      ? "nowhere"
      : !online.value
        ? "offline"
        : held?.key === key && !expired(held.quote)
          ? "known"
          : error
            ? "failed"
            : "asking",
    fresh: () => (held?.key === key && !expired(held.quote) ? Promise.resolve(held.quote) : ask()),
    retry: () => {
      setError(null);
      setAttempt((n) => n + 1);
    },
  };
}

/** A quote too near its end to be paid in time counts as gone. */
function expired(quote: Quote): boolean {
  return Date.parse(quote.expires_at) - clock.now() < 5_000;
}

/** The last quote outlives the screen, so that an order given offline can name its price. */
function keep(held: { key: string; cartKey: string; quote: Quote }): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(held));
  } catch {
    // Then an order given offline names a limit instead.
  }
}

function readKept(cartKey: string): { key: string; cartKey: string; quote: Quote } | null {
  try {
    const held = JSON.parse(localStorage.getItem(STORED) ?? "null");
    return held?.cartKey === cartKey ? held : null;
  } catch {
    return null;
  }
}
