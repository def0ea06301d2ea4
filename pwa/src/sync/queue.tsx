import { useEffect, useState } from "preact/hooks";
import { inFlight, outbox, scope } from "../db/mirror";
import { database, type Op, type OpRow, ofScope } from "../db/schema";
import { bySeq } from "../db/scopes";
import { clock } from "../platform/clock";
import { formatDate, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { exportOps } from "./export";
import { OutcomeNote } from "./outcome-card";
import { schedule } from "./start";
import { StateMark } from "./state-mark";
import { asksForYou, type Card, cards, line, type OpState } from "./status";
import { unconfirmed } from "./view";
import "./queue.css";

const CONFIRMED_SHOWN = 50;
const CONFIRMED_FOR_MS = 7 * 86_400_000;

/** Every tap and how far it has come: what needs the shopper first, then what waits, then what is confirmed. */
export default function QueueView() {
  usePage({ title: t("sync-title"), back: "/you" });
  const acked = useConfirmed();
  const open = cards.value;
  const waiting = unconfirmed.value.filter((row) => row.op.kind !== "outcome.dismiss");
  const nothing = !open.length && !waiting.length && !acked.length;

  return (
    <div class="screen queue">
      <Now />
      {nothing && <Empty title={t("sync-empty")} text={t("sync-empty-text")} />}
      {open.length > 0 && (
        <section class="stack" aria-labelledby="queue-needs">
          <h2 id="queue-needs">{t("sync-needs-you")}</h2>
          {open.map((card) => (
            <CardView key={card.id} card={card} />
          ))}
        </section>
      )}
      {waiting.length > 0 && (
        <section class="stack" aria-labelledby="queue-waiting">
          <h2 id="queue-waiting">{t("sync-on-this-phone")}</h2>
          <ul class="list">
            {waiting.map((row) => (
              <OpRowView key={row.id} row={row} state={row.pushed || inFlight.value.has(row.id) ? "sent" : "waiting"} />
            ))}
          </ul>
        </section>
      )}
      {acked.length > 0 && (
        <section class="stack" aria-labelledby="queue-confirmed">
          <h2 id="queue-confirmed">{t("sync-confirmed")}</h2>
          <ul class="list">
            {acked.map((row) => (
              <OpRowView key={row.id} row={row} state="confirmed" />
            ))}
          </ul>
        </section>
      )}
      <div class="stack">
        <Button icon="download" onClick={() => void exportOps()}>
          {t("sync-export")}
        </Button>
        <p class="small muted">{t("sync-export-text")}</p>
      </div>
    </div>
  );
}

/** The state of the line, in a sentence, and the button that tries again now. */
function Now() {
  const { state, waiting } = line.value;
  return (
    <section class="card queue-now" aria-live="polite">
      <Icon name={state === "offline" ? "offline" : state === "sent" ? "done" : "sync"} />
      <div class="grow">
        <p>
          <strong>{t(`app-line-${state.replace("_", "-")}`, { waiting })}</strong>
        </p>
        {scope.value?.cursor_at ? (
          <p class="small muted">{t("sync-as-of", { when: formatDate(scope.value.cursor_at, "moment") })}</p>
        ) : null}
      </div>
      <Button icon="sync" onClick={() => schedule(0)}>
        {t("sync-now")}
      </Button>
    </section>
  );
}

function CardView({ card }: { card: Card }) {
  return (
    <article class="card stack">
      <div class="between">
        <strong>{card.op ? opWords(card.op, card.shown) : t("sync-op-other-phone")}</strong>
        <StateMark state={asksForYou(card.outcome) ? "needs_you" : "confirmed"} words />
      </div>
      {card.op && <p class="small muted">{formatDate(card.op.at, "moment")}</p>}
      <OutcomeNote card={card} />
    </article>
  );
}

function OpRowView({ row, state }: { row: OpRow; state: OpState }) {
  return (
    <li class="list-row">
      <span class="grow">
        <span class="queue-op">{opWords(row.op, row.shown)}</span>
        <span class="small muted">{formatDate(row.op.at, "moment")}</span>
      </span>
      <StateMark state={state} words />
    </li>
  );
}

/** An op as its owner would say it. */
function opWords(op: Op, shown: unknown): string {
  const product = shown as { title?: string } | undefined;
  const id = `sync-op-${op.kind.replace(".", "-")}`;
  const words = t(id, {
    thing: product?.title ?? String(op.line ?? op.sku ?? ""),
    quantity: formatNumber(Number(op.quantity ?? Math.abs(Number(op.delta ?? 0)))),
    less: Number(op.delta ?? 0) < 0 ? "yes" : "no",
  });
  return words === id ? t("sync-op-other", { kind: op.kind }) : words;
}

/** What was confirmed lately, newest first; read anew whenever the outbox changes. */
function useConfirmed(): OpRow[] {
  const [rows, setRows] = useState<OpRow[]>([]);
  const key = scope.value?.key;
  const waiting = outbox.value;
  useEffect(() => {
    if (!key) return;
    let current = true;
    void database()
      .then((db) => db.getAll("acked", ofScope(key)))
      .then((all) => {
        const since = clock.now() - CONFIRMED_FOR_MS;
        const recent = bySeq(
          all.filter((row) => (row.acked_at ?? 0) > since && row.op.kind !== "outcome.dismiss"),
        ).reverse();
        if (current) setRows(recent.slice(0, CONFIRMED_SHOWN));
      });
    return () => {
      current = false;
    };
  }, [key, waiting]);
  return rows;
}
