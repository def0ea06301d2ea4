import { formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { ButtonLink } from "../ui/button";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { Failed } from "./failed";
import "./operate.css";
import { fetchSummary, type Rule, type Territory } from "./queries";
import { Count, day, RuleRow } from "./rule-row";

/** The operator's first look: which rules change next, which want a second look, and how old each territory's are. */
export default function OverviewScreen() {
  usePage({ title: t("operate-title"), back: "/you" });
  const { data, error, retry } = useLoad("summary", fetchSummary);
  if (error) return <Failed error={error} retry={retry} />;
  if (!data)
    return (
      <div class="screen">
        <SkeletonList rows={4} height="8rem" />
      </div>
    );
  return (
    <div class="screen">
      <div class="wrap">
        <ButtonLink href="/operate/imports" look="primary" icon="download">
          {t("operate-import")}
        </ButtonLink>
        <ButtonLink href="/operate/rules">{t("operate-all-rules")}</ButtonLink>
        <ButtonLink href="/operate/lanes">{t("lanes-title")}</ButtonLink>
        <ButtonLink href="/operate/pushes">{t("operate-pushes")}</ButtonLink>
      </div>
      <Next title={t("operate-changes-next")} none={t("operate-changes-none")} rules={data.changes_next} />
      <section class="stack" aria-labelledby="territories">
        <h2 id="territories">{t("operate-territories")}</h2>
        <Ages territories={data.territories} today={data.day} />
        <ul class="stack">
          {data.territories.map((territory) => (
            <TerritoryCard key={territory.territory} territory={territory} />
          ))}
        </ul>
      </section>
      <Next title={t("operate-review-next")} none={t("operate-review-none")} rules={data.review_next} />
    </div>
  );
}

const SHOWN = 6;

function Next({ title, none, rules }: { title: string; none: string; rules: readonly Rule[] }) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      {rules.length === 0 && <p class="muted">{none}</p>}
      <ul class="stack">
        {rules.slice(0, SHOWN).map((rule) => (
          <RuleRow key={JSON.stringify(rule.fields)} rule={rule} />
        ))}
      </ul>
    </section>
  );
}

function TerritoryCard({ territory }: { territory: Territory }) {
  return (
    <li class="card stack">
      <h3>
        <a href={`/operate/rules?territory=${territory.territory}`}>{territory.name}</a>
      </h3>
      <dl class="rule-counts">
        <Count name={t("operate-rows")} value={territory.rows} />
        <Count name={t("operate-duty-rates")} value={territory.duty_rates} />
        <Count name={t("operate-estimates")} value={territory.estimates} />
        <Count name={t("operate-past-review")} value={territory.overdue} alarming />
        <Count name={t("operate-from-imports")} value={territory.imported} />
      </dl>
      <p class="small muted">
        {t("operate-read-on", { date: day(territory.read_on) })} ·{" "}
        {t("operate-review", { date: day(territory.review_by) })}
      </p>
    </li>
  );
}

const DAY_MS = 86_400_000;

/** How many days are left to each territory's next review, as bars; past it, in amber. */
function Ages({ territories, today }: { territories: readonly Territory[]; today: string }) {
  const left = (territory: Territory) =>
    Math.round((Date.parse(territory.review_by) - Date.parse(today)) / DAY_MS) || 0;
  const most = Math.max(1, ...territories.map((territory) => Math.abs(left(territory))));
  return (
    <figure class="card stack">
      <figcaption class="small muted">{t("operate-days-left")}</figcaption>
      <ol class="rule-ages">
        {territories.map((territory) => {
          const days = left(territory);
          return (
            <li key={territory.territory}>
              <span class="small">
                <bdi>{territory.territory}</bdi>
              </span>
              <span
                class={days < 0 ? "rule-age rule-age-past" : "rule-age"}
                style={{ "--share": Math.max(0.02, Math.abs(days) / most) }}
              />
              <span class="small number">{formatNumber(days)}</span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
