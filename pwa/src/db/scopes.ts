import type { IDBPTransaction, StoreNames } from "idb";
import { clock } from "../platform/clock";
import { secret, uuidv7 } from "../platform/ids";
import { database, type OpRow, ofScope, type Sampan, type ScopeRow, watched } from "./schema";

type WriteTx<Stores extends StoreNames<Sampan>> = IDBPTransaction<Sampan, Stores[], "readwrite">;
const CURRENT = "current";
const ACKED_DAYS = 30;

/** The open scope's row; null on a phone that has none yet. */
export async function currentScope(): Promise<ScopeRow | null> {
  const tx = watched((await database()).transaction(["app", "scopes"]));
  const key = (await tx.objectStore("app").get(CURRENT)) as string | undefined;
  return key ? ((await tx.objectStore("scopes").get(key)) ?? null) : null;
}

/** The open scope inside a running transaction; makes a guest's when there is none, so that a first tap needs no network. */
export async function openScopeIn(tx: WriteTx<"app" | "scopes" | "outbox">): Promise<ScopeRow> {
  const key = (await tx.objectStore("app").get(CURRENT)) as string | undefined;
  const found = key && (await tx.objectStore("scopes").get(key));
  if (found) return found;
  const fresh = newScope({ may_adopt: true });
  await tx.objectStore("scopes").put(fresh);
  await tx.objectStore("app").put(fresh.key, CURRENT);
  return fresh;
}

/** The open scope; makes a guest's when there is none. */
export async function openScope(): Promise<ScopeRow> {
  const tx = watched(
    (await database()).transaction(["app", "scopes", "outbox"], "readwrite", { durability: "strict" }),
  );
  const scope = await openScopeIn(tx as never);
  await tx.done;
  return scope;
}

/** A row for a scope that this phone does not hold yet. */
export function newScope(given: Partial<ScopeRow> = {}): ScopeRow {
  return {
    key: uuidv7(),
    scope: null,
    device: uuidv7(),
    secret: secret(),
    device_known: false,
    proof: null,
    may_adopt: false,
    account: null,
    cart: null,
    seq: 0,
    epoch: "",
    cursor: 0,
    cursor_at: 0,
    seen: [],
    ...given,
  };
}

/** Changes a scope's row in one transaction. `null` from `change` leaves it alone. */
export async function changeScope(key: string, change: (row: ScopeRow) => ScopeRow | null): Promise<ScopeRow | null> {
  const tx = watched((await database()).transaction("scopes", "readwrite", { durability: "strict" }));
  const row = await tx.store.get(key);
  const next = row ? change(row) : null;
  if (next) await tx.store.put(next);
  await tx.done;
  return next ?? row ?? null;
}

/** Makes a scope the open one, storing it first when this phone does not hold it yet. */
export async function switchScope(row: ScopeRow): Promise<void> {
  const tx = watched((await database()).transaction(["app", "scopes"], "readwrite", { durability: "strict" }));
  if (!(await tx.objectStore("scopes").get(row.key))) await tx.objectStore("scopes").put(row);
  await tx.objectStore("app").put(row.key, CURRENT);
  await tx.done;
}

/** The row this phone already keeps for an account or a server scope, if any; its outbox is waiting there. */
export async function findScope(match: (row: ScopeRow) => boolean): Promise<ScopeRow | null> {
  return (await (await database()).getAll("scopes")).find(match) ?? null;
}

/**
 * Gives the scope a new device and counts its unsent ops anew, keeping their ids: after a fork (another phone is
 * a clone of this one) or when the server no longer knows the old device.
 */
export async function renewDevice(key: string): Promise<ScopeRow | null> {
  const tx = watched((await database()).transaction(["scopes", "outbox"], "readwrite", { durability: "strict" }));
  const row = await tx.objectStore("scopes").get(key);
  if (!row) return null;
  const proof = row.device_known ? { device: row.device, secret: row.secret } : row.proof;
  const fresh: ScopeRow = { ...row, device: uuidv7(), secret: secret(), device_known: false, proof, seq: 0 };
  for (const each of byTap(await tx.objectStore("outbox").getAll(ofScope(key)))) {
    if (each.pushed) continue;
    fresh.seq += 1;
    await tx.objectStore("outbox").put({ ...each, device: fresh.device, op: { ...each.op, seq: fresh.seq } });
  }
  await tx.objectStore("scopes").put(fresh);
  await tx.done;
  return fresh;
}

