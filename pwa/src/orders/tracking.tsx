import type { ComponentChildren } from "preact";
import { lazy } from "preact-iso";
import { whyFrom } from "../catalog/origin";
import { clock } from "../platform/clock";
import { formatDate, formatDay, locale, t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { countryName } from "../ui/country";
import { Icon } from "../ui/icon";
import { Picture } from "../ui/picture";
import { toast } from "../ui/toast";
import { Arc } from "./arc";
import { howSure } from "./how-sure";
import {
  isOver,
  isQuiet,
  lastEvent,
  needsYou,
  newestFirst,
  type Order,
  type Parcel,
  type ParcelEvent,
  progress,
  time,
  waiting,
} from "./model";
import { Progress } from "./on-its-way";
import "./orders.css";
import { ago, expected, whatHappened, whenExpected } from "./sentence";

const Papers = lazy(() => import("./papers"));

interface TrackingProps {
  order: Order;
  /** Above the sentence, e.g. that the order was placed just now. */
  before?: ComponentChildren;
  /** Between what must be done and the parcels. */
  between?: ComponentChildren;
  after?: ComponentChildren;
}

/** The tracking screen: a sentence, the way, what you must do, parcels with their events, then what was bought. */
export function Tracking({ order, before, between, after }: TrackingProps) {
  return (
    <div class="screen tracking">
      {before}
      <header class="stack">
        <p class="tracking-says" aria-live="polite" data-testid="tracking-sentence">
          {whatHappened(order)} <span class="muted">{whenExpected(order)}</span>
        </p>
        {order.state !== "cancelled" && <Progress value={progress(order)} />}
        <Updated order={order} />
        <Arc order={order} at={progress(order)} />
      </header>
      <MustDo order={order} />
      {between}
      {(order.parcels ?? []).map((parcel, index, all) => (
        <ParcelCard
          key={parcel.id}
          parcel={parcel}
          title={t("order-parcel", { number: index + 1, count: all.length })}
        />
      ))}
      {(order.parcels ?? []).length === 0 && !isOver(order) && (
        <p class="notice notice-river">
          <Icon name="parcel" size={20} />
          <span>{t("order-no-parcel-yet", { shop: order.shop.name })}</span>
        </p>
      )}
      <Bought order={order} />
      <Documents order={order} />
      {after}
    </div>
  );
}

/** When something was heard last, and said plainly when that is long ago. */
function Updated({ order }: { order: Order }) {
  const heard = (order.parcels ?? []).map((parcel) => parcel.last_event_at).filter((at) => at !== null);
  const latest = heard.sort((a, b) => time(b) - time(a))[0];
  if (!latest) return <p class="small muted">{t("order-placed-on", { date: formatDate(order.placed_at, "date") })}</p>;
  const quiet = !isOver(order) && !needsYou(order) && order.parcels?.some((parcel) => isQuiet(parcel, clock.now()));
  const when = ago(latest, clock.now(), locale.value);
  return (
    <p class={quiet ? "small tone-amber" : "small muted"}>{t(quiet ? "order-quiet" : "order-updated", { when })}</p>
  );
}

/** The one thing that waits for the buyer, if anything does. */
function MustDo({ order }: { order: Order }) {
  const what = needsYou(order);
  if (!what) return null;
  const state = what === "awaiting_payment" ? "awaiting_payment" : what.state;
  const place = what === "awaiting_payment" ? "" : (lastEvent(what)?.place ?? "");
  return (
    <section class="notice notice-vermilion" aria-labelledby="must-do">
      <Icon name="alert" />
      <div class="stack">
        <h2 id="must-do">{t(`order-do-${state}`)}</h2>
        <p>
          {t(`order-do-${state}-text`, {
            place: place || "none",
            carrier: what === "awaiting_payment" ? "" : carrierName(what.carrier),
          })}
        </p>
        {what !== "awaiting_payment" && (
          <p class="small">
            {t("order-tracking-number")} <bdi class="number strong">{what.number}</bdi>
          </p>
        )}
      </div>
    </section>
  );
}

function ParcelCard({ parcel, title }: { parcel: Parcel; title: string }) {
  const copy = () =>
    navigator.clipboard?.writeText(parcel.number).then(
      () => toast(t("ui-copied")),
      () => undefined,
    );
  return (
    <section class="card stack" aria-label={title}>
      <div class="row row-wraps">
        <Icon name="parcel" />
        <div class="grow">
          <h2>{title}</h2>
          <p class="small muted">{carrierName(parcel.carrier)}</p>
        </div>
        {parcel.number && (
          <button
            type="button"
            class="button button-quiet number tracking-number"
            onClick={copy}
            aria-label={t("order-copy-number", { number: parcel.number })}
          >
            <bdi>{parcel.number}</bdi>
          </button>
        )}
      </div>
      {parcel.eta && parcel.state !== "delivered" && (
        <div>
          <p class="small">{expected(parcel.eta)}</p>
          {howSure(parcel.eta) && <p class="small muted">{howSure(parcel.eta)}</p>}
        </div>
      )}
      <Timeline events={parcel.events} />
    </section>
  );
}

/** What happened, newest first; the newest is the current step. */
function Timeline({ events }: { events: readonly ParcelEvent[] }) {
  if (events.length === 0) return <p class="small muted">{t("order-no-events")}</p>;
  return (
    <ol class="timeline" data-testid="tracking-events">
      {newestFirst(events).map((event, index) => (
        <li key={event.id} aria-current={index === 0 ? "step" : undefined} data-state={event.state}>
          <span class="strong">{t(`parcel-${event.state}`)}</span>
          <span class="small muted">
            {formatDate(event.at, "moment")}
            {event.place && (
              <>
                {" · "}
                <bdi>{event.place}</bdi>
              </>
            )}
          </span>
          {event.text && (
            <details class="carrier-words small">
              <summary>{t("order-carrier-words")}</summary>
              <p dir="auto">{event.text}</p>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Bought({ order }: { order: Order }) {
  const { ship_to } = order;
  const address = [
    ship_to.line1,
    ship_to.line2,
    [ship_to.postcode, ship_to.city].filter(Boolean).join(" "),
    ship_to.region,
  ];
  return (
    <section class="card stack" aria-labelledby="bought">
      <h2 id="bought">{t("order-bought", { shop: order.shop.name })}</h2>
      <ul class="stack">
        {order.lines.map((line) => (
          <li class="row row-wraps bought-line" key={line.sku}>
            <Picture src={line.image} tint={order.shop.tint} alt="" />
            <a class="grow" href={`/p/${encodeURIComponent(line.sku)}?quantity=${line.quantity}`}>
              {line.title}
              <span class="small muted number bought-count">
                {t("order-line", { count: line.quantity, price: formatMoney(line.unit_price) })}
              </span>
            </a>
            <span class="number">{formatMoney(line.total)}</span>
            {line.note && (
              <p class="small muted bought-note">
                {t("order-note")} <bdi>{line.note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
      <dl class="sums">
        <Sum name={t("landed-part-goods")} value={order.goods} />
        <Sum name={t("landed-part-freight")} value={order.freight} />
        <Sum name={t("landed-part-duty")} value={order.duty} />
        <Sum name={t("landed-part-tax")} value={order.tax} />
        <div class="strong">
          <dt>{t("order-total")}</dt>
          <dd>{formatMoney(order.total)}</dd>
        </div>
      </dl>
      <Waits order={order} />
      {order.ships_from && whyFrom(order.ships_from) && <p class="small muted">{whyFrom(order.ships_from)}</p>}
      <p class="small muted">
        {ship_to.line1
          ? [ship_to.name, ...address, countryName(ship_to.country)].filter(Boolean).join(", ")
          : t("order-ships-to", { country: countryName(ship_to.country) })}
      </p>
      <p class="small muted">
        {t("order-placed-on", { date: formatDate(order.placed_at, "date") })} · <bdi>{order.number}</bdi>
      </p>
    </section>
  );
}

/** The day goods are expected that were sold before they came, and whether it moved. */
function Waits({ order }: { order: Order }) {
  const batch = waiting(order);
  if (!batch?.planned_for) return null;
  const day = formatDay(batch.planned_for);
  return (
    <p class="tone-amber" role="status">
      {batch.planned_before
        ? t("order-waits-moved", { day, before: formatDay(batch.planned_before) })
        : t("ships-from-day", { day })}
    </p>
  );
}

function Sum({ name, value }: { name: string; value: Money | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={value ? undefined : "muted small"}>{value ? formatMoney(value) : t("landed-not-known")}</dd>
    </div>
  );
}

function Documents({ order }: { order: Order }) {
  if (!order.documents?.length) return null;
  return (
    <section class="stack" aria-labelledby="documents">
      <h2 id="documents">{t("order-documents")}</h2>
      <Papers order={order} />
    </section>
  );
}

/** "sampan-local" as people say it; other carriers under their own name. */
function carrierName(carrier: string): string {
  if (carrier === "sampan-local") return t("order-carrier-local");
  return carrier || t("order-carrier-unknown");
}
