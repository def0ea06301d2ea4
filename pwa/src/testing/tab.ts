import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import type { ShopServer } from "./shop-server";

/** An empty phone: no data, no modules in memory. */
export function newPhone(server: ShopServer): void {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("fetch", server.fetch);
}

/** A tab of the phone, freshly loaded: its own modules and memory over the phone's one database. */
export async function openTab() {
  vi.resetModules();
  const [outbox, mirror, reader, exchange, view, status, session, scopes, schema, http, cart, app] = await Promise.all([
    import("../db/outbox"),
    import("../db/mirror"),
    import("../db/reader"),
    import("../sync/exchange"),
    import("../sync/view"),
    import("../sync/status"),
    import("../platform/session"),
    import("../db/scopes"),
    import("../db/schema"),
    import("../platform/http"),
    import("../cart/queries"),
    import("../app/rooms"),
  ]);
  session.startSession();
  view.useRooms(app.rooms);
  await reader.startMirror();
  const all = async <Store extends "outbox" | "acked" | "outcomes" | "confirmed" | "staged">(store: Store) =>
    (await schema.database()).getAll(store);
  /** Reads the database again, as a notice of another tab would. */
  const settle = () => reader.refresh();
  return { ...outbox, ...mirror, ...exchange, ...view, ...status, ...scopes, session, http, cart, all, settle };
}
