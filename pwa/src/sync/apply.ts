import type { IDBPTransaction } from "idb";
import {
  database,
  type Op,
  type OpRow,
  type Outcome,
  ofScope,
  type Sampan,
  type ScopeRow,
  type StagedPage,
  watched,
} from "../db/schema";
import { bySeq } from "../db/scopes";
import { clock } from "../platform/clock";
import {
  MAX_BYTES,
  MAX_OPS,
  MAX_SEEN,
  needsNoLogin,
  PAGE_LIMIT,
  SCHEMA,
  type SyncReply,
  type SyncRequest,
  wire,
} from "./protocol";

type Stores = ["scopes", "confirmed", "outbox", "acked", "staged", "outcomes"];
type Tx = IDBPTransaction<Sampan, Stores, "readwrite">;
const STORES: Stores = ["scopes", "confirmed", "outbox", "acked", "staged", "outcomes"];

/** By what right an exchange speaks: the shopper's login, or the device's own when the login has ended. */
export type Authority = "login" | "device";

/** Gathers the next request from the database. `ops` is empty while the pages of a long reply are fetched. */
export async function collect(key: string, authority: Authority, max_ops = MAX_OPS): Promise<SyncRequest | null> {
  const tx = watched((await database()).transaction(["scopes", "outbox", "staged"]));
  const [row, rows, staged] = await Promise.all([
    tx.objectStore("scopes").get(key),
    tx.objectStore("outbox").getAll(ofScope(key)),
    tx.objectStore("staged").getAll(ofScope(key)),
  ]);
  if (!row) return null;
  const half = authority === "login" ? staged.at(-1) : undefined;
  const sendable = rows.filter((each) => !each.pushed && (authority === "login" || needsNoLogin(each.op.kind)));
  return {
    schema: SCHEMA,
    ...epochOf(half?.epoch ?? row.epoch),
    device: row.device,
    ...(half ? { page: half.page } : { cursor: row.cursor }),
    sent_at: clock.now(),
    ops: half ? [] : fitting(bySeq(sendable), max_ops),
    seen: row.seen.slice(0, MAX_SEEN),
    limit: PAGE_LIMIT,
  };
}

/** Nothing is said of an epoch before the first talk with the server. */
const epochOf = (epoch: string) => (epoch ? { epoch } : {});

function fitting(rows: OpRow[], max_ops: number): Partial<Op>[] {
  const ops: Partial<Op>[] = [];
  let bytes = 0;
  for (const { op } of rows.slice(0, max_ops)) {
    bytes += new TextEncoder().encode(JSON.stringify(op)).length + 1;
    if (bytes > MAX_BYTES && ops.length) break;
    ops.push(wire(op));
  }
  return ops;
}

/** What is left to do after a reply was taken in. */
export interface Applied {
  /** How many ops of the request the server has taken. */
  acked: number;
  /** More pages, or a snapshot to be followed by ops queued again: ask on at once. */
  more: boolean;
  /** Ops of another device were queued again: a new device must count them. */
  renumber: boolean;
}

/**
 * Takes a reply in, in one strict transaction: either all of it is on the phone (changes, outcomes, cursor, acked ops
 * dropped) or none, and then the same request can simply be sent again.
 */
export async function apply(
  key: string,
  request: SyncRequest,
  reply: SyncReply,
  authority: Authority,
): Promise<Applied> {
  const tx = watched((await database()).transaction(STORES, "readwrite", { durability: "strict" }));
  const done = await take(tx, key, request, reply, authority);
  await tx.done;
  return done;
}

async function take(
  tx: Tx,
  key: string,
  request: SyncRequest,
  reply: SyncReply,
  authority: Authority,
): Promise<Applied> {
  const row = await tx.objectStore("scopes").get(key);
  if (!row) return { acked: 0, more: false, renumber: false };
  const acked = request.ops
    .filter((op) => reply.acked !== null && Number(op.seq) <= reply.acked)
    .map((op) => String(op.id));
  if (authority === "device") {
    await markPushed(tx, key, acked);
    await keepOutcomes(tx, row, request.seen, reply.outcomes, true);
    // From now on the phone can tell that the server's data was put back.
    row.epoch ||= reply.epoch;
    await tx.objectStore("scopes").put(row);
    return { acked: acked.length, more: false, renumber: false };
  }
  const before = await tx.objectStore("staged").getAll(ofScope(key));
  const last = { acked, outcomes: reply.outcomes, changes: reply.changes, seen: request.seen, reset: reply.reset };
  if (reply.page) {
    await tx.objectStore("staged").put({ key, n: before.length, page: reply.page, epoch: reply.epoch, ...last });
    return { acked: acked.length, more: true, renumber: false };
  }
  return finish(tx, row, [...before, last], reply);
}

type Part = Pick<StagedPage, "acked" | "outcomes" | "changes" | "seen" | "reset">;

