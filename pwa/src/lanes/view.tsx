import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../platform/http";
import { formatDate, formatNumber, t } from "../platform/locale";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty } from "../ui/empty";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { toast } from "../ui/toast";
import "./lanes.css";

/** What was promised on one lane in the last year, and what its parcels took, in days after the hand-over. */
export interface Lane {
  /** A customs territory or a country. */
  origin: string;
  destination: string;
  carrier: string;
  /** Empty: the orders do not say. */
  service: string;
  trips: number;
  promised_days: { from: number; to: number };
  actual_days: { p10: number; median: number; p90: number };
  on_time_percent: number;
  newest_at: string;
  /** New parcels' days rest on these trips. */
  is_enough: boolean;
}

export interface LanePage {
  items: Lane[];
  next_cursor: number | null;
}

interface LanesProps {
  path: string;
  failed: (props: { error: unknown; retry: () => void }) => JSX.Element;
}

/** Promised against actual, lane by lane, all on one axis of days. */
export function LanesScreen({ path, failed: Failed }: LanesProps) {
  const page = useLoad(path, () => api<LanePage>("GET", path));
  const [busy, setBusy] = useState(false);
  const more = async () => {
    if (!page.data) return;
    setBusy(true);
    try {
      const next = await api<LanePage>("GET", path, undefined, { query: { cursor: page.data.next_cursor } });
      page.put({ ...next, items: [...page.data.items, ...next.items] });
    } catch {
      toast(t("ui-offline-title"));
    }
    setBusy(false);
  };
  if (page.error && !page.data) return <Failed error={page.error} retry={page.retry} />;
  if (!page.data)
    return (
      <div class="screen">
        <SkeletonList rows={5} height="8rem" />
      </div>
    );
  const lanes = page.data.items;
  if (lanes.length === 0) return <Empty drawing="cargo" title={t("lanes-none")} text={t("lanes-none-text")} />;
  const most = axis(lanes);
  return (
    <div class="screen">
      <p class="muted">{t("lanes-text")}</p>
      <Legend />
      <ul class="stack">
        {lanes.map((lane) => (
          <LaneCard key={name(lane)} lane={lane} most={most} />
        ))}
      </ul>
      {page.data.next_cursor !== null && (
        <Button wide busy={busy} onClick={more}>
          {t("search-more")}
        </Button>
      )}
      <AsTable lanes={lanes} />
    </div>
  );
}

function Legend() {
  return (
    <ul class="wrap small lane-legend" aria-hidden="true">
      <li>
        <span class="lane-key lane-promised" /> {t("lanes-promised")}
      </li>
      <li>
        <span class="lane-key lane-actual" /> {t("lanes-took")}
      </li>
      <li>
        <span class="lane-key lane-key-half" /> {t("lanes-half")}
      </li>
    </ul>
  );
}

function LaneCard({ lane, most }: { lane: Lane; most: number }) {
  const { promised_days: promised, actual_days: actual } = lane;
  return (
    <li class="card stack">
      <div class="between">
        <h2 class="lane-way">{way(lane)}</h2>
        <strong class={`number ${tone(lane.on_time_percent)}`}>
          {t("lanes-on-time", { percent: percent(lane.on_time_percent) })}
        </strong>
      </div>
      <div class="lane-plot" aria-hidden="true">
        <span class="lane-bar lane-promised" style={span(promised.from, promised.to, most)} />
        <span class="lane-bar lane-actual" style={span(actual.p10, actual.p90, most)} />
        <span class="lane-half" style={{ "--at": actual.median / most }} />
        <span class="lane-axis small muted number">
          <span>{formatNumber(0)}</span>
          <span>{t("lanes-days", { count: most })}</span>
        </span>
      </div>
      <p class="small">
        {t("lanes-says", {
          promised: days(promised.from, promised.to),
          took: days(actual.p10, actual.p90),
          half: formatNumber(actual.median),
        })}
      </p>
      <p class="small muted">
        {[carrier(lane), service(lane)].filter(Boolean).join(" · ")} · {t("lanes-parcels", { count: lane.trips })} ·{" "}
        {t("lanes-newest", { date: formatDate(lane.newest_at, "day") })}
        {!lane.is_enough && <> · {t("lanes-too-few")}</>}
      </p>
    </li>
  );
}

/** The same figures for whoever reads better in rows, or has them read. */
function AsTable({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <details class="lane-table">
      <summary>{t("lanes-as-table")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard. */}
      <section class="lane-scroll" tabIndex={0} aria-label={t("lanes-title")}>
        <table class="small">
          <thead>
            <tr>
              <th scope="col">{t("lanes-lane")}</th>
              <th scope="col">{t("lanes-promised-days")}</th>
              <th scope="col">{t("lanes-took-days")}</th>
              <th scope="col">{t("lanes-half-days")}</th>
              <th scope="col">{t("lanes-on-time-share")}</th>
              <th scope="col">{t("lanes-count")}</th>
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane) => (
              <tr key={name(lane)}>
                <th scope="row">{[way(lane), carrier(lane), service(lane)].filter(Boolean).join(", ")}</th>
                <td class="number">{days(lane.promised_days.from, lane.promised_days.to)}</td>
                <td class="number">{days(lane.actual_days.p10, lane.actual_days.p90)}</td>
                <td class="number">{formatNumber(lane.actual_days.median)}</td>
                <td class="number">{percent(lane.on_time_percent)}</td>
                <td class="number">{formatNumber(lane.trips)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** Where the axis ends: a little after the longest of all, in whole days. */
export function axis(lanes: readonly Lane[]): number {
  return Math.max(1, ...lanes.flatMap((lane) => [lane.promised_days.to, lane.actual_days.p90]).map(Math.ceil));
}

function span(from: number, to: number, most: number): Record<string, number> {
  return { "--from": from / most, "--to": to / most };
}

/** "3–6", or "3" when both are alike. */
function days(from: number, to: number): string {
  return from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`;
}

const percent = (of: number): string => formatNumber(of / 100, { style: "percent" });

/** Nine of ten is a promise kept, less than three of four is none. */
function tone(onTime: number): string {
  if (onTime >= 90) return "tone-leaf";
  return onTime >= 75 ? "tone-amber" : "tone-vermilion";
}

/** "Japan to European Union", "Within European Union". */
function way({ origin, destination }: Lane): string {
  if (origin === destination) return t("lanes-within", { place: countryName(origin) });
  return t("lanes-way", { from: countryName(origin), to: countryName(destination) });
}

const carrier = (lane: Lane): string => (lane.carrier === "sampan-local" ? t("order-carrier-local") : lane.carrier);
const service = (lane: Lane): string => lane.service && t(`landed-service-${lane.service}`);
const name = (lane: Lane): string => [lane.origin, lane.destination, lane.carrier, lane.service].join(" ");
