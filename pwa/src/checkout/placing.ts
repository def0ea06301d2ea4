import { useState } from "preact/hooks";
import type { Quote } from "../catalog/quote";
import { clock } from "../platform/clock";
import { Problem } from "../platform/http";
import type { Draft } from "./draft";
import { answerChallenge, fetchPayment, type Placed, type Placement, placeOrder } from "./queries";
import type { CartQuote } from "./quote";

/** Why an order was not placed, in the words of the server; nothing was charged. `unsure` alone may still become an order. */
const refusals = [
  "price-changed",
  "stock",
  "declined",
  "quote-expired",
  "cart-changed",
  "cart-ordered",
  "closed",
  "invalid",
  "too-many-requests",
] as const;
export type Why = (typeof refusals)[number] | "dearer" | "unsure" | "failed" | "not-confirmed";

const ASK_EVERY_MS = 1_500;
const ASK_AT_MOST_MS = 45_000;
const waits = /challenge|authenticat|requires_action|action/;
const runs = /unknown|pending|processing|authorising|created|timeout|queued/;

export interface Placing {
  busy: boolean;
  problem: Why | null;
  /** The bank wants to hear from the shopper before the money moves. */
  challenge: ((accept: boolean) => void) | null;
  place: (draft: Draft, placement: Placement, quote: CartQuote) => Promise<Placed | "new intent" | null>;
}

/** Takes an order from the tap to a placed order: fresh price, placing, the bank's question, and asking again when the line was lost. */
export function usePlacing(): Placing {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Why | null>(null);
  const [challenge, setChallenge] = useState<((accept: boolean) => void) | null>(null);

  /** Waits for the shopper's word, hands it to the sandbox's bank; false when they said no. */
  const confirm = async (payment: string): Promise<boolean> => {
    const accept = await new Promise<boolean>((resolve) => setChallenge(() => resolve));
    setChallenge(null);
    await answerChallenge(payment, accept);
    return accept;
  };

  const settle = async (draft: Draft, placement: Placement, quote: Quote): Promise<Placed> => {
    const until = clock.now() + ASK_AT_MOST_MS;
    for (;;) {
      try {
        const placed = await placeOrder(draft.intent, quote, placement);
        if (waits.test(placed.payment.state) && !(await confirm(placed.payment.id))) throw new Refused("not-confirmed");
        if (waits.test(placed.payment.state) || runs.test(placed.payment.state)) await paid(placed.payment.id, until);
        return placed;
      } catch (error) {
        const payment = error instanceof Problem && error.slug === "authenticate" ? paymentOf(error) : null;
        if (payment) {
          if (!(await confirm(payment))) throw new Refused("not-confirmed");
        } else if (!canAskAgain(error) || clock.now() > until) throw error;
        await pause(ASK_EVERY_MS);
      }
    }
  };

  const place: Placing["place"] = async (draft, placement, quote) => {
    setBusy(true);
    setProblem(null);
    try {
      const shown = quote.last;
      const fresh = await quote.fresh();
      if (shown && fresh.total.minor > shown.total.minor) {
        setProblem("dearer");
        return null;
      }
      return await settle(draft, placement, fresh);
    } catch (error) {
      const why = whyOf(error);
      setProblem(why);
      if (why === "quote-expired" || why === "price-changed" || why === "cart-changed" || why === "stock")
        quote.retry();
      return why === "unsure" || why === "failed" ? null : "new intent";
    } finally {
      setChallenge(null);
      setBusy(false);
    }
  };

  return { busy, problem, challenge, place };
}

/** Asks after a payment until it is settled one way or the other. */
async function paid(id: string, until: number): Promise<void> {
  while (clock.now() < until) {
    await pause(ASK_EVERY_MS);
    const payment = await fetchPayment(id).catch(() => null);
    if (!payment || runs.test(payment.state) || waits.test(payment.state)) continue;
    if (/declin|fail|cancel|refus|void/.test(payment.state)) throw new Refused("declined");
    return;
  }
}

class Refused extends Error {
  constructor(readonly why: Why) {
    super(why);
  }
}

function whyOf(error: unknown): Why {
  if (error instanceof Refused) return error.why;
  if (error instanceof Problem)
    return refusals.find((why) => why === error.slug) ?? (error.slug === "in-progress" ? "unsure" : "failed");
  return error instanceof TypeError ? "unsure" : "failed";
}

/** The same order may be asked for again under the same key: the server answers what became of it. */
function canAskAgain(error: unknown): boolean {
  return error instanceof Problem
    ? error.slug === "in-progress" || error.status === 503
    : error instanceof TypeError && navigator.onLine;
}

function paymentOf({ body }: Problem): string | null {
  const payment = body.payment as { id?: string } | undefined;
  return payment?.id ?? (typeof body.payment_id === "string" ? body.payment_id : null);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
