import { useEffect, useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { useLoad } from "../ui/load";
import { Skeleton } from "../ui/skeleton";
import { findCodes, type SellerGood } from "./goods-queries";

const SETTLED_MS = 300;
const SIX_DIGITS = /^\d{6}$/;

/** Finds a goods code by words, or takes the six digits somebody knows. */
export function CodeFinder({ good, onFound }: { good: SellerGood; onFound: (hs6: string) => void }) {
  const [words, setWords] = useState(good.hs6 ?? "");
  const [asked, setAsked] = useState(words);
  useEffect(() => {
    const waiting = setTimeout(() => setAsked(words.trim()), SETTLED_MS);
    return () => clearTimeout(waiting);
  }, [words]);
  const { data, error, loading } = useLoad(asked.length > 1 ? asked : null, () => findCodes(asked));
  const digits = words.replace(/[\s.]/g, "");

  return (
    <div class="stack">
      <Field label={t("codes-words")} hint={t("codes-words-hint")} name="words" value={words} onInput={setWords} />
      {SIX_DIGITS.test(digits) && (
        <Button look="primary" wide onClick={() => onFound(digits)}>
          {t("codes-take", { code: digits })}
        </Button>
      )}
      <div aria-live="polite">
        {loading && asked.length > 1 && <Skeleton height="3rem" />}
        {error ? <p class="small tone-vermilion">{t("codes-failed")}</p> : null}
        {data?.length === 0 && <p class="small muted">{t("codes-nothing")}</p>}
        <ul class="list">
          {data?.map((code) => (
            <li key={code.hs}>
              <button
                type="button"
                class="sell-code"
                onClick={() => (SIX_DIGITS.test(code.hs) ? onFound(code.hs) : setWords(code.hs))}
              >
                <bdi class="number">{code.hs}</bdi>
                <span dir="auto">
                  {code.text}
                  <span class="small muted sell-number">{code.path.join(" › ")}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <p class="small muted">{t("codes-care")}</p>
    </div>
  );
}
