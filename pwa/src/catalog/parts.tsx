import { country } from "../accounts/preferences";
import { formatDay, t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Icon } from "../ui/icon";
import type { Landed } from "./landed";
import "./landed.css";
import { whyFrom } from "./origin";
import { type Part, parts, type Quote, type QuoteRule, type QuoteShop, type Sums } from "./quote";
import { changeInWords, dayInWords, doorInWords, sentenceOf, serviceName } from "./rule-words";
import { canChooseTerms } from "./terms";

/** Where it goes, as a heading, and the way to another place; `unknown` is said while there is none. */
export function WhereTo({
  id,
  level: Heading,
  unknown,
  onChange,
}: {
  id: string;
  level: "h2" | "h3";
  unknown: string;
  onChange: () => void;
}) {
  const to = country.value;
  return (
    <div class="row row-wraps">
      <Heading class="grow" id={id}>
        {to ? t("landed-title", { country: countryName(to) }) : unknown}
      </Heading>
      <Button look="quiet" onClick={onChange}>
        {t(to ? "landed-change" : "landed-choose")}
      </Button>
    </div>
  );
}

/** The parts of the price side by side; a hatched end stands for what is not known. */
export function Bar({ sums, goods }: { sums: Sums | null; goods: Money }) {
  const unknown = !sums?.at_door;
  return (
    <div class="landed-bar" aria-hidden="true">
      {parts.map((part) => {
        const amount = sums ? sums[part] : part === "goods" ? goods : null;
        return amount && <span key={part} class={part} style={{ "--share": amount.minor }} />;
      })}
      {unknown && <span class="unknown" style={{ "--share": Math.max(1, Math.round(goods.minor * 0.14)) }} />}
    </div>
  );
}

interface PartsProps {
  /** Null while nothing is known but the goods. */
  sums: Sums | null;
  /** The goods by the phone's own arithmetic, before any quote. */
  goods: Money | null;
  /** Words for an amount that is still to come. */
  waiting: string;
  onOpen: (part: Part | "all") => void;
}

