import { useEffect, useState } from "preact/hooks";
import { call } from "../platform/http";
import { keepPaper, keptPaper } from "../platform/kept-papers";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import type { Order } from "./model";

const LINK_MS = 60_000;

/** The shopper's own copies: each opens, and goes to whoever is chosen in the phone's share sheet. */
export default function Papers({ order }: { order: Order }) {
  const documents = order.documents ?? [];
  const [busy, setBusy] = useState("");
  const [problem, setProblem] = useState<"offline" | "failed" | null>(null);
  const key = documents.map(({ url }) => url).join();
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    void heldOf(documents.map(({ url }) => url)).then(setHeld);
  }, [key]);

  const use = async (document: { name: string; url: string }, share: boolean) => {
    setBusy(document.url);
    setProblem(null);
    try {
      const blob = await paper(document.url);
      setHeld((before) => new Set(before).add(document.url));
      const file = new File([blob], `${order.number}-${document.name}.pdf`, { type: "application/pdf" });
      if (share && navigator.canShare?.({ files: [file] }))
        await navigator.share({ files: [file], title: file.name }).catch(() => undefined);
      else open(file);
    } catch (failure) {
      const isOffline = !navigator.onLine || failure instanceof TypeError;
      setProblem(isOffline ? "offline" : "failed");
    }
    setBusy("");
  };
  return (
    <>
      <ul class="list">
        {documents.map((document) => {
          const name = t(`order-paper-${document.name}`);
          return (
            <li class="list-row" key={document.url}>
              <span class="grow">
                {name}
                {held.has(document.url) && <span class="small muted choice-hint">{t("order-paper-kept")}</span>}
              </span>
              <Button icon="download" busy={busy === document.url} onClick={() => void use(document, false)}>
                {t("order-paper-open")}
                <span class="visually-hidden"> {name}</span>
              </Button>
              {"canShare" in navigator && (
                <Button icon="share" look="quiet" onClick={() => void use(document, true)}>
                  {t("order-paper-share")}
                  <span class="visually-hidden"> {name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {problem && (
        <p class="small tone-vermilion" role="alert">
          {t(`order-paper-${problem}`)}
        </p>
      )}
    </>
  );
}

/** The line's copy while there is a line, else the one that was kept. */
async function paper(url: string): Promise<Blob> {
  try {
    const answer = await call("GET", url);
    const copy = answer.clone();
    const blob = await answer.blob();
    await keepPaper(url, copy);
    return blob;
  } catch (failure) {
    const old = failure instanceof TypeError ? await keptPaper(url) : undefined;
    if (!old) throw failure;
    return old.blob();
  }
}

async function heldOf(urls: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const url of urls) if (await keptPaper(url)) found.add(url);
  return found;
}

function open(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LINK_MS);
}
