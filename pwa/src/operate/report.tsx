import type { ComponentChildren } from "preact";
import { t } from "../platform/locale";
import { countryName } from "../ui/country";
import type { ImportReport } from "./queries";
import { Count, span, told } from "./rule-row";

const COUNTRIES = 12;

/** What a file would change, row by row, and whom it concerns. */
export function Report({ report, children }: { report: ImportReport; children: ComponentChildren }) {
  const { countries, open_quotes } = report.touched;
  return (
    <section class="card stack" aria-labelledby="report" role="status">
      <h2 id="report">{t("operate-report", { rows: report.rows })}</h2>
      <dl class="rule-counts">
        <Count name={t("operate-added")} value={report.added} />
        <Count name={t("operate-changed")} value={report.changed} />
        <Count name={t("operate-confirmed")} value={report.confirmed} />
        <Count name={t("operate-unchanged")} value={report.unchanged} />
      </dl>
      {countries.length > 0 && (
        <p class="small">
          {countries[0] === "*"
            ? t("operate-touches-all", { quotes: open_quotes })
            : t("operate-touches", {
                countries: countries.slice(0, COUNTRIES).map(countryName).join(", "),
                more: Math.max(0, countries.length - COUNTRIES),
                quotes: open_quotes,
              })}
        </p>
      )}
      {report.skipped.map(({ why, count }) => (
        <p class="small muted" key={why} dir="auto">
          {t("operate-skipped", { count })} {why}
        </p>
      ))}
      <ul class="stack">
        {report.changes.map((change) => (
          <li class="rule-change" key={`${change.kind} ${change.line} ${told(change.after)}`}>
            <span class="small muted">
              {t(`operate-kind-${change.kind}`)} · {t("operate-line", { line: change.line })}
            </span>
            {change.before && (
              <del class="rule-says" dir="auto">
                {told(change.before)} <span class="small">({span(change.before)})</span>
              </del>
            )}
            <ins class="rule-says" dir="auto">
              {told(change.after)} <span class="small">({span(change.after)})</span>
            </ins>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}