/** A row a part, each a way to the rules behind its number. Every row has its place from the start. */
export function PartRows({
  sums,
  goods,
  waiting,
  onOpen,
  notes,
}: PartsProps & { notes?: Partial<Record<Part, string>> }) {
  return (
    <ul class="parts">
      {parts.map((part) => (
        <li key={part}>
          <button
            type="button"
            class={`part ${part}`}
            aria-haspopup="dialog"
            onClick={() => onOpen(part)}
            disabled={!sums}
          >
            <span class="part-name">
              {t(`landed-part-${part}`)}
              {notes?.[part] && <span class="small muted">{notes[part]}</span>}
            </span>
            <Amount sums={sums} goods={goods} part={part} waiting={waiting} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The parts of one maker's parcel, small, with their total. */
export function PartCells({ sums, goods, waiting, onOpen, isAbout }: PartsProps & { isAbout: boolean }) {
  const total = sums?.total;
  return (
    <ul class="cells">
      {parts.map((part) => (
        <li key={part}>
          <button type="button" class="cell" aria-haspopup="dialog" onClick={() => onOpen(part)} disabled={!sums}>
            <span class="small muted">{t(`landed-part-${part}`)}</span>
            <Amount sums={sums} goods={goods} part={part} waiting={waiting} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" class="cell" aria-haspopup="dialog" onClick={() => onOpen("all")} disabled={!sums}>
          <span class="small muted">{t(isAbout ? "landed-sum-about" : "landed-sum")}</span>
          <strong class={total ? "number" : "small muted"}>{total ? formatMoney(total) : waiting}</strong>
        </button>
      </li>
    </ul>
  );
}

function Amount({ sums, goods, part, waiting }: Omit<PartsProps, "onOpen"> & { part: Part }) {
  const amount = sums ? sums[part] : part === "goods" ? goods : null;
  if (amount) return <span class="number">{formatMoney(amount)}</span>;
  return <span class="small muted">{sums ? t("landed-not-known") : waiting}</span>;
}

/** What is said beside a part: that the door asks for it, or between what it lies. */
export function notesOf(shop: QuoteShop | null, sums: Sums | null): Partial<Record<Part, string>> {
  const range = sums?.duty_range;
  const door = shop?.terms === "dap" && shop.at_door ? t("landed-at-door") : "";
  const notes: [Part, string][] = [
    ["duty", range ? t("landed-range", { low: formatMoney(range.low), high: formatMoney(range.high) }) : door],
    ["tax", shop?.tax_at_sale ? "" : door],
    ["fees", door],
  ];
  return Object.fromEntries(notes.filter(([, note]) => note));
}

/** What the door will still ask, and the way to choose otherwise where both are possible. */
export function DoorLine({ sums, shops, onChoose }: { sums: Sums; shops: readonly QuoteShop[]; onChoose: () => void }) {
  return (
    <div class="landed-line">
      <Icon name="home" size={20} />
      <span class="grow">{doorInWords(sums)}</span>
      {shops.some(canChooseTerms) && (
        <Button look="quiet" onClick={onChoose}>
          {t("landed-change")}
        </Button>
      )}
    </div>
  );
}

/** How a parcel travels and how long it takes. */
export function TravelLine({ shop, onChoose }: { shop: QuoteShop; onChoose: () => void }) {
  const why = shop.ships_from && whyFrom(shop.ships_from);
  return (
    <div class="landed-line">
      <Icon name="truck" size={20} />
      <span class="grow">
        {travelInWords(shop)}
        {shop.ships_on && (
          <span class="small tone-amber sum-note">{t("ships-from-day", { day: formatDay(shop.ships_on) })}</span>
        )}
        {why && <span class="small muted sum-note">{why}</span>}
      </span>
      {shop.services.length > 1 && (
        <Button look="quiet" onClick={onChoose}>
          {t("landed-change")}
        </Button>
      )}
    </div>
  );
}

export function travelInWords({ service, days }: Pick<QuoteShop, "service" | "days">): string {
  return days
    ? t("landed-travel", { service: serviceName(service), from: days.from, to: days.to })
    : serviceName(service);
}

/** The sum below the parts: all of it, what is paid now, or all but what nobody knows. */
export function TotalLine({ sums, goods, isAbout }: { sums: Sums | null; goods: Money | null; isAbout: boolean }) {
  const amount = sums?.total ?? goods;
  return (
    <p class="between landed-total">
      <span>{t(sums ? totalWords(sums.at_door, isAbout) : "landed-total-goods")}</span>
      <strong class="big">{amount ? formatMoney(amount) : "–"}</strong>
    </p>
  );
}

/** Is what is paid now an estimate? What the door will ask is one for itself. */
export function isAboutNow(sums: Sums | null, onPhone: boolean): boolean {
  return onPhone || (sums?.confidence === "estimate" && sums.at_door?.minor === 0);
}

function totalWords(at_door: Money | null, isAbout: boolean): string {
  if (!at_door) return "landed-total-without";
  return `${at_door.minor > 0 ? "landed-total-now" : "landed-total"}${isAbout ? "-about" : ""}`;
}

/** Why there is no more than the goods, and what to do. */
export function Silence({ landed }: { landed: Landed }) {
  if (landed.isRefused)
    return <p class="tone-amber">{t("landed-not-carried", { country: countryName(country.value) })}</p>;
  if (landed.state === "offline") return <p class="tone-amber">{t("landed-offline")}</p>;
  if (landed.state !== "failed") return null;
  return (
    <div class="stack" role="alert">
      <p class="tone-vermilion">{t("landed-failed")}</p>
      <Button icon="sync" onClick={landed.retry}>
        {t("ui-retry")}
      </Button>
    </div>
  );
}

/** What nobody carries, what nobody knows, and why. */
export function UnknownLines({ quote }: { quote: Quote }) {
  const left = quote.lines.filter((line) => line.problem === "not_carried");
  const said = [
    ...left.map(({ title }) => t("landed-line-not-carried", { title, country: countryName(quote.ship_to.country) })),
    ...quote.rules.filter((rule) => rule.kind === "unknown").map((rule) => sentenceOf(rule, quote)),
  ];
  if (said.length === 0) return null;
  return (
    <ul class="small stack tone-amber">
      {[...new Set(said)].map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

/** How sure the numbers are, where they are not firm. */
export function SureLine({ quote, onPhone }: { quote: Quote; onPhone: boolean }) {
  if (onPhone) return <p class="small tone-amber">{t("landed-on-phone", { day: dayInWords(quote.day) })}</p>;
  return quote.confidence === "estimate" ? <p class="small tone-amber">{t("landed-estimate")}</p> : null;
}

/** Which rules changed because a business buys. */
export function BusinessLines({ rules }: { rules: readonly QuoteRule[] }) {
  if (rules.length === 0) return null;
  const said = [...new Set(rules.map(changeInWords))];
  return (
    <div class="small stack landed-business">
      <p class="strong">{t("landed-business")}</p>
      <ul>
        {said.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  );
}
