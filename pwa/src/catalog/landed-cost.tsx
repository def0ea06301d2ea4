import { useEffect, useState } from "preact/hooks";
import { country, currency } from "../accounts/preferences";
import { formatNumber, t } from "../platform/locale";
import { formatMoney, times } from "../platform/money";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { engaged, estimate, type Landed, rounds, useLanded } from "./landed";
import { type DoorPrices, orderable, type Product, tierAt } from "./model";
import {
  Bar,
  BusinessLines,
  DoorLine,
  isAboutNow,
  notesOf,
  PartRows,
  Silence,
  SureLine,
  TotalLine,
  TravelLine,
  UnknownLines,
  WhereTo,
} from "./parts";
import type { Quote } from "./quote";
import { useLandedSheets } from "./sheets";
import { wishes } from "./wishes";

interface LandedCostProps {
  product: Product;
  quantity: number;
  /** Told what a piece costs at the door at the quantities where that is known. */
  onPrices: (prices: DoorPrices) => void;
}

/** What this quantity costs to the door: each part with its rules, and what is not known said plainly. */
export function LandedCost({ product, quantity, onPrices }: LandedCostProps) {
  const landed = useLanded([{ sku: product.sku, quantity }]);
  const { quote, onPhone, state } = landed;
  const { show, sheets } = useLandedSheets(quote);
  const price = tierAt(product.tiers, quantity)?.price;
  useDoorPrices(product, quantity, landed, onPrices);
  if (!price) return null;

  const shop = quote?.shops[0] ?? null;
  const goods = shop?.goods ?? times(price, quantity);
  const isAbout = onPhone || quote?.confidence === "estimate";
  return (
    <section class="card stack landed" aria-labelledby="landed" aria-busy={state === "asking"}>
      <WhereTo id="landed" level="h3" unknown={t("landed-where")} onChange={() => show("where")} />
      <p class="landed-piece" aria-live="polite">
        <span class="small muted">{t(pieceWords(quote, isAbout))}</span>{" "}
        <span class="big">{formatMoney(quote?.per_piece ?? price)}</span>
      </p>
      <Bar sums={shop} goods={goods} />
      <PartRows
        sums={shop}
        goods={goods}
        waiting={t(`landed-waiting-${state}`)}
        notes={{
          goods: t("landed-times", { count: formatNumber(quantity), price: formatMoney(price) }),
          ...notesOf(shop, shop),
        }}
        onOpen={show}
      />
      <TotalLine sums={shop && quote} goods={goods} isAbout={isAboutNow(quote, onPhone)} />
      <div class="landed-lines landed-both">
        {shop && quote ? (
          <>
            <DoorLine sums={quote} shops={quote.shops} onChoose={() => show("terms")} />
            <TravelLine shop={shop} onChoose={() => show("travel")} />
          </>
        ) : (
          <Silence landed={landed} />
        )}
      </div>
      {quote && <UnknownLines quote={quote} />}
      {quote && <SureLine quote={quote} onPhone={onPhone} />}
      {quote && <BusinessLines rules={quote.changed_for_business} />}
      {shop && (
        <Button look="quiet" onClick={() => show("all")}>
          {t("landed-rules")}
        </Button>
      )}
      {sheets}
    </section>
  );
}

function pieceWords(quote: Quote | null, isAbout: boolean): string {
  if (!quote?.per_piece) return "landed-piece-goods";
  if (!quote.at_door) return "landed-piece-part";
  return isAbout ? "landed-piece-about" : "landed-piece";
}

/** What a piece costs at the door where the price falls, worked out by this phone, and at this quantity by the shop. */
function useDoorPrices(
  { sku, tiers, ...limits }: Product,
  quantity: number,
  landed: Landed,
  tell: LandedCostProps["onPrices"],
) {
  const key = JSON.stringify([sku, country.value, currency.value, wishes.value]);
  const [known, setKnown] = useState<{ key: string; prices: DoorPrices }>({ key, prices: {} });

  const mayAsk = engaged.value || !online.value;
  useEffect(() => {
    const to = country.peek();
    if (!to || !mayAsk) return;
    let current = true;
    const steps = tiers.map((tier) => orderable(tier.minimum_quantity, limits));
    void Promise.all(steps.map((step) => estimate([{ sku, quantity: step }], to))).then((quotes) => {
      const found = quotes.flatMap((quote, at) => (quote?.at_door ? [[steps[at], pieceOf(quote, true)]] : []));
      if (current) setKnown((old) => ({ key, prices: { ...Object.fromEntries(found), ...pricesAt(old, key) } }));
    });
    return () => {
      current = false;
    };
  }, [key, mayAsk, rounds.value]);

  const { quote, onPhone } = landed;
  useEffect(() => {
    if (!quote?.at_door || !quote.per_piece) return;
    const piece = pieceOf(quote, onPhone);
    setKnown((old) => ({ key, prices: { ...pricesAt(old, key), [quantity]: piece } }));
  }, [quote, onPhone]);

  useEffect(() => tell(pricesAt(known, key)), [known, key]);
}

const pricesAt = (known: { key: string; prices: DoorPrices }, key: string): DoorPrices =>
  known.key === key ? known.prices : {};

const pieceOf = (quote: Quote, onPhone: boolean) => ({
  price: formatMoney(quote.per_piece ?? quote.total),
  isAbout: onPhone || quote.confidence !== "firm",
});
