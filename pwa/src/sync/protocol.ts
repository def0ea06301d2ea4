import type { Change, Op, Outcome, Reset } from "../db/schema";

/** The shape of ops this build makes; the server serves this and the three before it. */
export const SCHEMA = 1;
/** The server takes 200 ops and 256 KiB; a little is left for the frame. */
export const MAX_OPS = 200;
export const MAX_BYTES = 240 * 1024;
export const PAGE_LIMIT = 500;
/** Outcomes named as seen in one request; the rest with the next. */
export const MAX_SEEN = 500;

/** What `POST /api/v1/sync` takes. `page` takes the place of `cursor` while a long reply is fetched. */
export interface SyncRequest {
  schema: number;
  epoch?: string;
  device: string;
  cursor?: number;
  page?: string;
  sent_at: number;
  ops: Partial<Op>[];
  seen: string[];
  limit: number;
}

export interface SyncReply {
  epoch: string;
  server_time: number;
  acked: number | null;
  cursor: number;
  cursor_at: number;
  page: string | null;
  reset: Reset | null;
  upgrade: boolean;
  outcomes: Outcome[];
  changes: Change[];
}

/** Ops that may be sent by the device's own authority when the login has ended. */
export function needsNoLogin(kind: string): boolean {
  return /^(cart|wishlist|message)\./.test(kind);
}

/** The op as it travels: without an epoch when it was tapped before the first talk with the server. */
export function wire(op: Op): Partial<Op> {
  const { epoch, ...rest } = op;
  return epoch ? op : rest;
}
