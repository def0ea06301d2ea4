import { clock } from "../platform/clock";
import { api, Unreachable } from "../platform/http";
import { fetchBatch, type SellerBatch } from "./queries";

export interface PickLine {
  sku: string;
  title: string;
  image: string | null;
  gtin: string | null;
  pieces: number;
  wanted_by: { batch_id: string; order_number: string; pieces: number; note: string | null }[];
}

export interface PickPlace {
  id: string;
  name: string;
  country: string;
  pieces: number;
  lines: PickLine[];
  batches: string[];
}

export interface Picks {
  places: PickPlace[];
  more: boolean;
  /** When the server said so, if it cannot be asked now; in milliseconds. */
  kept_at?: number;
}

/** What packing a batch takes. */
export type Packable = Pick<SellerBatch, "id" | "state" | "planned_for" | "order_number" | "lines">;

const KEY = "sell:picks";

/** What is to be taken from the shelves; where there is no signal, as in many a store room, what was said last. */
export async function fetchPicks(): Promise<Picks> {
  try {
    const picks = await api<Picks>("GET", "/api/v1/seller/picks");
    keep(picks);
    return picks;
  } catch (problem) {
    const kept = problem instanceof Unreachable ? read() : null;
    if (!kept) throw problem;
    return kept;
  }
}

/** A batch to pack; without signal as far as the kept pick list tells of it. */
export async function fetchPackable(id: string): Promise<Packable | null> {
  try {
    return await fetchBatch(id);
  } catch (problem) {
    const kept = problem instanceof Unreachable ? packable(read(), id) : null;
    if (!kept) throw problem;
    return kept;
  }
}

/** The place whose list a batch stood on when it was last asked for. */
export const keptPlaceOf = (id: string): string | null =>
  read()?.places.find(({ batches }) => batches.includes(id))?.id ?? null;

/** The batch to pack after this one, from this place if there is one. */
export function nextAfter(picks: Picks, id: string, place: string | null): string | null {
  const places = [...picks.places].sort((a, b) => Number(b.id === place) - Number(a.id === place));
  return places.flatMap(({ batches }) => batches).find((batch) => batch !== id) ?? null;
}

export function packable(picks: Picks | null, id: string): Packable | null {
  const lines = new Map<string, Packable["lines"][number]>();
  let order_number = "";
  for (const line of picks?.places.flatMap((place) => place.lines) ?? []) {
    for (const wish of line.wanted_by) {
      if (wish.batch_id !== id) continue;
      order_number = wish.order_number;
      const { sku, title, image, gtin } = line;
      const quantity = (lines.get(sku)?.quantity ?? 0) + wish.pieces;
      lines.set(sku, { sku, title, image, gtin, quantity, note: wish.note });
    }
  }
  return lines.size > 0 ? { id, state: "paid", order_number, lines: [...lines.values()] } : null;
}

function keep(picks: Picks): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...picks, kept_at: clock.now() }));
  } catch {
    // Then it needs signal again.
  }
}

function read(): Picks | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Picks | null;
    return Array.isArray(kept?.places) ? kept : null;
  } catch {
    return null;
  }
}
