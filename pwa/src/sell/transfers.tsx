import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { formatDate, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { Empty, LoadError } from "../ui/empty";
import { Field } from "../ui/field";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { wholeNumber } from "../ui/stepper";
import { toast } from "../ui/toast";
import { placeName } from "./stock";
import { atCustoms, fetchStock, fetchTransfers, receive, type Transfer, type Warehouse } from "./stock-queries";
import "./sell.css";

/** What is on its way to warehouses near the buyers, and what they counted when it came. */
export default function TransfersScreen() {
  usePage({ title: t("transfers-title"), back: "/sell/stock" });
  const page = useLoad("transfers", load);
  const more = async () => {
    if (!page.data) return;
    const next = await fetchTransfers(page.data.next_cursor).catch(() => null);
    if (next) page.put({ ...page.data, ...next, items: [...page.data.items, ...next.items] });
  };
  const put = (changed: Transfer) => {
    if (!page.data) return;
    page.put({ ...page.data, items: page.data.items.map((one) => (one.id === changed.id ? changed : one)) });
  };
  return (
    <div class="screen">
      {page.error ? (
        <LoadError error={page.error} retry={page.retry} />
      ) : !page.data ? (
        <SkeletonList rows={3} height="9rem" />
      ) : page.data.items.length === 0 ? (
        <Empty drawing="cargo" title={t("transfers-none")} text={t("transfers-none-text")} />
      ) : (
        <ul class="stack">
          {page.data.items.map((transfer) => (
            <Row
              key={transfer.id + transfer.state}
              transfer={transfer}
              warehouses={page.data?.warehouses ?? []}
              onDone={put}
            />
          ))}
        </ul>
      )}
      {page.data?.next_cursor && (
        <Button wide onClick={more}>
          {t("search-more")}
        </Button>
      )}
    </div>
  );
}

/** The transfers, and the warehouses by name. */
async function load() {
  const [page, { warehouses }] = await Promise.all([fetchTransfers(), fetchStock(true, "")]);
  return { ...page, warehouses };
}

interface RowProps {
  transfer: Transfer;
  warehouses: readonly Warehouse[];
  onDone: (transfer: Transfer) => void;
}

function Row({ transfer, warehouses, onDone }: RowProps) {
  const { state, lines, number, expected_on, customs_entry } = transfer;
  return (
    <li class="card stack">
      <p class="between">
        <strong>{placeName(transfer.warehouse, warehouses)}</strong>
        <span class="small">{t(`transfers-${state}`)}</span>
      </p>
      <p class="small muted">
        {t("transfers-sent-on", { date: formatDate(transfer.sent_at, "date") })}
        {expected_on && ` · ${t("transfers-expected-on", { date: formatDate(`${expected_on}T12:00`, "date") })}`}
        {number && (
          <>
            {" · "}
            <bdi>{number}</bdi>
          </>
        )}
      </p>
      <ul class="sums">
        {lines.map((line) => (
          <li class="between" key={line.sku}>
            <span>{line.title}</span>
            <span>
              <span class="number">{formatNumber(line.received ?? line.sent)}</span>
              {line.difference !== null && line.difference !== 0 && (
                <span class="small tone-vermilion sell-number">
                  {t("transfers-difference", { sent: line.sent, difference: formatNumber(line.difference) })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {customs_entry && (
        <p class="small muted">
          {t("transfers-entry")}: <bdi>{customs_entry}</bdi>
        </p>
      )}
      {state !== "received" && <Next transfer={transfer} onDone={onDone} />}
    </li>
  );
}

/** What comes next of a transfer under way: the entry at customs, and the count on arrival. */
function Next({ transfer, onDone }: Omit<RowProps, "warehouses">) {
  const [entry, setEntry] = useState(transfer.customs_entry ?? "");
  const [counts, setCounts] = useState(transfer.lines.map((line) => String(line.sent)));
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<Transfer>, done: string) => {
    setBusy(true);
    setError("");
    try {
      onDone(await work());
      toast(done);
    } catch (problem) {
      setError(problem instanceof Problem ? problem.message : t("sell-failed"));
    }
    setBusy(false);
  };
  const arrived = () => {
    const lines = transfer.lines.map(({ sku }, at) => ({ sku, pieces: wholeNumber(counts[at] ?? "") }));
    const counted = lines.flatMap(({ sku, pieces }) => (pieces === null ? [] : [{ sku, pieces }]));
    if (counted.length < lines.length) return setError(t("stock-whole"));
    void run(() => receive(transfer.id, counted), t("transfers-received-done"));
  };
  return (
    <>
      <details class="stack">
        <summary>{t("transfers-at-customs")}</summary>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void run(() => atCustoms(transfer.id, entry), t("transfers-customs-done"));
          }}
        >
          <Field
            label={t("transfers-entry")}
            name="entry"
            value={entry}
            maxLength={40}
            required
            hint={t("transfers-entry-hint")}
            onInput={setEntry}
          />
          <Button wide type="submit" busy={busy}>
            {t("stock-save")}
          </Button>
        </form>
      </details>
      <details class="stack">
        <summary>{t("transfers-arrived")}</summary>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            arrived();
          }}
        >
          <p class="small muted">{t("transfers-arrived-text")}</p>
          {transfer.lines.map((line, at) => (
            <Field
              key={line.sku}
              label={line.title}
              name={`count-${line.sku}`}
              inputMode="numeric"
              value={counts[at] ?? ""}
              maxLength={7}
              onInput={(typed) => setCounts(counts.map((each, other) => (other === at ? typed : each)))}
            />
          ))}
          <Button look="primary" wide type="submit" busy={busy}>
            {t("transfers-received-go")}
          </Button>
        </form>
      </details>
      {error && (
        <p class="tone-vermilion" role="alert">
          {error}
        </p>
      )}
    </>
  );
}
