import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { formatDate, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { FileButton } from "../ui/file-button";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { toast } from "../ui/toast";
import { Failed, isForbidden } from "./failed";
import "./operate.css";
import { fetchImports, type Imported, type ImportReport, type Mistake, sendFile, withdraw } from "./queries";
import { Report } from "./report";

interface Looked {
  file: File;
  report: ImportReport;
}

/** Choose a file, see what would change, take it in; and everything that was taken in before. */
export default function ImportsScreen() {
  usePage({ title: t("operate-import"), back: "/operate" });
  const history = useLoad("imports", () => fetchImports());
  const [looked, setLooked] = useState<Looked | null>(null);
  const [mistakes, setMistakes] = useState<Mistake[]>([]);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const run = async (file: File, dry_run: boolean) => {
    setBusy(true);
    setProblem("");
    setMistakes([]);
    try {
      const report = await sendFile(file, dry_run);
      if (dry_run) setLooked({ file, report });
      else {
        setLooked(null);
        toast(t("operate-import-done"));
        history.retry();
      }
    } catch (error) {
      setLooked(null);
      if (error instanceof Problem && !isForbidden(error)) {
        setMistakes((error.body.mistakes as Mistake[] | undefined) ?? []);
        setProblem(error.message);
      } else setProblem(t(isForbidden(error) ? "operate-import-forbidden" : "operate-import-unreachable"));
    }
    setBusy(false);
  };

  const more = async () => {
    if (!history.data) return;
    const next = await fetchImports(history.data.next_cursor).catch(() => null);
    if (next) history.put({ ...next, items: [...history.data.items, ...next.items] });
  };

  return (
    <div class="screen">
      <section class="card stack" aria-labelledby="choose" aria-busy={busy}>
        <h2 id="choose">{t("operate-file")}</h2>
        <p class="small muted">{t("operate-file-text")}</p>
        <FileButton
          label={t(busy ? "operate-file-reading" : "operate-file-choose")}
          accept=".csv,.json,text/csv,application/json"
          disabled={busy}
          onFile={(file) => void run(file, true)}
        />
        {problem && (
          <div class="stack" role="alert">
            <p class="tone-vermilion">{problem}</p>
            <ul class="stack small">
              {mistakes.map((mistake) => (
                <li key={`${mistake.file} ${mistake.line} ${mistake.column}`}>
                  <strong>{t("operate-mistake", { line: mistake.line, column: mistake.column })}</strong>{" "}
                  <span dir="auto">{mistake.detail}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      {looked && (
        <Report report={looked.report}>
          {looked.report.added + looked.report.changed + looked.report.confirmed > 0 && (
            <Button look="primary" wide busy={busy} onClick={() => void run(looked.file, false)}>
              {t("operate-take-in")}
            </Button>
          )}
          <Button look="quiet" onClick={() => setLooked(null)}>
            {t("operate-leave")}
          </Button>
        </Report>
      )}
      <section class="stack" aria-labelledby="history">
        <h2 id="history">{t("operate-history")}</h2>
        {history.error ? (
          <Failed error={history.error} retry={history.retry} />
        ) : !history.data ? (
          <SkeletonList rows={2} height="6rem" />
        ) : history.data.items.length === 0 ? (
          <Empty title={t("operate-history-none")} text={t("operate-history-none-text")} />
        ) : (
          <>
            <ul class="stack">
              {history.data.items.map((one) => (
                <Past key={one.id} one={one} onDone={history.retry} />
              ))}
            </ul>
            {history.data.next_cursor !== null && (
              <Button wide busy={busy} onClick={more}>
                {t("search-more")}
              </Button>
            )}
          </>
        )}
      </section>
    </div>
  );
}

function Past({ one, onDone }: { one: Imported; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const takeBack = async () => {
    const worked = await withdraw(one.id).then(
      () => true,
      () => false,
    );
    toast(t(worked ? "operate-withdrawn" : "operate-import-unreachable"));
    setAsking(false);
    onDone();
  };
  return (
    <li class="card stack">
      <p class="between">
        <strong class="rule-says">
          <bdi>{one.file_name}</bdi>
        </strong>
        <span class="small muted">{formatDate(one.at, "moment")}</span>
      </p>
      <p class="small muted">
        {t("operate-counts", { added: one.added, changed: one.changed, unchanged: one.unchanged })} ·{" "}
        {t(one.is_by_command_line ? "operate-by-command" : "operate-by-staff")}
      </p>
      {one.withdrawn_at ? (
        <p class="small tone-amber">{t("operate-withdrawn-at", { date: formatDate(one.withdrawn_at, "moment") })}</p>
      ) : asking ? (
        <div class="stack" role="alertdialog" aria-label={t("operate-withdraw")}>
          <p>{t("operate-withdraw-ask")}</p>
          <div class="wrap">
            <Button look="danger" onClick={() => void takeBack()}>
              {t("operate-withdraw")}
            </Button>
            <Button onClick={() => setAsking(false)}>{t("operate-keep")}</Button>
          </div>
        </div>
      ) : (
        <Button look="quiet" icon="undo" onClick={() => setAsking(true)}>
          {t("operate-withdraw")}
        </Button>
      )}
    </li>
  );
}
