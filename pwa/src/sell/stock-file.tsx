import { useState } from "preact/hooks";
import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { FileButton } from "../ui/file-button";
import { toast } from "../ui/toast";
import { type StockReport, sendCounts } from "./stock-queries";

interface Mistake {
  pointer: string;
  detail: string;
}

/** A file of counts: what it would change is shown before it is taken in, and a wrong one names every mistake. */
export function StockFile({ onDone }: { onDone: () => void }) {
  const [looked, setLooked] = useState<{ file: File; report: StockReport } | null>(null);
  const [problem, setProblem] = useState("");
  const [mistakes, setMistakes] = useState<Mistake[]>([]);
  const [busy, setBusy] = useState(false);
  const run = async (file: File, dry_run: boolean) => {
    setBusy(true);
    setProblem("");
    setMistakes([]);
    setLooked(null);
    try {
      const report = await sendCounts(file, dry_run);
      if (dry_run) setLooked({ file, report });
      else {
        toast(t("stock-file-done", { count: report.changed }));
        onDone();
      }
    } catch (error) {
      setProblem(t(error instanceof Problem ? "stock-file-wrong" : "sell-failed"));
      if (error instanceof Problem) setMistakes((error.body.errors as Mistake[] | undefined) ?? []);
    }
    setBusy(false);
  };
  return (
    <div class="stack" aria-busy={busy}>
      <p class="small muted">{t("stock-file-text")}</p>
      <FileButton
        label={t("stock-file-choose")}
        accept=".csv,text/csv"
        disabled={busy}
        onFile={(file) => void run(file, true)}
      />
      {problem && (
        <div class="stack" role="alert">
          <p class="tone-vermilion">{problem}</p>
          <ul class="stack small">
            {mistakes.map((mistake) => (
              <li key={mistake.pointer + mistake.detail}>
                <strong>{placeOf(mistake.pointer)}</strong> <span dir="auto">{mistake.detail}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {looked && (
        <div class="stack" role="status">
          <p>{t("stock-file-looked", { rows: looked.report.rows, changed: looked.report.changed })}</p>
          {looked.report.changed > 0 && (
            <Button look="primary" wide onClick={() => void run(looked.file, false)}>
              {t("stock-file-take")}
            </Button>
          )}
          <Button look="quiet" onClick={() => setLooked(null)}>
            {t("ui-cancel")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** "/3/on_hand" as "Line 3, on_hand:"; of the file as a whole nothing. */
function placeOf(pointer: string): string {
  const [, line, column] = pointer.split("/");
  return column ? t("stock-mistake", { line: line ?? "", column }) : "";
}