/**
 * At a log-out nothing of the person stays on the phone; only taps that could not be sent may wait, with what it takes
 * to send them as this account's. Answers whether any do.
 */
export async function leaveScope(key: string, unsent: "keep" | "discard"): Promise<boolean> {
  const stores = ["scopes", "confirmed", "staged", "outcomes", "acked", "outbox"] as const;
  const tx = watched((await database()).transaction(stores, "readwrite", { durability: "strict" }));
  const left = await tx.objectStore("outbox").getAll(ofScope(key));
  const waits = unsent === "keep" && left.some((each) => !each.pushed);
  for (const store of ["confirmed", "staged", "outcomes", "acked"] as const)
    await tx.objectStore(store).delete(ofScope(key));
  const row = await tx.objectStore("scopes").get(key);
  if (row && waits) await tx.objectStore("scopes").put({ ...row, cursor: 0, cursor_at: 0 });
  if (!waits) {
    await tx.objectStore("outbox").delete(ofScope(key));
    await tx.objectStore("scopes").delete(key);
  }
  await tx.done;
  return waits;
}

/**
 * Replaces all that is kept of a kind which does not come by sync, beside what does. Nothing when another scope is open
 * by now: what was asked for one shopper is never filed under another, nor after a log-out.
 */
export async function keepConfirmed(key: string, kind: string, values: ReadonlyMap<string, unknown>): Promise<void> {
  const tx = watched((await database()).transaction(["app", "confirmed"], "readwrite"));
  if ((await tx.objectStore("app").get(CURRENT)) === key) {
    await tx.objectStore("confirmed").delete(IDBKeyRange.bound([key, kind], [key, kind, []]));
    for (const [id, value] of values) await tx.objectStore("confirmed").put({ key, kind, id, rev: 0, value });
  }
  await tx.done;
}

/** Removes what the server had confirmed (when a log-in turns out to open another scope), never the outbox. */
export async function forgetConfirmed(key: string): Promise<void> {
  const tx = watched((await database()).transaction(["scopes", "confirmed", "staged", "outcomes"], "readwrite"));
  for (const store of ["confirmed", "staged", "outcomes"] as const) await tx.objectStore(store).delete(ofScope(key));
  const row = await tx.objectStore("scopes").get(key);
  if (row) await tx.objectStore("scopes").put({ ...row, cursor: 0, cursor_at: 0 });
  await tx.done;
}

/** Drops acknowledged ops and dismissed outcomes older than 30 days. */
export async function tidy(): Promise<void> {
  const before = clock.now() - ACKED_DAYS * 86_400_000;
  const tx = watched((await database()).transaction(["acked", "outcomes"], "readwrite"));
  let old = await tx.objectStore("acked").index("acked_at").openCursor(IDBKeyRange.upperBound(before));
  while (old) {
    await old.delete();
    old = await old.continue();
  }
  let outcome = await tx.objectStore("outcomes").openCursor();
  while (outcome) {
    if ((outcome.value.dismissed_at ?? before) < before) await outcome.delete();
    outcome = await outcome.continue();
  }
  await tx.done;
}

/** Ops of one device in the order they were tapped. */
export function bySeq(rows: OpRow[]): OpRow[] {
  return rows.sort((a, b) => a.op.seq - b.op.seq);
}

/**
 * Ops in the order they were tapped, whatever device they were numbered by. What was pushed came before all that was not;
 * else ids sort by time.
 */
export function byTap(rows: OpRow[]): OpRow[] {
  const waits = (row: OpRow) => (row.pushed ? 0 : 1);
  return rows.sort(
    (a, b) => waits(a) - waits(b) || (a.device === b.device ? a.op.seq - b.op.seq : a.id < b.id ? -1 : 1),
  );
}
