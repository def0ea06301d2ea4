import { signal } from "@preact/signals";
import { clock } from "../platform/clock";
import { uuidv7 } from "../platform/ids";
import type { Op, OpRow } from "./schema";

/** Kind and fields of an op; the rest (id, seq, base …) is given by `enqueue`. */
export type NewOp = { kind: string } & Record<string, unknown>;

/** Ops tapped in this tab whose transaction has not committed yet: shown at once, so that a tap never waits for the disk. */
export const committing = signal<readonly OpRow[]>([]);
/** Why the last tap that could not be kept was not; the app tells the shopper. */
export const unkept = signal<unknown>(null);

const MAX_OP_BYTES = 16 * 1024;

/**
 * Keeps a tap for good: one strict-durability transaction takes the next seq, the base the phone showed, and
 * writes the op. Only then may anything be sent. `shown` stays on the phone: what to draw until the server answers.
 * Null when this phone could not keep it: then it no longer shows, and the shopper is told.
 */
export async function enqueue(op: NewOp, shown?: unknown): Promise<Op | null> {
  const id = uuidv7();
  const at = clock.now();
  if (JSON.stringify(op).length > MAX_OP_BYTES) throw new RangeError("This is too long to be kept.");
  const draft: OpRow = {
    key: "",
    id,
    device: "",
    op: { ...op, id, seq: Number.MAX_SAFE_INTEGER, at, base: 0, base_at: 0, epoch: "" },
    shown,
  };
  committing.value = [...committing.value, draft];
  try {
    const { write } = await import("./write");
    return await write(op, id, at, shown);
  } catch (problem) {
    committing.value = committing.value.filter((each) => each.id !== id);
    unkept.value = problem;
    return null;
  }
}
