import { signal } from "@preact/signals";
import type { View } from "../sync/project";

const STORED = "sampan-orders-seen";
const seen = signal(Number(read() ?? 0));

/** The latest news of any parcel, as epoch milliseconds; 0 without any. */
function latest(view: View): number {
  let when = 0;
  for (const parcel of view.all<{ last_event_at: string | null }>("parcel").values())
    when = Math.max(when, Date.parse(parcel?.last_event_at ?? "") || 0);
  return when;
}

/** Something moved since the orders were last looked at. */
export const ordersMoved = (view: View): boolean => latest(view) > seen.value;

/** The shopper is looking at the orders. */
export function ordersSeen(view: View): void {
  const when = latest(view);
  if (when <= seen.value) return;
  seen.value = when;
  try {
    localStorage.setItem(STORED, String(when));
  } catch {
    // Without storage the dot simply comes back with the next start.
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
