import { signal } from "@preact/signals";
import { t } from "../platform/locale";

interface Toast {
  id: number;
  text: string;
  label?: string | undefined;
  act?: (() => void) | undefined;
}

const SECONDS_PLAIN = 4;
const SECONDS_WITH_ACTION = 7;
const AT_MOST = 2;

const toasts = signal<Toast[]>([]);
let last = 0;

/** Says something briefly at the bottom of the screen, and to screen readers. */
export function toast(text: string, action?: { label: string; act: () => void }): void {
  const id = ++last;
  toasts.value = [...toasts.value, { id, text, label: action?.label, act: action?.act }].slice(-AT_MOST);
  setTimeout(() => dismiss(id), (action ? SECONDS_WITH_ACTION : SECONDS_PLAIN) * 1000);
}

/** The undo bar: what was done, and the way back. */
export function toastUndo(text: string, undo: () => void): void {
  toast(text, { label: t("ui-undo"), act: undo });
}

/** Takes back what the toasts have claimed: something went wrong after all. */
export function toastInstead(text: string): void {
  toasts.value = [];
  toast(text, { label: t("ui-close"), act: () => undefined });
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

/** Where toasts appear; the shell shows it once, so that its live region is always there. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => (
        <div class="toast" key={one.id}>
          <span class="grow">{one.text}</span>
          {one.act && (
            <button
              type="button"
              class="button"
              onClick={() => {
                dismiss(one.id);
                one.act?.();
              }}
            >
              {one.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
