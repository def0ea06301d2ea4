import { announce } from "../platform/channel";
import type { NewOp } from "./outbox";
import { database, type Op, type OpRow, ofScope, watched } from "./schema";
import { openScopeIn } from "./scopes";
import { withSpace } from "./space";

/** Writes a tap down for `enqueue`; on a full phone pictures give way to it. */
export async function write(op: NewOp, id: string, at: number, shown: unknown): Promise<Op> {
  const written = await withSpace(() => commit(op, id, at, shown));
  announce({ type: "outbox" });
  return written;
}

/** One transaction: the next seq, the base the phone showed, and the op, all or nothing. */
async function commit(op: NewOp, id: string, at: number, shown: unknown): Promise<Op> {
  const db = await database();
  const tx = watched(db.transaction(["app", "scopes", "outbox"], "readwrite", { durability: "strict" }));
  const scope = await openScopeIn(tx as never);
  const seq = scope.seq + 1;
  const row: OpRow = {
    key: scope.key,
    id,
    device: scope.device,
    op: { ...op, id, seq, at, base: scope.cursor, base_at: scope.cursor_at, epoch: scope.epoch },
    ...(shown !== undefined && { shown }),
  };
  await tx.objectStore("outbox").add(row);
  await tx.objectStore("scopes").put({ ...scope, seq });
  await tx.done;
  return row.op;
}

/** How many ops of a scope the server has not acknowledged. */
export async function unsentCount(key: string): Promise<number> {
  const rows = await (await database()).getAll("outbox", ofScope(key));
  return rows.filter((row) => !row.pushed).length;
}
