import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Field, Select } from "../ui/field";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { Failed } from "./failed";
import "./operate.css";
import { fetchRules, type RuleFilter } from "./queries";
import { RuleRow } from "./rule-row";

const kinds = [
  "territories",
  "taxes",
  "thresholds",
  "flat_duties",
  "fees",
  "duty_rates",
  "layers",
  "preferences",
  "customs_rates",
  "zones",
  "cards",
  "dangerous_goods",
];
const states = ["holds", "to_come", "overdue", "ended"];

/** All dated rows, to be searched by territory, kind, state and what they begin with. */
export default function RulesScreen() {
  const { query, route } = useLocation();
  usePage({ title: t("operate-all-rules"), back: "/operate" });
  const filter: RuleFilter = {
    territory: query.territory ?? "",
    kind: query.kind ?? "",
    state: query.state ?? "holds",
    q: query.q ?? "",
  };
  const [text, setText] = useState(filter.q ?? "");
  const [busy, setBusy] = useState(false);
  const page = useLoad(JSON.stringify(filter), () => fetchRules(filter));
  const choose = (change: RuleFilter) => {
    const given = Object.entries({ ...filter, ...change }).filter(([, value]) => value);
    route(`/operate/rules?${new URLSearchParams(given as [string, string][])}`, true);
  };
  const more = async () => {
    if (!page.data) return;
    setBusy(true);
    const next = await fetchRules(filter, page.data.next_cursor).catch(() => null);
    if (next) page.put({ ...next, items: [...page.data.items, ...next.items] });
    setBusy(false);
  };
  const options = (all: string, names: readonly string[], text: string) => [
    ...(all ? [{ value: "", label: all }] : []),
    ...names.map((name) => ({ value: name, label: t(`${text}-${name}`) })),
  ];

  return (
    <div class="screen">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          choose({ q: text.trim() });
        }}
      >
        <Field label={t("operate-find")} hint={t("operate-find-hint")} name="q" value={text} onInput={setText} />
        <div class="rule-filters">
          <Select
            label={t("operate-kind")}
            name="kind"
            value={filter.kind ?? ""}
            options={options(t("operate-any"), kinds, "operate-kind")}
            onChange={(kind) => choose({ kind, q: text.trim() })}
          />
          <Select
            label={t("operate-state")}
            name="state"
            value={filter.state ?? ""}
            options={options("", states, "operate-state")}
            onChange={(state) => choose({ state, q: text.trim() })}
          />
        </div>
        <Button type="submit" icon="search">
          {t("operate-search")}
        </Button>
      </form>
      {page.error ? (
        <Failed error={page.error} retry={page.retry} />
      ) : !page.data ? (
        <SkeletonList rows={5} height="8rem" />
      ) : page.data.items.length === 0 ? (
        <Empty drawing="search" title={t("operate-nothing")} text={t("operate-nothing-text")} />
      ) : (
        <>
          <p class="small muted" role="status">
            {t("operate-found", { count: page.data.total })}
            {filter.territory && (
              <>
                {" "}
                · <bdi>{filter.territory}</bdi>
              </>
            )}
          </p>
          <ul class="stack">
            {page.data.items.map((rule, position) => (
              <RuleRow key={`${position} ${rule.kind}`} rule={rule} />
            ))}
          </ul>
          {page.data.next_cursor !== null && (
            <Button wide busy={busy} onClick={more}>
              {t("operate-more", { count: formatNumber(page.data.total - page.data.items.length) })}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