/** All pages are here: apply them together. */
async function finish(tx: Tx, row: ScopeRow, parts: Part[], reply: SyncReply): Promise<Applied> {
  const { key } = row;
  // A reset starts a snapshot anew: what had come before it no longer counts.
  const start = Math.max(
    0,
    parts.findLastIndex((part) => part.reset),
  );
  const reset = parts[start]?.reset ?? null;
  if (reset) await tx.objectStore("confirmed").delete(ofScope(key));
  for (const { changes } of parts.slice(start))
    for (const { kind, id, rev, value } of changes)
      if (value !== null) await tx.objectStore("confirmed").put({ key, kind, id, rev, value });
      else {
        await tx.objectStore("confirmed").delete([key, kind, id]);
        if (kind === "outcome") await dismissedElsewhere(tx, key, id);
      }
  for (const part of parts) await keepOutcomes(tx, row, part.seen, part.outcomes);
  const acked = new Set(parts.flatMap((part) => part.acked));
  await settle(tx, key, acked);
  const restored = reset === "epoch" || (row.epoch !== "" && row.epoch !== reply.epoch);
  // What was acknowledged before the reset may be lost with the old data; what came with it is there.
  const fresh = new Set(parts.slice(start).flatMap((part) => part.acked));
  const again = restored ? await requeue(tx, row, fresh) : { count: 0, foreign: false };
  await tx.objectStore("staged").delete(ofScope(key));
  await followCart(tx, row);
  await tx.objectStore("scopes").put({ ...row, epoch: reply.epoch, cursor: reply.cursor, cursor_at: reply.cursor_at });
  return { acked: acked.size, more: again.count > 0, renumber: again.foreign };
}

/** Drops acknowledged ops from the outbox, and those pushed by the device before, whose effect this reply shows. */
async function settle(tx: Tx, key: string, acked: ReadonlySet<string>): Promise<void> {
  for (const each of await tx.objectStore("outbox").getAll(ofScope(key))) {
    if (!acked.has(each.id) && !each.pushed) continue;
    const { pushed, requeued, ...kept } = each;
    await tx.objectStore("acked").put({ ...kept, acked_at: clock.now() });
    await tx.objectStore("outbox").delete([key, each.id]);
    if (each.op.kind === "outcome.dismiss") await dismissed(tx, key, String(each.op.op));
  }
}

/** The server came back from a backup: every op of the last 30 days is offered again, its id decides. */
async function requeue(
  tx: Tx,
  row: ScopeRow,
  fresh: ReadonlySet<string>,
): Promise<{ count: number; foreign: boolean }> {
  let count = 0;
  let foreign = false;
  for (const each of await tx.objectStore("acked").getAll(ofScope(row.key))) {
    if (fresh.has(each.id)) continue;
    const { acked_at, ...kept } = each;
    await tx.objectStore("outbox").put({ ...kept, requeued: true });
    await tx.objectStore("acked").delete([row.key, each.id]);
    count += 1;
    foreign ||= each.device !== row.device;
  }
  return { count, foreign };
}

async function markPushed(tx: Tx, key: string, acked: readonly string[]): Promise<void> {
  for (const id of acked) {
    const each = await tx.objectStore("outbox").get([key, id]);
    if (each) await tx.objectStore("outbox").put({ ...each, pushed: true });
  }
}

/** Keeps outcomes for the shopper and notes them for `seen`; `working` is not final and never named there. */
async function keepOutcomes(
  tx: Tx,
  row: ScopeRow,
  named: readonly string[],
  list: readonly Outcome[],
  by_device = false,
): Promise<void> {
  const seen = new Set(row.seen);
  for (const id of named) seen.delete(id);
  for (const outcome of list) {
    const id: [string, string] = [row.key, outcome.id];
    const before = await tx.objectStore("outcomes").get(id);
    if (outcome.code !== "working") seen.add(outcome.id);
    if (before?.dismissed_at) continue;
    if (outcome.code === "applied") {
      await tx.objectStore("outcomes").delete(id);
      continue;
    }
    const made = (await tx.objectStore("outbox").get(id)) ?? (await tx.objectStore("acked").get(id));
    const shown = made?.shown ?? before?.shown;
    await tx.objectStore("outcomes").put({
      key: row.key,
      id: outcome.id,
      outcome,
      op: made?.op ?? before?.op ?? null,
      ...(shown !== undefined && { shown }),
      ...(by_device && { by_device }),
    });
  }
  row.seen = [...seen];
}

async function dismissed(tx: Tx, key: string, id: string): Promise<void> {
  const card = await tx.objectStore("outcomes").get([key, id]);
  if (card) await tx.objectStore("outcomes").put({ ...card, dismissed_at: clock.now() });
}

/**
 * To the phone that made an op its card is always gone among the changes. When that comes after the outcome was told, the
 * shopper has read it on another phone; unless it was told to the device alone, which hears no changes, or is not final.
 */
async function dismissedElsewhere(tx: Tx, key: string, id: string): Promise<void> {
  const card = await tx.objectStore("outcomes").get([key, id]);
  if (card && !card.by_device && card.outcome.code !== "working") await dismissed(tx, key, id);
}

/** After an order the successor is the cart that new taps mean. */
async function followCart(tx: Tx, row: ScopeRow): Promise<void> {
  for (let left = 20; left > 0 && row.cart; left -= 1) {
    const cart = (await tx.objectStore("confirmed").get([row.key, "cart", row.cart]))?.value as
      | { state: string; successor: string | null }
      | undefined;
    if (cart?.state !== "ordered" || !cart.successor) return;
    row.cart = cart.successor;
  }
}

/** Forgets pages that the server no longer continues. */
export async function dropStaged(key: string): Promise<void> {
  await (await database()).delete("staged", ofScope(key));
}
