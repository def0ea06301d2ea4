import type { Planted } from "./app.ts";

/** A harness that cannot fail proves nothing: bugs to be put into the app's own source, each of which must be caught. */
export const bugs: Record<string, Planted> = {
  "acknowledged ops are dropped before their effect is applied": {
    file: "sync/apply.ts",
    line: "return { acked: acked.length, more: true, renumber: false };",
    instead: "await settle(tx, key, new Set(acked)); return { acked: acked.length, more: true, renumber: false };",
    seed: 20,
  },
  "what the device pushed never leaves the outbox": {
    file: "sync/apply.ts",
    line: "if (!acked.has(each.id) && !each.pushed) continue;",
    instead: "if (!acked.has(each.id)) continue;",
  },
  "what the device pushed counts as confirmed": {
    file: "sync/apply.ts",
    line: 'if (each) await tx.objectStore("outbox").put({ ...each, pushed: true });',
    instead: "await settle(tx, key, new Set([id]));",
  },
  "an op is sent again under a new id": {
    file: "sync/apply.ts",
    line: "ops.push(wire(op));",
    instead: "ops.push(wire({ ...op, id: crypto.randomUUID() }));",
  },
  "changes are applied and the cursor stays": {
    file: "sync/apply.ts",
    line: "epoch: reply.epoch, cursor: reply.cursor, cursor_at: reply.cursor_at });",
    instead: "epoch: reply.epoch });",
  },
  "a line that is gone stays on the phone": {
    file: "sync/apply.ts",
    line: 'await tx.objectStore("confirmed").delete([key, kind, id]);',
    instead: "",
    seed: 1,
  },
  "an outcome is named as seen and not kept": {
    file: "sync/apply.ts",
    line: 'if (outcome.code !== "working") seen.add(outcome.id);',
    instead: "seen.add(outcome.id); continue;",
  },
  "a fork leaves an op behind": {
    file: "db/scopes.ts",
    line: "if (each.pushed) continue;",
    instead: 'if (each.pushed || each.op.kind === "cart.add") continue;',
    seed: 5,
  },
  "a guest proves itself by a pair that nobody knows": {
    file: "platform/sign-in.ts",
    line: "row.proof ?? row;",
    instead: "row;",
    seed: 109,
  },
  "the base of an op is not what the phone showed": {
    file: "db/write.ts",
    line: "base: scope.cursor,",
    instead: "base: scope.cursor + 1,",
  },
  "a lost reply empties the outbox": {
    file: "sync/exchange.ts",
    line: "unreachable.value = problem instanceof Unreachable;",
    instead:
      'unreachable.value = problem instanceof Unreachable; if (unreachable.value) void import("../db/schema").then(async ({ database }) => (await database()).clear("outbox"));',
  },
};
