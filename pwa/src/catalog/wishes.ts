import { computed, signal } from "@preact/signals";
import { buyer } from "../accounts/buyer";
import type { Terms, Wishes } from "./quote";

const STORED = "sampan-wishes";

/** Who pays at the border and how the parcels travel, as chosen on this phone; it stays from the product to the checkout. */
const chosen = signal<Pick<Wishes, "terms" | "service">>(read());

/** All that a quote is asked with besides goods, place and money. */
export const wishes = computed<Wishes>(() => ({ ...chosen.value, ...(buyer.value && { buyer: buyer.value }) }));

export const chooseTerms = (terms: Terms): void => choose({ terms });
export const chooseService = (service: string): void => choose({ service });

function choose(wish: Pick<Wishes, "terms" | "service">): void {
  chosen.value = { ...chosen.peek(), ...wish };
  try {
    localStorage.setItem(STORED, JSON.stringify(chosen.peek()));
  } catch {
    // Then the choice lasts as long as the page.
  }
}

function read(): Pick<Wishes, "terms" | "service"> {
  try {
    const { terms, service } = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    return {
      ...(/^d[ad]p$/.test(terms) && { terms }),
      ...(/^(post|express|consolidated)$/.test(service) && { service }),
    };
  } catch {
    return {};
  }
}
