import type { Account, ScopeRow } from "../db/schema";
import {
  changeScope,
  currentScope,
  findScope,
  forgetConfirmed,
  leaveScope,
  newScope,
  openScope,
  renewDevice,
  switchScope,
} from "../db/scopes";
import { unsentCount } from "../db/write";
import { announce } from "./channel";
import { clock } from "./clock";
import { api, Problem, type TokenSource, Unreachable } from "./http";
import { forgetPapers } from "./kept-papers";
import { withLock } from "./locks";
import { forgetPersonal } from "./personal";
import { type Registration, restored, signedOut, type Unsent } from "./session";

/** The desk where tokens are had: guest, refresh, register, login, logout. `session` is what the screens know of it. */

interface AuthReply {
  access_token: string;
  expires_in: number;
  scope_id: string;
  cart_id: string;
  epoch: string;
  account: Account | null;
  absorbed?: { lines: number };
}

interface Token {
  key: string;
  text: string;
  expires_at: number;
}

const EARLY_MS = 30_000;
let held: Token | null = null;
let asking: Promise<string | null> | null = null;

export const tokens: TokenSource = {
  async token() {
    const row = await currentScope();
    if (held && held.key === row?.key && held.expires_at - EARLY_MS > clock.now()) return held.text;
    return ask();
  },
  async renew(stale) {
    if (held?.text === stale) held = null;
    return held?.text ?? ask();
  },
};

/** One question at a time in this tab, one tab at a time in this browser. */
function ask(): Promise<string | null> {
  asking ??= withLock("sampan-session", prove).finally(() => {
    asking = null;
  });
  return asking;
}

/** Gets a token for the open scope by the cookie, else (a guest) by the device's pair. Null: the account must log in. */
async function prove(): Promise<string | null> {
  const row = await openScope();
  const adopts = row.scope === null && row.may_adopt;
  if (row.scope !== null || (adopts && !noCookie)) {
    const reply = await refreshed();
    if (reply && (adopts || reply.scope_id === row.scope)) {
      adopted ||= adopts;
      await settle(row.key, reply);
      return reply.access_token;
    }
  }
  if (row.account) {
    signedOut.value = true;
    return null;
  }
  return (await guest(row)).access_token;
}

/** The browser holds no login cookie: asked once, so that a first visit is not refused twice. */
let noCookie = false;

/** The login was taken over by its cookie, and its data is not here yet. */
let adopted = false;

/** A reply was taken in whole: what the browser had thrown away is back, and the app says so. */
export function tellRestored(): void {
  restored.value ||= adopted;
  adopted = false;
}

/**
 * A phone without any data of its own may still hold a login: the browser has thrown the data away. Then the scope
 * is opened again with a new device, and the next exchange brings everything back.
 */
export async function adoptLogin(): Promise<boolean> {
  if (noCookie) return false;
  const reply = await withLock("sampan-session", refreshed);
  if (!reply) return false;
  const row = await openScope();
  if (row.scope !== null) return true;
  adopted = true;
  await settle(row.key, reply);
  return true;
}

/** The cookie's login; null when there is none, or it has ended. */
async function refreshed(): Promise<AuthReply | null> {
  const reply = await auth("refresh").catch(onlyRefusals);
  noCookie = !reply?.access_token;
  return noCookie ? null : reply;
}

/**
 * Opens or reopens the guest's scope. A pair that another phone holds is given up for a new one; the outbox stays. After
 * a fork the pair from before speaks: the new one would open another shopper's scope.
 */
async function guest(row: ScopeRow, again = true): Promise<AuthReply> {
  const { device, secret } = row.proof ?? row;
  try {
    const reply = await auth("guest", { device_id: device, secret });
    await settle(row.key, reply, { device_known: !row.proof, proof: row.proof });
    return reply;
  } catch (problem) {
    const taken = again && problem instanceof Problem && problem.slug === "device-taken";
    const fresh = taken && (await renewDevice(row.key));
    if (!fresh) throw problem;
    return guest({ ...fresh, proof: null }, false);
  }
}

/** Makes a new device (after a fork, an eviction or a restore) known to the server. Needs a token in memory. */
export async function knowDevice(key: string): Promise<void> {
  const row = await currentScope();
  if (!row || row.key !== key || row.device_known || !held) return;
  await api(
    "POST",
    "/api/v1/devices",
    { device_id: row.device, secret: row.secret },
    { authorization: `Bearer ${held.text}` },
  );
  await changeScope(key, (now) => (now.device === row.device ? { ...now, device_known: true, proof: null } : null));
}

/**
 * The server has lost this device (it came back from a backup older than the device). A guest proves itself with
 * the same pair; an account takes a new device and, if its login is gone too, must log in. The outbox goes along.
 */
