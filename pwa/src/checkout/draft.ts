import { type Address, emptyAddress } from "../accounts/address";
import { uuidv7 } from "../platform/ids";
import type { SandboxCard } from "./queries";

/** What the shopper has filled in, kept on this phone until the order is placed, so that nothing typed is lost. */
export interface Draft {
  /** Idempotency key of the order that this draft becomes. */
  intent: string;
  email: string;
  /** A saved address's id, or null for the one typed here. */
  saved: string | null;
  address: Address;
  keep: boolean;
  card: SandboxCard;
}

const STORED = "sampan-checkout";

export function readDraft(email: string, saved: string | null, country: string): Draft {
  const fresh: Draft = { intent: uuidv7(), email, saved, address: emptyAddress(country), keep: true, card: "ok" };
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? "null") as Partial<Draft> | null;
    return { ...fresh, ...kept, email: kept?.email || email };
  } catch {
    return fresh;
  }
}

export function keepDraft(draft: Draft): void {
  try {
    localStorage.setItem(STORED, JSON.stringify(draft));
  } catch {
    // Then the draft lives as long as the screen.
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(STORED);
  } catch {
    // Nothing was kept.
  }
}

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const MAILBOX = new RegExp(`^(?=.{1,254}$)(?=[^@]{1,64}@)${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`, "i");

/** One mailbox that a mail can be written to, by the server's own rule; the mail itself proves the rest. */
export function isEmail(text: string): boolean {
  return MAILBOX.test(text.trim());
}
