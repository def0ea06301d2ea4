import { signal } from "@preact/signals";
import type { OpRow, OutcomeRow, ScopeRow } from "./schema";

/** Values the server confirmed: kind → id → value. */
export type Confirmed = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** The open scope as the database holds it, in memory, for the screens. Written by the reader alone. */
export const scope = signal<ScopeRow | null>(null);
export const confirmed = signal<Confirmed>(new Map());
export const outbox = signal<readonly OpRow[]>([]);
export const outcomes = signal<readonly OutcomeRow[]>([]);
/** Ids of ops that are on their way to the server right now. */
export const inFlight = signal<ReadonlySet<string>>(new Set());
/** False until the database was read once: screens show skeletons, not "empty". */
export const loaded = signal(false);
