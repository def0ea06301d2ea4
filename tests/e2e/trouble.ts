import type { Phone } from "./phone.ts";

/** What befalls a phone's browser: a tab that dies at a bad moment, a full disk, storage thrown away. */

/**
 * The tab dies as a phone out of memory kills it: no farewell, nothing finished, every open transaction and request cut off.
 * (A renderer crash would be closer still, but one in twenty takes all of this Chromium down.)
 */
export async function kill(phone: Phone): Promise<void> {
  await phone.page.evaluate(() => {
    for (const farewell of ["visibilitychange", "pagehide", "beforeunload", "unload"])
      window.addEventListener(farewell, (event) => event.stopImmediatePropagation(), { capture: true });
  });
  await phone.page.close();
}

/** From now on no op leaves this tab: it stands where the tap is written down and the request is not yet made. */
export function stopBeforeSending(phone: Phone): Promise<void> {
  return phone.page.evaluate(() => {
    const send = window.fetch;
    window.fetch = (input, init) =>
      String(input).startsWith("/api/v1/sync") && String(init?.body).includes('"seq"') ? new Promise(() => {}) : send(input, init);
  });
}

/** From now on this tab hangs in the middle of taking in a reply, after so many rows, its transaction open. */
export async function hangInApply(phone: Phone, rows: number): Promise<{ hangs: Promise<void> }> {
  let now = () => {};
  const hangs = new Promise<void>((done) => {
    now = done;
  });
  await phone.page.exposeFunction("hangsNow", () => now());
  await phone.page.evaluate((last) => {
    const put = IDBObjectStore.prototype.put;
    let written = 0;
    IDBObjectStore.prototype.put = function (...row) {
      if (this.name !== "confirmed" || ++written < last) return put.apply(this, row);
      const stayOpen = () => {
        this.count().onsuccess = stayOpen;
      };
      stayOpen();
      (window as unknown as { hangsNow(): void }).hangsNow();
      return new Promise(() => {}) as never;
    };
  }, rows);
  return { hangs };
}

/** Another tab or app comes before this one, or it comes to the front again. */
export function setInView(phone: Phone, inView: boolean): Promise<void> {
  return phone.page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, value: state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, inView ? "visible" : "hidden");
}

/** How many taps this phone keeps that the server has not acknowledged. */
export function unsent(phone: Phone): Promise<number> {
  return phone.page.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const opening = indexedDB.open("sampan");
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction("outbox").objectStore("outbox").count();
          counting.onsuccess = () => done(counting.result);
          counting.onerror = () => fail(counting.error);
          opening.result.close();
        };
      }),
  );
}

const SMALL_BYTES = 8 * 1024 * 1024;

/** How much the app may keep on a small phone. */
export interface Room {
  /** Bytes the app keeps now. */
  taken(): Promise<number>;
  shrinkTo(bytes: number): Promise<void>;
  /** As much as at first. */
  grow(): Promise<void>;
}

/**
 * A phone with little room from the start. The browser looks at its limit anew only when a write would not fit into
 * what it believes to be left, so every change of the limit is followed by a write that cannot fit.
 */
export async function smallRoom(phone: Phone, origin: string): Promise<Room> {
  const cdp = await phone.page.context().newCDPSession(phone.page);
  const limit = (bytes: number) => cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: bytes });
  await limit(SMALL_BYTES);
  return {
    taken: async () => (await cdp.send("Storage.getUsageAndQuota", { origin })).usage,
    async shrinkTo(bytes) {
      await limit(bytes);
      await phone.page.evaluate(writeTooMuch, SMALL_BYTES);
    },
    grow: async () => void (await limit(SMALL_BYTES)),
  };
}

function writeTooMuch(bytes: number): Promise<void> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("too-much");
    opening.onupgradeneeded = () => opening.result.createObjectStore("rows").put(new Uint8Array(bytes), 1);
    opening.onsuccess = () => fail(new Error("There was room for it."));
    opening.onerror = () => done();
  });
}

/** The browser throws the phone's database away to make room; the login's cookie stays. */
export async function evict(phone: Phone, origin: string): Promise<void> {
  const cdp = await phone.page.context().newCDPSession(phone.page);
  await cdp.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await cdp.detach();
}
