import { computed, signal } from "@preact/signals";
import { confirmed, outbox, scope } from "../db/mirror";
import { committing } from "../db/outbox";
import type { OpRow } from "../db/schema";
import { project, type Room } from "./project";

const rooms = signal<readonly Room[]>([]);

/** The app hands in its rooms once, at start. */
export function useRooms(list: readonly Room[]): void {
  rooms.value = list;
}

/** Every op that is not confirmed, oldest first, those of the last milliseconds included. */
export const unconfirmed = computed<readonly OpRow[]>(() => {
  const kept = new Set(outbox.value.map((row) => row.id));
  const fresh = committing.value.filter((row) => !kept.has(row.id));
  return fresh.length ? [...outbox.value, ...fresh] : outbox.value;
});

/** What the screens read. */
export const view = computed(() =>
  project(confirmed.value, unconfirmed.value, rooms.value, { cart: scope.value?.cart ?? null }),
);
