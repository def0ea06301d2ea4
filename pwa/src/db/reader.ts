import { listen } from "../platform/channel";
import { type Confirmed, confirmed, inFlight, loaded, outbox, outcomes, scope } from "./mirror";
import { committing } from "./outbox";
import { database, ofScope, watched } from "./schema";
import { byTap, currentScope } from "./scopes";

let turn: Promise<void> = Promise.resolve();

/** Reads the database again; calls queue up, so the last one always shows the latest state. */
export function refresh(what: "all" | "outbox" = "all"): Promise<void> {
  turn = turn
    .then(() => read(what))
    .catch((problem) => console.error("The phone's database could not be read.", problem));
  return turn;
}

/** Starts following this tab's and other tabs' changes. */
export function startMirror(): Promise<void> {
  listen((notice) => {
    if (notice.type === "outbox") void refresh("outbox");
    else if (notice.type === "in_flight") inFlight.value = new Set(notice.ids);
    else void refresh();
  });
  return refresh();
}

async function read(what: "all" | "outbox"): Promise<void> {
  const open = await currentScope();
  if (open) {
    const tx = watched((await database()).transaction(["confirmed", "outbox", "outcomes"]));
    const range = ofScope(open.key);
    const all = what === "all" || open.key !== scope.peek()?.key;
    const [ops, changes, cards] = await Promise.all([
      tx.objectStore("outbox").getAll(range),
      all ? tx.objectStore("confirmed").getAll(range) : null,
      all ? tx.objectStore("outcomes").getAll(range) : null,
    ]);
    if (changes) confirmed.value = byKind(changes);
    if (cards) outcomes.value = cards;
    outbox.value = byTap(ops);
    const kept = new Set(ops.map((row) => row.id));
    if (committing.peek().some((row) => kept.has(row.id)))
      committing.value = committing.peek().filter((row) => !kept.has(row.id));
  } else {
    confirmed.value = new Map();
    outbox.value = [];
    outcomes.value = [];
  }
  scope.value = open;
  loaded.value = true;
}

function byKind(rows: readonly { kind: string; id: string; value: unknown }[]): Confirmed {
  const kinds = new Map<string, Map<string, unknown>>();
  for (const { kind, id, value } of rows) {
    const ids = kinds.get(kind) ?? new Map<string, unknown>();
    kinds.set(kind, ids.set(id, value));
  }
  return kinds;
}
