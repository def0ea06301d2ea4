/** Web Locks, so that of several tabs only one acts; within one tab a queue where the browser has none. */
const queues = new Map<string, Promise<unknown>>();

/** Runs `work` while holding `name`; waits for whoever holds it now. */
export function withLock<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (globalThis.navigator?.locks) return navigator.locks.request(name, signal ? { signal } : {}, work) as Promise<T>;
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}
