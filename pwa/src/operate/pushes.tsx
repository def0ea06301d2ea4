import { useState } from "preact/hooks";
import { formatDate, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Empty } from "../ui/empty";
import { Select } from "../ui/field";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { Failed } from "./failed";
import "./operate.css";
import { type Ends, fetchPushes, type Pushes } from "./queries";
import { Count } from "./rule-row";

const ranges = ["1", "7", "30", "90"] as const;
/** Drawn one on the other, the best at the bottom; what is left is one block. */
const drawn = ["sent", "mailed"] as const;
const ends = ["sent", "mailed", "gone", "superseded", "expired", "refused", "muted", "waiting"] as const;

/** How messages fared: one sentence, then by day, by step and by push service. */
export default function PushesScreen() {
  usePage({ title: t("operate-pushes"), back: "/operate" });
  const [days, setDays] = useState<string>("7");
  const { data, error, retry } = useLoad(`pushes ${days}`, () => fetchPushes(Number(days)));
  return (
    <div class="screen">
      <Select
        label={t("operate-pushes-range")}
        name="days"
        value={days}
        onChange={setDays}
        options={ranges.map((value) => ({ value, label: t("operate-pushes-days", { days: Number(value) }) }))}
      />
      {error ? (
        <Failed error={error} retry={retry} />
      ) : !data ? (
        <SkeletonList rows={3} height="8rem" />
      ) : (
        <Figures data={data} />
      )}
    </div>
  );
}

function Figures({ data }: { data: Pushes }) {
  const { planned, sent, mailed } = data.total;
  const timed = data.median_seconds !== null && data.p95_seconds !== null;
  return (
    <>
      {planned === 0 ? (
        <Empty drawing="boat" title={t("operate-pushes-none")} text={t("operate-pushes-none-text")} />
      ) : (
        <>
          <p class="push-says" role="status">
            {t(timed ? "operate-pushes-says" : "operate-pushes-says-untimed", {
              planned,
              sent,
              mailed,
              median: data.median_seconds ?? 0,
              p95: data.p95_seconds ?? 0,
            })}
          </p>
          <Days days={data.days} />
          <section class="stack" aria-labelledby="by-step">
            <h2 id="by-step">{t("operate-pushes-by-step")}</h2>
            <ul class="stack">
              {data.steps.map((step) => (
                <li class="card stack" key={step.step}>
                  <h3>{stepName(step.step)}</h3>
                  <Counts ends={step} />
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
      {data.services.length > 0 && (
        <section class="stack" aria-labelledby="by-service">
          <h2 id="by-service">{t("operate-pushes-by-service")}</h2>
          <ul class="stack">
            {data.services.map((service) => (
              <li class="card stack" key={service.service}>
                <h3 class="rule-source">
                  <bdi>{service.service || t("operate-pushes-no-service")}</bdi>
                </h3>
                {service.paused_until && (
                  <p class="small tone-amber">
                    {t("operate-pushes-paused", { when: formatDate(service.paused_until, "time") })}
                  </p>
                )}
                <Counts ends={service}>
                  <Count name={t("operate-pushes-retries")} value={service.retries} />
                  <Count name={t("operate-pushes-keys")} value={service.keys_refused} alarming />
                </Counts>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.phones.length > 0 && (
        <section class="card stack" aria-labelledby="phones">
          <h2 id="phones">{t("operate-pushes-phones")}</h2>
          <ul class="stack">
            {data.phones.map((row) => (
              <li class="between" key={`${row.service} ${row.locale}`}>
                <span class="rule-source">
                  <bdi>{row.service || t("operate-pushes-no-service")}</bdi> · <bdi>{row.locale || "–"}</bdi>
                </span>
                <span class="number strong">{formatNumber(row.phones)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Counts({ ends: of, children }: { ends: Ends; children?: preact.ComponentChildren }) {
  return (
    <dl class="rule-counts">
      <Count name={t("operate-pushes-planned")} value={of.planned} />
      {ends
        .filter((end) => of[end] > 0)
        .map((end) => (
          <Count key={end} name={t(`operate-pushes-${end}`)} value={of[end]} alarming={end === "refused"} />
        ))}
      {children}
    </dl>
  );
}

/** A bar a day for the eye, a table for the ear. */
function Days({ days }: { days: Pushes["days"] }) {
  const most = Math.max(1, ...days.map(({ planned }) => planned));
  const rest = (day: Ends) => day.planned - day.sent - day.mailed;
  const share = (count: number) => ({ "--share": count / most });
  return (
    <figure class="card stack">
      <figcaption class="strong">{t("operate-pushes-by-day")}</figcaption>
      <div class="push-days" aria-hidden="true">
        {days.map((day) => (
          <span class="push-day" key={day.day}>
            <span class="push-bar push-bar-other" style={share(rest(day))} />
            <span class="push-bar push-bar-mailed" style={share(day.mailed)} />
            <span class="push-bar push-bar-sent" style={share(day.sent)} />
          </span>
        ))}
      </div>
      <div class="between small muted" aria-hidden="true">
        <span>{formatDate(days[0]?.day ?? "", "date")}</span>
        <span>{formatDate(days.at(-1)?.day ?? "", "date")}</span>
      </div>
      <ul class="wrap small" aria-hidden="true">
        {[...drawn, "other" as const].map((end) => (
          <li class="push-key" key={end}>
            <span class={`push-swatch push-bar-${end}`} />
            {t(`operate-pushes-${end}`)}
          </li>
        ))}
      </ul>
      <div class="visually-hidden">
        <table>
          <caption>{t("operate-pushes-by-day")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("operate-pushes-day")}</th>
              {["planned", ...drawn, "other"].map((end) => (
                <th scope="col" key={end}>
                  {t(`operate-pushes-${end}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{formatDate(day.day, "date")}</th>
                {[day.planned, day.sent, day.mailed, rest(day)].map((count, column) => (
                  <td key={String(column)}>{formatNumber(count)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function stepName(step: string): string {
  if (step === "test") return t("operate-pushes-step-test");
  return t(["delayed", "packed", "shipped", "cancelled"].includes(step) ? `push-step-${step}` : `parcel-${step}`);
}
