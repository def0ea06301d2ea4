import { enqueue } from "../db/outbox";
import type { Card } from "./status";

/** The shopper has read it: it goes away here and on their other phones. */
export function dismiss(card: Card) {
  return enqueue({ kind: "outcome.dismiss", op: card.id });
}

/** What an outcome offers to do. */
export type Action = "keep" | "remove" | "dismiss";

/** The server's offers, or a plain "dismiss". */
export function actionsOf(card: Card): Action[] {
  const offered = (card.outcome.actions ?? []).filter((each): each is Action => each === "keep" || each === "remove");
  return offered.length ? offered : ["dismiss"];
}

/** Keep: the other phone's pieces stay. Remove: the line becomes what this op had asked for. */
export async function act(card: Card, action: Action): Promise<void> {
  if (action !== "remove" || (await takeBack(card))) await dismiss(card);
}

/** False when this phone could not keep the tap: then the card stays. */
async function takeBack({ op, outcome }: Card): Promise<boolean> {
  const line = outcome.line ?? op?.line;
  const cart = op?.cart ?? null;
  const quantity = op?.kind === "cart.set" ? op.quantity : outcome.asked;
  if (!line) return true;
  const sets = typeof quantity === "number" && quantity > 0;
  const kept = sets
    ? await enqueue({ kind: "cart.set", cart, line, quantity })
    : await enqueue({ kind: "cart.remove", cart, line });
  return kept !== null;
}
