import { useState } from "preact/hooks";
import { useRoute } from "preact-iso";
import { formatDay, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button, ButtonLink } from "../ui/button";
import { Empty, LoadError } from "../ui/empty";
import { Field } from "../ui/field";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { Sheet } from "../ui/sheet";
import { SkeletonList } from "../ui/skeleton";
import { toast } from "../ui/toast";
import { Camera } from "./camera";
import { useKeptList } from "./kept-list";
import { MissingForm } from "./missing";
import { inBox, isComplete, scan } from "./packing";
import { fetchPackable, fetchPicks, keptPlaceOf, nextAfter, type Packable } from "./picks";
import { markPacked } from "./queries";
import "./sell.css";

/** Packs one batch piece by piece; what is counted stays on the phone until all is in, then one tap sends "packed". */
export default function PackScreen() {
  const id = useRoute().params.batch ?? "";
  const loaded = useLoad(id, () => fetchPackable(id));
  const batch = loaded.data;
  usePage({ title: batch ? batch.order_number : t("pack-title"), back: "/sell/pick" });
  if (batch) return <Packing key={batch.id} batch={batch} onDone={loaded.put} />;
  if (loaded.error) return <LoadError error={loaded.error} retry={loaded.retry} />;
  if (loaded.loading)
    return (
      <div class="screen">
        <SkeletonList rows={3} height="6rem" />
      </div>
    );
  return (
    <Empty drawing="search" title={t("sell-gone-title")} text={t("sell-gone-text")}>
      <ButtonLink href="/sell">{t("sell-title")}</ButtonLink>
    </Empty>
  );
}

function Packing({ batch, onDone }: { batch: Packable; onDone: (batch: Packable) => void }) {
  const [packed, setPacked] = useKeptList(`pack:${batch.id}`);
  const [code, setCode] = useState("");
  const [said, setSaid] = useState<{ text: string; isWrong: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const [place] = useState(() => keptPlaceOf(batch.id));
  const [missing, setMissing] = useState<Packable["lines"][number] | null>(null);
  const { lines } = batch;
  const take = (code: string) => {
    const result = scan(lines, packed, code);
    const line = "sku" in result ? lines.find(({ sku }) => sku === result.sku) : undefined;
    if (result.is === "counted") setPacked(result.packed);
    else navigator.vibrate?.([200, 100, 200]);
    setSaid({ text: t(`pack-${result.is}`, { title: line?.title ?? "", code }), isWrong: result.is !== "counted" });
  };
  const send = async () => {
    setBusy(true);
    try {
      const done = await markPacked(batch.id);
      setPacked([]);
      toast(t("sell-packed-done"));
      onDone(done);
    } catch {
      setSaid({ text: t("pack-not-sent"), isWrong: true });
    }
    setBusy(false);
  };
  if (batch.state !== "paid" || batch.planned_for) return <Closed batch={batch} place={place} />;
  return (
    <div class="screen sell-batch">
      <p class={said?.isWrong ? "card pack-wrong" : "small muted"} role={said?.isWrong ? "alert" : "status"}>
        {said?.text ?? t("pack-how")}
      </p>
      <Camera onCode={take} />
      <form
        class="row stock-search"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim()) take(code);
          setCode("");
        }}
      >
        <span class="grow">
          <Field label={t("pack-code")} name="code" value={code} maxLength={64} onInput={setCode} />
        </span>
        <Button type="submit">{t("pack-count")}</Button>
      </form>
      <ul class="stack">
        {lines.map((line) => (
          <li class="card" key={line.sku}>
            <button type="button" class="row sell-line pick-line" onClick={() => take(line.sku)}>
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
              <strong class="number">
                {t("pack-of", { done: formatNumber(inBox(packed, line.sku)), all: formatNumber(line.quantity) })}
              </strong>
            </button>
            {inBox(packed, line.sku) < line.quantity && (
              <Button look="quiet" onClick={() => setMissing(line)}>
                {t("missing-tell")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {packed.length > 0 && (
        <Button
          icon="undo"
          onClick={() => {
            setPacked(packed.slice(0, -1));
            setSaid({ text: t("pack-undone"), isWrong: false });
          }}
        >
          {t("pack-undo")}
        </Button>
      )}
      <div class="action-bar">
        <Button
          look="primary"
          wide
          icon="parcel"
          busy={busy}
          disabled={!isComplete(lines, packed)}
          onClick={() => void send()}
        >
          {t("sell-packed")}
        </Button>
      </div>
      <Sheet open={missing !== null} title={t("missing-title")} onClose={() => setMissing(null)}>
        {missing && (
          <MissingForm
            batch={batch.id}
            line={missing}
            left={missing.quantity - inBox(packed, missing.sku)}
            onDone={(after) => {
              setMissing(null);
              // Nothing is missing when as many more lay free.
              toast(t(after.planned_for ? "missing-waits" : "missing-replaced"));
              onDone(after);
            }}
          />
        )}
      </Sheet>
    </div>
  );
}

/** A batch that is not to be packed, or no longer: why, and which comes next. */
function Closed({ batch, place }: { batch: Packable; place: string | null }) {
  const picks = useLoad("picks", fetchPicks);
  const next = picks.data && nextAfter(picks.data, batch.id, place);
  const day = batch.state === "paid" && batch.planned_for;
  return (
    <Empty
      drawing="cargo"
      title={day ? t("sell-now-waits", { day: formatDay(day) }) : t(`sell-now-${batch.state}`)}
      text={day ? t("sell-waits-text") : undefined}
    >
      {next && (
        <ButtonLink look="primary" icon="parcel" href={`/sell/${next}/pack`}>
          {t("pack-next")}
        </ButtonLink>
      )}
      <ButtonLink href={`/sell/${batch.id}`}>{batch.order_number}</ButtonLink>
      <ButtonLink href="/sell/pick">{t("pick-title")}</ButtonLink>
    </Empty>
  );
}
