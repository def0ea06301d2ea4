import { formatDate, formatNumber, t } from "../platform/locale";
import type { Fields, Rule } from "./queries";

const dated = ["effective_from", "effective_to", "as_of", "review_by", "source", "confidence", "note", "description"];

/** What a row says by column, without its days and remarks. */
const saying = (fields: Fields): [string, string][] =>
  Object.entries(fields).filter(([column]) => !dated.includes(column));

/** The same in one line. */
export const told = (fields: Fields): string =>
  saying(fields)
    .map(([, text]) => text)
    .join(" · ");

/** One dated row: what it says, when it holds, where it is from and how old that is. */
export function RuleRow({ rule }: { rule: Rule }) {
  const { fields } = rule;
  return (
    <li class="card stack rule-row">
      <p class="between">
        <span class="small muted">{t(`operate-kind-${rule.kind}`)}</span>
        <State rule={rule} />
      </p>
      <dl class="rule-fields" lang="en" dir="ltr">
        {saying(fields).map(([column, text]) => (
          <div key={column}>
            <dt>{column.replaceAll("_", " ")}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {fields.note && <p class="small">{fields.note}</p>}
      <p class="small muted">
        {span(fields)} · {t("operate-read", { date: day(fields.as_of), days: rule.age_days })}
      </p>
      <p class={rule.is_overdue ? "small tone-amber" : "small muted"}>
        {t(rule.is_overdue ? "operate-overdue" : "operate-review", { date: day(fields.review_by) })}
      </p>
      <p class="small muted rule-source" dir="auto">
        {fields.source}
      </p>
    </li>
  );
}

function State({ rule }: { rule: Rule }) {
  const firm = rule.fields.confidence === "estimate" ? "estimate" : "firm";
  return (
    <span class="small">
      {rule.state !== "holds" && <>{t(`operate-state-${rule.state}`)} · </>}
      {t(`operate-confidence-${firm}`)} · {t(rule.import ? "operate-imported" : "operate-shipped")}
    </span>
  );
}

/** From when to when a row holds, in words. */
export function span({ effective_from, effective_to }: Fields): string {
  if (effective_from && effective_to) return t("operate-from-to", { from: day(effective_from), to: day(effective_to) });
  if (effective_from) return t("operate-from", { from: day(effective_from) });
  return effective_to ? t("operate-to", { to: day(effective_to) }) : t("operate-always");
}

export function day(text: string | undefined): string {
  return text ? formatDate(text, "date") : "–";
}

/** A number that stands out when it is not zero. */
export function Count({ name, value, alarming }: { name: string; value: number; alarming?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={alarming && value > 0 ? "tone-amber number" : "number"}>{formatNumber(value)}</dd>
    </div>
  );
}
