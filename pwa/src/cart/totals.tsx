import type { Landed } from "../catalog/landed";
import {
  BusinessLines,
  DoorLine,
  isAboutNow,
  notesOf,
  PartCells,
  PartRows,
  Silence,
  SureLine,
  TotalLine,
  TravelLine,
  UnknownLines,
  WhereTo,
} from "../catalog/parts";
import type { QuoteShop } from "../catalog/quote";
import type { Showing } from "../catalog/sheets";
import { t } from "../platform/locale";
import type { Money } from "../platform/money";
import type { Maker } from "./reckoning";

type Show = (what: Showing["what"], parcel?: string | null) => void;

const waitingWords = ({ state }: Landed): string => t(`landed-waiting-${state}`);

/** What each of one maker's parcels costs to the door, part by part, and how it travels. */
export function MakerSums({ maker, landed, show }: { maker: Maker; landed: Landed; show: Show }) {
  const { quote, onPhone } = landed;
  const parcels = quote?.shops.filter(({ slug }) => slug === maker.slug) ?? [];
  return (
    <>
      {(parcels.length ? parcels : [null]).map((parcel) => (
        <div class="card stack" key={parcel?.parcel ?? ""}>
          <PartCells
            sums={parcel}
            goods={parcel ? parcel.goods : maker.goods}
            waiting={waitingWords(landed)}
            isAbout={isAboutNow(parcel, onPhone)}
            onOpen={(part) => show(part, parcel?.parcel ?? maker.slug)}
          />
          {parcel ? <ParcelLines shop={parcel} show={show} /> : <div class="landed-lines landed-both" />}
        </div>
      ))}
    </>
  );
}

function ParcelLines({ shop, show }: { shop: QuoteShop; show: Show }) {
  return (
    <div class="landed-lines landed-both">
      <DoorLine sums={shop} shops={[shop]} onChoose={() => show("terms", shop.parcel)} />
      <TravelLine shop={shop} onChoose={() => show("travel", shop.parcel)} />
    </div>
  );
}

/** What the cart costs to the door, as far as it is known; the goods always, by the phone's own arithmetic. */
export function Totals({ landed, goods, show }: { landed: Landed; goods: Money | null; show: Show }) {
  const { quote, onPhone, state } = landed;
  const only = quote?.shops.length === 1 ? (quote.shops[0] ?? null) : null;
  const sums = quote?.shops.length ? quote : null;
  return (
    <section class="card stack landed" aria-labelledby="cart-sums" aria-busy={state === "asking"}>
      <WhereTo id="cart-sums" level="h2" unknown={t("cart-sums")} onChange={() => show("where")} />
      <PartRows sums={sums} goods={goods} waiting={waitingWords(landed)} notes={notesOf(only, sums)} onOpen={show} />
      <TotalLine sums={sums} goods={goods} isAbout={isAboutNow(sums, onPhone)} />
      {only && <ParcelLines shop={only} show={show} />}
      {sums && !only && quote && <DoorLine sums={sums} shops={quote.shops} onChoose={() => show("terms")} />}
      {!sums && <Silence landed={landed} />}
      {quote && <UnknownLines quote={quote} />}
      {quote && <SureLine quote={quote} onPhone={onPhone} />}
      {quote && <BusinessLines rules={quote.changed_for_business} />}
    </section>
  );
}
