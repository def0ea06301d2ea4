import type { Money } from "../platform/money";
import type { Quote, QuoteShop, Terms } from "./quote";

/** What is paid now and what at the door; null: not known. */
export interface Split {
  now: Money;
  door: Money | null;
}

/** Both terms are possible where all is known and the border asks for something. */
export function canChooseTerms(shop: QuoteShop): boolean {
  const isOpen = shop.terms_why === "asked" || shop.terms_why === "known";
  return isOpen && (borderOf(shop)?.minor ?? 0) > 0;
}

/** What the border asks for, whoever pays it; null where that is not known. */
function borderOf({ duty, tax, fees, tax_at_sale }: QuoteShop): Money | null {
  if (!duty || !tax || !fees) return null;
  return { minor: duty.minor + (tax_at_sale ? 0 : tax.minor) + fees.minor, currency: duty.currency };
}

/** How a quote would be paid under other terms; parcels that leave no choice stay as they are. */
export function splitBy(terms: Terms, { shops, currency }: Pick<Quote, "shops" | "currency">): Split {
  let now = 0;
  let door: number | null = 0;
  for (const shop of shops) {
    const border = canChooseTerms(shop) ? borderOf(shop) : null;
    const paid = border ? shop.total.minor + (shop.at_door?.minor ?? 0) : shop.total.minor;
    const asked = border ? (terms === "dap" ? border.minor : 0) : (shop.at_door?.minor ?? null);
    now += paid - (border && terms === "dap" ? border.minor : 0);
    door = door === null || asked === null ? null : door + asked;
  }
  return { now: { minor: now, currency }, door: door === null ? null : { minor: door, currency } };
}
