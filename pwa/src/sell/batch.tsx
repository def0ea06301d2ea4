import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { formatDate, formatDay, formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { usePage } from "../platform/page";
import { Button, ButtonLink } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { SkeletonList } from "../ui/skeleton";
import { toast } from "../ui/toast";
import { BatchCount } from "./batch-lines";
import { HandOver } from "./hand-over";
import { Papers } from "./papers";
import { fetchBatch, markPacked, moveParcel, type SellerBatch, shopName } from "./queries";
import "./sell.css";

/** One batch from "paid" to the carrier's van: what goes in, where it goes, and the next thing to tap. */
export default function BatchScreen() {
  const id = useRoute().params.batch ?? "";
  const loaded = useLoad(id, () => fetchBatch(id));
  const batch = loaded.data;
  usePage({ title: batch ? batch.order_number : t("sell-title"), back: "/sell" });

  if (loaded.error) return <LoadError error={loaded.error} retry={loaded.retry} />;
  if (loaded.loading && !batch)
    return (
      <div class="screen">
        <SkeletonList rows={3} height="8rem" />
      </div>
    );
  if (!batch)
    return (
      <Empty drawing="search" title={t("sell-gone-title")} text={t("sell-gone-text")}>
        <ButtonLink href="/sell">{t("sell-title")}</ButtonLink>
      </Empty>
    );
  return (
    <div class="screen sell-batch">
      <header class="stack">
        <p class="small muted">
          {shopName(batch)} · {formatDate(batch.placed_at, "moment")} · {formatMoney(batch.total)}
        </p>
        <p class="sell-state" role="status">
          {batch.planned_for
            ? t("sell-now-waits", { day: formatDay(batch.planned_for) })
            : batch.parcel && batch.state === "shipped"
              ? t(`parcel-${batch.parcel.state}`)
              : t(`sell-now-${batch.state}`)}
        </p>
      </header>
      <Lines batch={batch} />
      <Label batch={batch} />
      {!["cancelled", "planned", "awaiting_payment"].includes(batch.state) && <Papers batch={batch} />}
      <NextStep batch={batch} onDone={loaded.put} reload={async () => loaded.put(await fetchBatch(id))} />
    </div>
  );
}

function Lines({ batch }: { batch: SellerBatch }) {
  return (
    <section class="card stack" aria-labelledby="lines">
      <h2 id="lines">
        <BatchCount batch={batch} />
      </h2>
      <ul class="stack">
        {batch.lines.map((line) => (
          <li class="row sell-line" key={line.sku}>
            <Picture src={line.image} alt="" />
            <span class="grow">
              {line.title}
              <span class="small muted sell-number">
                <bdi>{line.sku}</bdi>
              </span>
              {line.note && (
                <span class="small muted sell-note">
                  {t("order-note")} <bdi>{line.note}</bdi>
                </span>
              )}
            </span>
            <strong class="big">{formatNumber(line.quantity)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Label({ batch: { ship_to } }: { batch: SellerBatch }) {
  const rows = [
    ship_to.name,
    ship_to.line1,
    ship_to.line2,
    [ship_to.postcode, ship_to.city].filter(Boolean).join(" "),
    ship_to.region,
    countryName(ship_to.country),
  ];
  return (
    <section class="card stack" aria-labelledby="label">
      <h2 id="label">{t("sell-label")}</h2>
      <address class="sell-address" dir="auto">
        {rows.filter(Boolean).map((row) => (
          <span key={row}>{row}</span>
        ))}
      </address>
    </section>
  );
}

interface StepProps {
  batch: SellerBatch;
  onDone: (batch: SellerBatch) => void;
  reload: () => Promise<void>;
}

/** The one thing to do next, within the thumb's reach. */
function NextStep({ batch, onDone, reload }: StepProps) {
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>, said: string) => {
    setBusy(true);
    try {
      await work();
      toast(said);
    } catch {
      toast(t("sell-failed"));
      await reload().catch(() => undefined);
    }
    setBusy(false);
  };

  const only = batch.lines.length === 1 ? batch.lines[0] : null;
  if (batch.state === "paid" && batch.planned_for)
    return (
      <div class="action-bar stack">
        <p class="small muted">{t("sell-waits-text")}</p>
        <ButtonLink look="primary" wide href={`/sell/stock${only ? `?q=${encodeURIComponent(only.sku)}` : ""}`}>
          {t("stock-title")}
        </ButtonLink>
      </div>
    );
  if (batch.state === "paid")
    return (
      <div class="action-bar stack">
        <ButtonLink wide href={`/sell/${batch.id}/pack`}>
          {t("pack-title")}
        </ButtonLink>
        <Button
          look="primary"
          wide
          icon="parcel"
          busy={busy}
          onClick={() => void run(async () => onDone(await markPacked(batch.id)), t("sell-packed-done"))}
        >
          {t("sell-packed")}
        </Button>
      </div>
    );

  if (batch.state === "packed") return <HandOver batch={batch} onDone={onDone} reload={reload} />;

  const { parcel } = batch;
  if (!parcel) return null;
  return (
    <>
      <p class="small muted">
        {t("order-tracking-number")} <bdi class="number">{parcel.number}</bdi>
      </p>
      {parcel.carrier === "sampan-local" && parcel.next_state && (
        <div class="action-bar stack">
          <p class="small muted">{t("sell-next", { state: t(`parcel-${parcel.next_state}`) })}</p>
          <Button
            look="primary"
            wide
            icon="truck"
            busy={busy}
            onClick={() =>
              void run(async () => {
                await moveParcel(parcel.id, parcel.next_state);
                await reload();
              }, t("sell-moved"))
            }
          >
            {t("sell-move")}
          </Button>
        </div>
      )}
    </>
  );
}
