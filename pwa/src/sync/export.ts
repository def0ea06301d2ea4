import { database, type OpRow, ofScope } from "../db/schema";
import { currentScope } from "../db/scopes";
import { clock } from "../platform/clock";

/** Every op of the open scope that this phone still keeps, and what became of it, as JSON. Without the device's secret. */
export async function opsAsJson(): Promise<string> {
  const row = await currentScope();
  if (!row) return JSON.stringify({ ops: [] });
  const db = await database();
  const range = ofScope(row.key);
  const [waiting, acked, outcomes] = await Promise.all([
    db.getAll("outbox", range),
    db.getAll("acked", range),
    db.getAll("outcomes", range),
  ]);
  const told = new Map(outcomes.map((each) => [each.id, each.outcome]));
  const state = (each: OpRow) => (each.acked_at ? "confirmed" : each.pushed ? "sent" : "waiting");
  return JSON.stringify(
    {
      exported_at: new Date(clock.now()).toISOString(),
      scope: row.scope,
      device: row.device,
      cursor: row.cursor,
      epoch: row.epoch,
      ops: [...acked, ...waiting]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((each) => ({ ...each.op, state: state(each), outcome: told.get(each.id) ?? null })),
    },
    null,
    2,
  );
}

/** Hands the file to the shopper. */
export async function exportOps(): Promise<void> {
  const url = URL.createObjectURL(new Blob([await opsAsJson()], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `sampan-changes-${new Date(clock.now()).toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
