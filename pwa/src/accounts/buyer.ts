import { computed } from "@preact/signals";
import { enqueue } from "../db/outbox";
import { view } from "../sync/view";

/** A business, because some rules of customs and tax are for persons alone. Its numbers are as offices write them. */
export interface Buyer {
  kind: "business";
  company?: string;
  vat?: string;
  eori?: string;
}

const NAME = "buyer";

/** The business that buys; null for a person. It belongs to the shopper and goes with them to their other phones. */
export const buyer = computed<Buyer | null>(() => {
  const kept = view.value.one<{ value: Buyer | { kind: "person" } }>("prefs", NAME)?.value;
  return kept?.kind === "business" ? kept : null;
});

/** Keeps who buys; false when this phone could not, which the shopper is told. */
export async function chooseBuyer(chosen: Buyer | null): Promise<boolean> {
  return (await enqueue({ kind: "prefs.set", name: NAME, value: chosen ?? { kind: "person" } })) !== null;
}

/** A business in a few words; "" where it gave none. */
export function buyerWords({ company, vat }: Buyer): string {
  return [company, vat].filter(Boolean).join(", ");
}
