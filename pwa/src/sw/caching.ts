/** Puts an answer into a cache that holds at most so many; the oldest leave. Notes when it was kept. */
export async function capped(name: string, at_most: number, request: Request, answer: Response): Promise<void> {
  const headers = new Headers(answer.headers);
  headers.set("sampan-kept-at", String(Date.now()));
  const { status, statusText } = answer;
  const cache = await caches.open(name);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, new Response(answer.body, { status, statusText, headers }));
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - at_most)).map((old) => cache.delete(old)));
}

/** The answer, or a failure when it takes longer than `ms`. */
export function fetchInTime(answer: Promise<Response>, ms: number): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The network took too long.")), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
