import { announce } from "../platform/channel";
import type { NewOp } from "./outbox";
import { database, type Op, type OpRow, ofScope } from "./schema";
import { openScopeIn } from "./scopes";

/** The transaction of `enqueue`: the next seq, the base the phone showed, and the op, all or nothing. */
export async function write(op: NewOp, id: string, at: number, shown: unknown): Promise<Op> {
  const db = await database();
  const tx = db.transaction(["app", "scopes", "outbox"], "readwrite", { durability: "strict" });
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
  announce({ type: "outbox" });
  return row.op;
}

/** How many ops of a scope the server has not acknowledged. */
export async function unsentCount(key: string): Promise<number> {
  const rows = await (await database()).getAll("outbox", ofScope(key));
  return rows.filter((row) => !row.pushed).length;
}