export async function reviveDevice(row: ScopeRow): Promise<void> {
  held = null;
  if (row.account) await renewDevice(row.key);
  else await guest(row);
}

export async function register(given: Registration): Promise<void> {
  const row = await openScope();
  const reply = await auth("register", given, await tokens.token());
  await settle(row.key, reply);
  signedOut.value = false;
  announce({ type: "session" });
}

export async function login(email: string, password: string): Promise<{ absorbed: number }> {
  const open = await openScope();
  const mine = (row: ScopeRow) => row.account?.email.toLowerCase() === email.trim().toLowerCase();
  if (!open.account) await drain(open);
  // Read again: the first talk with the server has just given a new guest its scope and cart.
  const guestRow = open.account ? null : await currentScope();
  const known = mine(open) ? open : await findScope(mine);
  const target = known ?? attempted(email);
  const token = guestRow?.scope ? await tokens.token() : null;
  const reply = await auth("login", credentials(email, password, target, guestRow), token).catch(async (problem) => {
    if (!known || !(problem instanceof Problem) || !["device-taken", "device-unknown"].includes(problem.slug))
      throw problem;
    const fresh = (await renewDevice(known.key)) ?? known;
    return auth("login", credentials(email, password, fresh, guestRow), token);
  });
  if (known?.scope && known.scope !== reply.scope_id) await forgetConfirmed(known.key);
  await switchScope(target);
  await settle(target.key, reply, { device_known: true });
  attempt = null;
  signedOut.value = false;
  announce({ type: "session" });
  return { absorbed: reply.absorbed?.lines ?? 0 };
}

/** A login repeated after a lost reply names the same device again. */
let attempt: { email: string; row: ScopeRow } | null = null;

function attempted(email: string): ScopeRow {
  if (attempt?.email !== email) attempt = { email, row: newScope() };
  return attempt.row;
}

function credentials(email: string, password: string, target: ScopeRow, guestRow: ScopeRow | null) {
  return {
    email: email.trim(),
    password,
    device_id: target.device,
    secret: target.secret,
    ...(guestRow?.cart && { guest_cart: guestRow.cart }),
  };
}

export async function logout(unsent: Unsent): Promise<void> {
  const row = await openScope();
  if (unsent === "keep") await drain(row).catch(() => undefined);
  if (unsent === "discard" || !(await unsentCount(row.key))) await forgetDevice(row);
  await auth("logout").catch(() => undefined);
  await forgetPapers();
  forgetPersonal();
  held = null;
  await switchScope(newScope());
  await leaveScope(row.key, unsent);
  signedOut.value = false;
  announce({ type: "session" });
}

/** This phone leaves the account's list; offline it stays there until it is signed out from another. */
async function forgetDevice(row: ScopeRow): Promise<void> {
  if (!row.account || !row.device_known) return;
  await api("DELETE", `/api/v1/devices/${row.device}`, undefined, { auth: "required" }).catch(() => undefined);
}

export async function unsentOnLogout(): Promise<number> {
  return unsentCount((await openScope()).key);
}

/** Sends everything that waits; fails when something cannot be sent now. */
async function drain(row: ScopeRow): Promise<void> {
  if (!(await unsentCount(row.key))) return;
  const { syncNow } = await import("../sync/exchange");
  await syncNow();
  if (await unsentCount(row.key)) throw new Unreachable("Some changes are still waiting on this phone.");
}

async function auth(
  what: "guest" | "register" | "login" | "refresh" | "logout",
  body?: unknown,
  token?: string | null,
) {
  return api<AuthReply>(
    "POST",
    `/api/v1/auth/${what}`,
    body ?? (what === "refresh" || what === "logout" ? undefined : {}),
    {
      ...(token ? { authorization: `Bearer ${token}` } : { auth: "none" }),
    },
  );
}

/** Keeps a reply's token in memory and its facts in the scope's row. */
async function settle(key: string, reply: AuthReply, more: Partial<ScopeRow> = {}): Promise<void> {
  noCookie = false;
  held = { key, text: reply.access_token, expires_at: clock.now() + reply.expires_in * 1000 };
  await changeScope(key, (row) => ({
    ...row,
    scope: reply.scope_id,
    may_adopt: false,
    account: reply.account,
    cart: reply.cart_id,
    epoch: row.epoch || reply.epoch,
    ...more,
  }));
  if (reply.account) signedOut.value = false;
  announce({ type: "changed" });
}

/** A refused refresh means "no login here"; silence of the network must not be taken for it. */
function onlyRefusals(problem: unknown): null {
  if (problem instanceof Problem && (problem.status === 401 || problem.status === 403 || problem.status === 404))
    return null;
  throw problem;
}
