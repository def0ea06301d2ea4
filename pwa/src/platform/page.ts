import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** What a screen puts into the top bar of the shell: a title or a search field, a way back, at most one action. */
export interface Top {
  title: string;
  /** Drawn in place of the title, e.g. a search field. */
  field?: ComponentChildren;
  /** Where the arrow leads when there is no history, e.g. "/orders". No arrow without it. */
  back?: string;
  action?: ComponentChildren;
}

export const top = signal<Top>({ title: "" });

/** Sets the top bar and the document's title for as long as the screen stands. */
export function usePage(next: Top): void {
  useLayoutEffect(() => {
    top.value = next;
    document.title = next.title ? `${next.title} · Sampan` : "Sampan";
  });
}
