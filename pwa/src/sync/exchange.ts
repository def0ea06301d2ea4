import type { ScopeRow } from "../db/schema";
import { currentScope, renewDevice } from "../db/scopes";
import { isFull, withSpace } from "../db/space";
import { announce } from "../platform/channel";
import { api, Problem, Unreachable } from "../platform/http";
import { withLock } from "../platform/locks";
import { signedOut } from "../platform/session";
import { adoptLogin, knowDevice, reviveDevice, tellRestored, tokens } from "../platform/sign-in";
import { checkForUpdate } from "../platform/worker";
import { type Authority, apply, collect, dropStaged } from "./apply";
import { MAX_OPS, type SyncReply, type SyncRequest } from "./protocol";
import { trouble, unreachable } from "./status";

/**
 * The exchange: what waits goes up, what changed comes down, until there is nothing left to say. One tab speaks at a
 * time. It may be cut off at any point: the request is made again from the database, and the ops' ids make a resend
 * harmless.
 */
export function syncNow(): Promise<Ended> {
  if (running) {
    again ??= running.then(() => {
      again = null;
      return syncNow();
    });
    return again;
  }
  running = withLock(LOCK, exchange).finally(() => {
    running = null;
  });
  return running;
}

/** How an exchange ended: all said, or to be tried again after a while (null: only on a new reason). */
export interface Ended {
  retry_after_ms: number | null;
}

export const LOCK = "sampan-sync";
const DONE: Ended = { retry_after_ms: null };
const MAX_ROUNDS = 200;
const MAX_REPAIRS = 6;
const BUSY_MS = 5_000;
const STUCK_MS = 10 * 60_000;
const SERVER_OLDER_MS = 60_000;
const FULL_MS = 60_000;

let running: Promise<Ended> | null = null;
let again: Promise<Ended> | null = null;

/** What one run remembers between its rounds. */
interface Run {
  max_ops: number;
  /** Repairs (fork, split, new device …) are few in one run, so that no two of them can chase each other for ever. */
  repairs: number;
}

async function exchange(): Promise<Ended> {
  const run: Run = { max_ops: MAX_OPS, repairs: 0 };
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const next = await speak(run);
      if (next !== "more") return next;
    }
    return { retry_after_ms: BUSY_MS };
  } finally {
    announce({ type: "in_flight", ids: [] });
  }
}

async function speak(run: Run): Promise<Ended | "more"> {
  const said: Said = { row: null, token: null, request: null };
  try {
    await open(said);
    const { row, token } = said;
    if (!row) return DONE;
    const right: Authority = token ? "login" : "device";
    const request = await collect(row.key, right, run.max_ops);
    if (!request || (right === "device" && (!request.ops.length || !row.device_known))) return DONE;
    said.request = request;
    announce({ type: "in_flight", ids: request.ops.map((op) => String(op.id)) });
    const reply = await post(request, token ? `Bearer ${token}` : `Device ${row.device}:${row.secret}`);
    const applied = await withSpace(() => apply(row.key, request, reply, right));
    if (applied.renumber) await renewDevice(row.key);
    if (token && !applied.more) tellRestored();
    announce({ type: "changed" });
    unreachable.value = false;
    if (request.ops.length && !applied.acked) throw new Error("The server answered without acknowledging an op.");
    trouble.value = null;
    if (reply.upgrade) void checkForUpdate();
    return applied.more || (await anythingLeft(row.key, right, run.max_ops)) ? "more" : DONE;
  } catch (problem) {
    return answer(run, problem, said);
  }
}

/** What was at hand when a round went wrong. */
interface Said {
  row: ScopeRow | null;
  /** Null when the login has ended and only the device can speak for the scope. */
  token: string | null;
  request: SyncRequest | null;
}

/** The open scope with its token and a device that the server knows. A phone without any scope has nothing to say. */
async function open(said: Said): Promise<void> {
  if (!(await currentScope()) && !(await adoptLogin())) return;
  said.token = await tokens.token();
  said.row = await currentScope();
  if (!said.token || !said.row || said.row.device_known) return;
  await knowDevice(said.row.key);
  said.row = await currentScope();
}

function post(request: SyncRequest, authorization: string): Promise<SyncReply> {
  return api<SyncReply>("POST", "/api/v1/sync", request, { authorization, timeout_ms: 30_000 });
}

async function anythingLeft(key: string, right: Authority, max_ops: number): Promise<boolean> {
  return ((await collect(key, right, max_ops))?.ops.length ?? 0) > 0;
}

/** Repairs what can be repaired; a repair that fails is answered like any other failure, but only once. */
async function answer(run: Run, problem: unknown, said: Said): Promise<Ended | "more"> {
  try {
    if (problem instanceof Problem && run.repairs < MAX_REPAIRS) {
      run.repairs += 1;
      if (await mended(run, problem, said)) return "more";
    }
    return refused(problem);
  } catch (another) {
    return refused(another);
  }
}

/** What a refusal means. Whatever it is, nothing leaves the outbox here. */
function refused(problem: unknown): Ended {
  unreachable.value = problem instanceof Unreachable;
  if (unreachable.value) return { retry_after_ms: BUSY_MS };
  if (isFull(problem)) {
    trouble.value = "full";
    return { retry_after_ms: FULL_MS };
  }
  if (!(problem instanceof Problem)) throw problem;
  if (problem.status === 426) {
    trouble.value = "upgrade";
    void checkForUpdate();
    return DONE;
  }
  if (problem.status === 401 && signedOut.value) return DONE;
  const busy = problem.status === 429 || problem.status >= 500;
  trouble.value = busy ? "busy" : "stuck";
  const least = problem.slug === "server-older" ? SERVER_OLDER_MS : busy ? BUSY_MS : STUCK_MS;
  return { retry_after_ms: problem.retry_after_ms ?? least };
}

/** True when the cause is repaired and the same ops can be sent again at once. */
async function mended(run: Run, problem: Problem, { row, token, request }: Said): Promise<boolean> {
  if (!row) return false;
  switch (problem.slug) {
    case "device-forked":
    case "device-taken":
      return (await renewDevice(row.key)) !== null;
    case "device-unknown":
      await reviveDevice(row);
      return true;
  }
  if (problem.status === 401 && token) {
    await tokens.renew(token);
    return true;
  }
  if (problem.status === 413 && request && request.ops.length > 1) {
    run.max_ops = Math.ceil(request.ops.length / 2);
    return true;
  }
  if (request?.page && problem.status < 500 && problem.status !== 429) {
    await dropStaged(row.key);
    return true;
  }
  return false;
}
