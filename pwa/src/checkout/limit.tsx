import { useState } from "preact/hooks";
import { lines } from "../cart/queries";
import { goods } from "../cart/reckoning";
import { useEstimate } from "../catalog/landed";
import type { Quote } from "../catalog/quote";
import { clock } from "../platform/clock";
import { t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { online } from "../sync/status";
import { Choices } from "../ui/field";

/** What this phone works out for the cart where there is no quote of the shop. */
export function useOwnReckoning(quote: Quote | null, to: string | null): Quote | null {
  const asked = quote ? [] : lines.value.map(({ sku, quantity }) => ({ sku, quantity }));
  return useEstimate(asked, to);
}

/** Hundredths that may come on top: of what this phone worked out, or of the goods alone. */
const SHARES = { reckoned: [5, 10, 25], goods: [25, 50, 100] } as const;

interface Limit {
  /** The most that may be charged; null when not even the goods have a price. */
  value: Money | null;
  /** What the share is of, and the shares to choose from; null when the last price is known and needs no guess. */
  guess: { of: Money; shares: readonly number[]; isReckoned: boolean } | null;
  share: number;
  choose: (share: number) => void;
}

/** The most an order given offline may cost: the last quote's total, else what this phone knows and a share on top. */
export function useLimit(quote: Quote | null, own: Quote | null): Limit {
  const [chosen, choose] = useState<number | null>(null);
  if (quote && Date.parse(quote.expires_at) > clock.now() - DAY_MS)
    return { value: quote.total, guess: null, share: 0, choose };
  const of = own?.total ?? goods.value;
  const shares = own ? SHARES.reckoned : SHARES.goods;
  const share = shares.find((each) => each === chosen) ?? shares[1];
  return { value: of && withShare(of, share), guess: of && { of, shares, isReckoned: own !== null }, share, choose };
}

const withShare = ({ minor, currency }: Money, share: number): Money => ({
  minor: Math.ceil((minor * (100 + share)) / 100),
  currency,
});

const DAY_MS = 86_400_000;

/** Offline and without a quote, the shopper says how much may come on top. */
export function SpendingLimit({ limit: { guess, share, choose } }: { limit: Limit }) {
  if (online.value || !guess) return null;
  return (
    <section class="card stack" aria-labelledby="limit">
      <h2 id="limit">{t("checkout-limit")}</h2>
      <p>{t(guess.isReckoned ? "checkout-limit-reckoned" : "checkout-limit-text")}</p>
      <Choices
        legend={t("checkout-limit-most")}
        name="limit"
        value={String(share)}
        onChange={(value) => choose(Number(value))}
        options={guess.shares.map((each) => ({
          value: String(each),
          label: formatMoney(withShare(guess.of, each)),
          hint: t(guess.isReckoned ? "checkout-limit-share-reckoned" : "checkout-limit-share", { share: each }),
        }))}
      />
    </section>
  );
}
