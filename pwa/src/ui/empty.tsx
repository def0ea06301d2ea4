import type { ComponentChildren } from "preact";
import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "./button";

/** Line drawings on a 96×72 sheet: the boat under different skies. */
const drawings = {
  boat: "M14 46h68c-4 10-12 14-20 14H34c-8 0-16-4-20-14ZM34 46V32c0-8 6-14 14-14s14 6 14 14v14M34 34h28M8 66c4-3 8-3 12 0s8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0",
  cargo:
    "M14 46h68c-4 10-12 14-20 14H34c-8 0-16-4-20-14ZM30 46V30h16v16M50 46V22h20v24M38 30v6M60 22v8M8 66c4-3 8-3 12 0s8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0",
  search:
    "M20 60h56M44 60V34h8v26M40 34h16M42 34l2-10h8l2 10M30 28l-16-6M30 32H14M66 28l16-6M66 32h16M8 66c4-3 8-3 12 0s8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0",
  offline:
    "M48 16a5 5 0 1 1 0 10 5 5 0 0 1 0-10ZM48 26v34M36 34h24M26 46c0 9 9 14 22 14s22-5 22-14M22 50l4-5 5 4M74 50l-4-5-5 4M8 66c4-3 8-3 12 0s8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0",
  heart:
    "M14 46h68c-4 10-12 14-20 14H34c-8 0-16-4-20-14ZM48 40 36 28a7 7 0 0 1 12-7 7 7 0 0 1 12 7ZM8 66c4-3 8-3 12 0s8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0 8 3 12 0 8-3 12 0",
};

interface EmptyProps {
  drawing?: keyof typeof drawings | undefined;
  /** What is so. */
  title: string;
  /** What is safe, and what to do. */
  text?: string | undefined;
  children?: ComponentChildren;
}

/** A screen with nothing in it yet, or one that cannot be had just now: drawn, said, and with a way on. */
export function Empty({ drawing = "boat", title, text, children }: EmptyProps) {
  return (
    <div class="empty">
      <svg
        class="empty-drawing"
        width="128"
        height="96"
        viewBox="0 0 96 72"
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d={drawings[drawing]} />
      </svg>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

/** A load that failed: says whether it is the line, the server or that there is no such thing, and offers a way on. */
export function LoadError({ error, retry }: { error: unknown; retry: () => void }) {
  if (error instanceof Problem && error.status === 404)
    return (
      <Empty drawing="search" title={t("ui-gone-title")} text={t("ui-gone-text")}>
        <a class="button" href="/search">
          {t("ui-gone-search")}
        </a>
      </Empty>
    );
  const what = !navigator.onLine || error instanceof TypeError ? "offline" : "error";
  return (
    <div role="alert">
      <Empty drawing="offline" title={t(`ui-${what}-title`)} text={t(`ui-${what}-text`)}>
        <Button icon="sync" onClick={retry}>
          {t("ui-retry")}
        </Button>
      </Empty>
    </div>
  );
}
