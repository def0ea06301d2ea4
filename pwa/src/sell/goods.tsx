import { useState } from "preact/hooks";
import { formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { Sheet } from "../ui/sheet";
import { SkeletonList } from "../ui/skeleton";
import { toast, toastUndo } from "../ui/toast";
import { Barcode } from "./barcode";
import { CodeFinder } from "./code-finder";
import { fetchGoods, type SellerGood, setCode } from "./goods-queries";
import { printed } from "./gtin";
import "./sell.css";

/** The seller's goods and their codes; those without one first, as their duty cannot be told to any buyer. */
export default function GoodsScreen() {
  const [missing, setMissing] = useState(true);
  const [chosen, setChosen] = useState<SellerGood | null>(null);
  const [busy, setBusy] = useState(false);
  usePage({ title: t("codes-title"), back: "/sell" });
  const page = useLoad(String(missing), () => fetchGoods(missing));

  const more = async () => {
    if (!page.data) return;
    setBusy(true);
    const next = await fetchGoods(missing, page.data.next_cursor).catch(() => null);
    if (next) page.put({ ...next, items: [...page.data.items, ...next.items] });
    setBusy(false);
  };
  const give = async (good: SellerGood, hs6: string) => {
    try {
      const before = good.hs6;
      const after = await setCode(good.sku, hs6);
      setChosen(null);
      toastUndo(t("codes-done", { title: after.title, code: hs6 }), () => {
        setCode(good.sku, before).then(page.retry, () => toast(t("sell-failed")));
      });
      page.retry();
    } catch {
      toast(t("sell-failed"));
    }
  };

  return (
    <div class="screen">
      {/* biome-ignore lint/a11y/useSemanticElements: a row of chips, not fields of a form. */}
      <div class="chips" role="group" aria-label={t("codes-which")}>
        {[true, false].map((only) => (
          <button
            type="button"
            class="chip"
            key={String(only)}
            aria-pressed={only === missing}
            onClick={() => setMissing(only)}
          >
            {t(only ? "codes-missing" : "codes-all")}{" "}
            {page.data && <span class="number small">{formatNumber(only ? page.data.missing : page.data.total)}</span>}
          </button>
        ))}
      </div>
      <p class="small muted">{t("codes-why")}</p>
      {page.error ? (
        <LoadError error={page.error} retry={page.retry} />
      ) : !page.data ? (
        <SkeletonList rows={5} height="5rem" />
      ) : page.data.items.length === 0 ? (
        <Empty drawing="cargo" title={t("codes-none")} text={t("codes-none-text")} />
      ) : (
        <ul class="stack">
          {page.data.items.map((good) => (
            <Row key={good.sku} good={good} onChoose={() => setChosen(good)} />
          ))}
        </ul>
      )}
      {page.data?.next_cursor && (
        <Button wide busy={busy} onClick={more}>
          {t("search-more")}
        </Button>
      )}
      <Sheet open={chosen !== null} onClose={() => setChosen(null)} title={chosen?.title ?? ""}>
        {chosen && (
          <>
            <CodeFinder good={chosen} onFound={(hs6) => void give(chosen, hs6)} />
            <Barcode
              good={chosen}
              onDone={() => {
                setChosen(null);
                page.retry();
              }}
            />
          </>
        )}
      </Sheet>
    </div>
  );
}

function Row({ good, onChoose }: { good: SellerGood; onChoose: () => void }) {
  return (
    <li class="card row sell-line">
      <Picture src={good.image} alt="" />
      <span class="grow">
        {good.title}
        <span class="small muted sell-number">
          <bdi>{good.sku}</bdi> · {countryName(good.origin)}
          {good.gtin && (
            <>
              {" "}
              · <bdi>{printed(good.gtin)}</bdi>
            </>
          )}
        </span>
        {good.hs6 ? (
          <span class="small sell-number">
            <bdi class="number">{good.hs6}</bdi> <span dir="auto">{good.meaning.at(-1)}</span>
          </span>
        ) : (
          <span class="small tone-amber sell-number">{t("codes-unknown")}</span>
        )}
      </span>
      <Button look="quiet" onClick={onChoose}>
        {t(good.hs6 ? "codes-change" : "codes-find")}
      </Button>
    </li>
  );
}
