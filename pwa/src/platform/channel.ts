/** What tabs of one browser tell each other. Content-free: the database holds the facts. */
export type Notice =
  | { type: "outbox" }
  | { type: "changed" }
  | { type: "session" }
  | { type: "in_flight"; ids: string[] };

type Listener = (notice: Notice) => void;
const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("sampan");
channel?.addEventListener("message", (event) => deliver(event.data as Notice));
// Under Node (tests) an open channel would keep the process alive.
(channel as unknown as { unref?: () => void } | null)?.unref?.();

/** Tells the other tabs and this one. */
export function announce(notice: Notice): void {
  channel?.postMessage(notice);
  deliver(notice);
}

/** Listens to this tab and the others; returns the way to stop. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function deliver(notice: Notice): void {
  for (const listener of listeners) listener(notice);
}
