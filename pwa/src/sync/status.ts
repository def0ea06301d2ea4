import { computed, signal } from "@preact/signals";
import { confirmed, inFlight, outcomes } from "../db/mirror";
import type { Op, Outcome } from "../db/schema";
import { signedOut } from "../platform/session";
import { needsNoLogin } from "./protocol";
import { unconfirmed } from "./view";

/** Every op is in exactly one of these, and the shopper can see which. */
export type OpState = "waiting" | "sent" | "confirmed" | "needs_you";

/** The browser's word on the network; a request that got no answer corrects it. */
export const online = signal(globalThis.navigator?.onLine ?? true);
/** The last exchange got no answer although the browser believes to be online. */
export const unreachable = signal(false);
/** Set while the server refuses: too old an app, or something only we can repair; `full` while this phone has no room. */
export const trouble = signal<"upgrade" | "full" | "busy" | "stuck" | null>(null);

/** What the strip under the title says. */
export const line = computed(() => {
  const ops = unconfirmed.value;
  const waiting = ops.filter((row) => !row.pushed).length;
  if (trouble.value === "upgrade" || trouble.value === "full") return { state: trouble.value, waiting } as const;
  if (!online.value || unreachable.value) return { state: "offline", waiting } as const;
  if (signedOut.value && ops.some((row) => !needsNoLogin(row.op.kind))) return { state: "sign_in", waiting } as const;
  if (trouble.value && waiting) return { state: trouble.value, waiting } as const;
  if (inFlight.value.size || waiting) return { state: "sending", waiting } as const;
  return { state: "sent", waiting: 0 } as const;
});

/** An outcome that the shopper has not dismissed, whichever phone made the op. */
export interface Card {
  id: string;
  outcome: Outcome;
  /** The op itself when it was made on this phone. */
  op: Op | null;
  shown?: unknown;
}

/** Open outcomes, newest first; each op at most once. */
export const cards = computed<Card[]>(() => {
  const dismissed = new Set(
    unconfirmed.value.filter((row) => row.op.kind === "outcome.dismiss").map((row) => row.op.op),
  );
  const found = new Map<string, Card>();
  for (const [id, value] of confirmed.value.get("outcome") ?? [])
    if (value) found.set(id, { id, outcome: { ...(value as Outcome), id }, op: null });
  for (const row of outcomes.value)
    if (row.dismissed_at) found.delete(row.id);
    else found.set(row.id, { id: row.id, outcome: row.outcome, op: row.op, shown: row.shown });
  return [...found.values()].filter((card) => !dismissed.has(card.id)).sort((a, b) => (a.id < b.id ? 1 : -1));
});

/** True for outcomes that ask the shopper for something or took something back. */
export function asksForYou({ code }: Outcome): boolean {
  return code === "needs_you" || code === "rejected";
}

/** How many outcomes wait for the shopper: the dot on "You". */
export const needsYou = computed(() => cards.value.filter((card) => asksForYou(card.outcome)).length);

/** The state of one thing by the ops that name it, e.g. a cart line or an address. */
export function stateOf(names: (op: Op) => boolean, line?: string): OpState {
  if (
    cards.value.some(
      (card) =>
        asksForYou(card.outcome) && (card.op ? names(card.op) : line !== undefined && card.outcome.line === line),
    )
  )
    return "needs_you";
  const ops = unconfirmed.value.filter((row) => names(row.op));
  if (!ops.length) return "confirmed";
  return ops.every((row) => row.pushed || inFlight.value.has(row.id)) ? "sent" : "waiting";
}
