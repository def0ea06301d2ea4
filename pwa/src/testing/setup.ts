import "fake-indexeddb/auto";

/** Node has no Web Locks: one queue a name, shared by every tab of a test as a browser shares it. */
const queues = new Map<string, Promise<unknown>>();

function request<T>(name: string, given: unknown, work?: () => Promise<T>): Promise<T> {
  const run = (work ?? given) as () => Promise<T>;
  const turn = (queues.get(name) ?? Promise.resolve()).then(run, run);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { onLine: true, languages: ["en"], locks: { request } },
});
