import type { ComponentChildren } from "preact";
import { Problem } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "./button";
import drawings from "./drawings.svg";

/** Line drawings on a 96×72 sheet, the boat under different skies: a file of its own, so that no screen waits for it. */
export type Drawing = "boat" | "cargo" | "search" | "offline" | "heart";

interface EmptyProps {
  drawing?: Drawing | undefined;
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
        <use href={`${drawings}#${drawing}`} />
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
