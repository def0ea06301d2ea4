import type { Confirmed } from "../db/mirror";
import type { Op, OpRow } from "../db/schema";

/**
 * What the shopper sees: what the server confirmed, with every tap that it has not answered yet laid over it in the
 * order of tapping. Pure, and cheap enough to run after each tap: a kind is copied only when an op touches it.
 */
export function project(confirmed: Confirmed, ops: readonly OpRow[], rooms: readonly Room[], at: Place): View {
  const draft = new Draft(confirmed);
  for (const row of ops) {
    // Queued again after the server was restored: already counted in what it had confirmed.
    if (row.requeued) continue;
    for (const room of rooms) room.ops[row.op.kind]?.(draft, row.op, { ...at, shown: row.shown });
  }
  return draft;
}

/** How a room's ops change the view. Must be forgiving: an op that makes no sense any more changes nothing. */
export interface Room {
  ops: Record<string, (draft: Draft, op: Op, at: Place & { shown: unknown }) => void>;
}

/** Facts of the open scope that rooms need. */
export interface Place {
  /** The cart that an op without one means; null before the first talk with the server. */
  cart: string | null;
}

export interface View {
  all<T>(kind: string): ReadonlyMap<string, T>;
  one<T>(kind: string, id: string): T | undefined;
}

export class Draft implements View {
  readonly #copies = new Map<string, Map<string, unknown>>();
  readonly #confirmed: Confirmed;

  constructor(confirmed: Confirmed) {
    this.#confirmed = confirmed;
  }

  all<T>(kind: string): ReadonlyMap<string, T> {
    return (this.#copies.get(kind) ?? this.#confirmed.get(kind) ?? new Map()) as ReadonlyMap<string, T>;
  }

  one<T>(kind: string, id: string): T | undefined {
    return this.all<T>(kind).get(id);
  }

  put(kind: string, id: string, value: unknown): void {
    this.#copy(kind).set(id, value);
  }

  remove(kind: string, id: string): void {
    if (this.all(kind).has(id)) this.#copy(kind).delete(id);
  }

  #copy(kind: string): Map<string, unknown> {
    let copy = this.#copies.get(kind);
    if (!copy) {
      copy = new Map(this.all(kind));
      this.#copies.set(kind, copy);
    }
    return copy;
  }
}
