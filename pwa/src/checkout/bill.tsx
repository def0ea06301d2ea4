import { goods } from "../cart/reckoning";
import {
  BusinessLines,
  DoorLine,
  isAboutNow,
  notesOf,
  PartCells,
  PartRows,
  SureLine,
  TotalLine,
  TravelLine,
  UnknownLines,
} from "../catalog/parts";
import type { Quote, QuoteShop } from "../catalog/quote";
import type { Showing } from "../catalog/sheets";
import { formatDate, t } from "../platform/locale";
import { online } from "../sync/status";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import type { CartQuote } from "./quote";

type Show = (what: Showing["what"], parcel?: string | null) => void;

interface BillProps {
  quote: CartQuote;
  /** What this phone works out while the shop has said nothing. */
  own: Quote | null;
  to: string | null;
  show: Show;
}

/** What the cart costs to the door: the frozen quote with its parts and until when it holds. */
export function Bill({ quote: { last, state, refusal, retry }, own, to, show }: BillProps) {
  const quote = last ?? own;
  const sums = quote?.shops.length ? quote : null;
  const waiting = t(`landed-waiting-${state}`);
  const onPhone = quote !== null && !last;
  const shops = quote?.shops ?? [];
  const only = shops.length === 1 ? (shops[0] ?? null) : null;
  return (
    <section class="card stack landed bill" aria-labelledby="bill" aria-busy={state === "asking"}>
      <h2 id="bill">{to ? t("landed-title", { country: countryName(to) }) : t("checkout-bill")}</h2>
      {!only &&
        shops.map((shop) => (
          <section class="stack" key={shop.parcel} aria-label={shop.name}>
            <h3>{shop.name}</h3>
            <PartCells
              sums={shop}
              goods={shop.goods}
              waiting={waiting}
              isAbout={isAboutNow(shop, onPhone)}
              onOpen={(part) => show(part, shop.parcel)}
            />
            <ParcelLines shop={shop} show={show} />
          </section>
        ))}
      {shops.length > 1 && <h3>{t("landed-sum")}</h3>}
      <PartRows
        sums={sums}
        goods={goods.value}
        waiting={waiting}
        notes={notesOf(only, sums)}
        onOpen={(part) => show(part)}
      />
      <TotalLine sums={sums} goods={goods.value} isAbout={isAboutNow(sums, onPhone)} />
      {only ? (
        <ParcelLines shop={only} show={show} />
      ) : (
        sums && <DoorLine sums={sums} shops={shops} onChoose={() => show("terms")} />
      )}
      {quote && <UnknownLines quote={quote} />}
      {quote && <SureLine quote={quote} onPhone={onPhone} />}
      {quote && <BusinessLines rules={quote.changed_for_business} />}
      <LineProblems quote={last} />
      {last && online.value && (
        <p class="small muted" role="status">
          {t("checkout-frozen", { time: formatDate(last.expires_at, "time") })}
        </p>
      )}
      {last && !online.value && <p class="small tone-amber">{t("checkout-last-price")}</p>}
      {!last && state === "failed" && (
        <div class="stack" role="alert">
          <p class="small tone-vermilion">{refusal ?? t("checkout-no-quote")}</p>
          <Button icon="sync" onClick={retry}>
            {t("ui-retry")}
          </Button>
        </div>
      )}
    </section>
  );
}

function ParcelLines({ shop, show }: { shop: QuoteShop; show: Show }) {
  return (
    <div class="landed-lines">
      <DoorLine sums={shop} shops={[shop]} onChoose={() => show("terms", shop.parcel)} />
      <TravelLine shop={shop} onChoose={() => show("travel", shop.parcel)} />
    </div>
  );
}

function LineProblems({ quote }: { quote: Quote | null }) {
  const wrong = quote?.lines.filter((line) => line.problem) ?? [];
  if (wrong.length === 0) return null;
  return (
    <ul class="stack small tone-vermilion" role="alert">
      {wrong.map((line) => (
        <li key={line.sku}>{t("checkout-line-problem", { title: line.title })}</li>
      ))}
    </ul>
  );
}
