import { database, watched } from "./schema";

/**
 * A full phone: what can be fetched again (pictures, then catalogue answers, then the shelves kept for a tunnel) gives
 * way, step by step, to what cannot. `work` is one transaction: it is all done, or it is tried again from the start.
 */
export async function withSpace<T>(work: () => Promise<T>): Promise<T> {
  for (const giveWay of [() => dropCache("media-"), () => dropCache("answers-"), dropShelves]) {
    try {
      return await work();
    } catch (problem) {
      if (!isFull(problem)) throw problem;
      await giveWay().catch(() => undefined);
    }
  }
  return work();
}

/** True when the browser refused a write for want of room. */
export function isFull(problem: unknown): boolean {
  return (problem as { name?: unknown } | null)?.name === "QuotaExceededError";
}

async function dropCache(prefix: string): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function dropShelves(): Promise<void> {
  const tx = watched((await database()).transaction(["products", "shops"], "readwrite"));
  await Promise.all([tx.objectStore("products").clear(), tx.objectStore("shops").clear(), tx.done]);
}
