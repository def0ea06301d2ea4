/** The cache of the papers that were opened on this phone: an address, so it goes when its owner leaves the phone. */
export const KEPT_PAPERS = "sampan-papers";
const AT_MOST = 40;

/** Keeps a paper; of many the first kept make room. A phone without room keeps none. */
export async function keepPaper(url: string, answer: Response): Promise<void> {
  try {
    const cache = await caches.open(KEPT_PAPERS);
    await cache.put(url, answer);
    const urls = await cache.keys();
    for (const old of urls.slice(0, Math.max(0, urls.length - AT_MOST))) await cache.delete(old);
  } catch {
    // Then it needs the network again.
  }
}

export async function keptPaper(url: string): Promise<Response | undefined> {
  try {
    return await (await caches.open(KEPT_PAPERS)).match(url);
  } catch {
    return undefined;
  }
}

export async function forgetPapers(): Promise<void> {
  await globalThis.caches?.delete(KEPT_PAPERS).catch(() => false);
}
