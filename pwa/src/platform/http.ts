import { clock } from "./clock";

/** A problem+json answer of the server. `slug` is the stable word of its type, e.g. "cart-ordered". */
export class Problem extends Error {
  readonly slug: string;
  constructor(
    readonly status: number,
    readonly body: ProblemBody,
    /** Milliseconds the server asked to wait (Retry-After), or null. */
    readonly retry_after_ms: number | null = null,
  ) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = "Problem";
    this.slug = body.type?.split("/").pop() ?? "internal";
  }
}

/** The request never got an answer: no network, or none in time. A TypeError, as `fetch` itself throws. */
export class Unreachable extends TypeError {
  override readonly name = "Unreachable";
}

export interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  request_id?: string;
  errors?: { pointer: string; detail: string }[] | null;
  [more: string]: unknown;
}

export interface CallOptions {
  query?: Record<string, string | number | undefined | null>;
  /** `none` sends no token, `required` first makes sure that there is one. By default the public catalogue
   *  is asked without, all else with. */
  auth?: "none" | "required";
  /** An Authorization value instead of the session's bearer; no refresh is tried. */
  authorization?: string;
  idempotency_key?: string;
  timeout_ms?: number;
  signal?: AbortSignal;
}

/** Where bearer tokens come from; the session hands itself in, so that this file knows nothing of accounts. */
export interface TokenSource {
  /** The token in memory or a fresh one; null when nobody is signed in on this phone. */
  token(): Promise<string | null>;
  /** A token other than `stale`; null when the login has ended. */
  renew(stale: string): Promise<string | null>;
}

const TIMEOUT_MS = 15_000;
const PUBLIC = /^\/api\/v1\/(products|shops|shelf|orders\/by-link)(\/|$)/;
let tokens: TokenSource = { token: async () => null, renew: async () => null };

export function useTokens(source: TokenSource): void {
  tokens = source;
}

/** One JSON call. Throws `Problem` for a refusal and `Unreachable` when there was no answer. */
export async function api<T>(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const response = await call(method, path, body, options);
  return (await json(response)) as T;
}

/** As `api`, but hands over the response itself (streams, headers). */
export async function call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Response> {
  const wants = options.auth ?? (PUBLIC.test(path) ? "none" : "required");
  if (options.authorization || wants === "none")
    return checked(await send(method, path, body, options, options.authorization));
  const token = await tokens.token();
  const response = await send(method, path, body, options, bearer(token));
  if (response.status !== 401 || !token) return checked(response);
  const renewed = await tokens.renew(token);
  return checked(renewed ? await send(method, path, body, options, bearer(renewed)) : response);
}

const bearer = (token: string | null): string | undefined => (token ? `Bearer ${token}` : undefined);

async function send(
  method: string,
  path: string,
  body: unknown,
  options: CallOptions,
  authorization: string | undefined,
): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (authorization) headers.authorization = authorization;
  const isFile = body instanceof Blob;
  if (body !== undefined && !isFile) headers["content-type"] = "application/json";
  if (options.idempotency_key) headers["idempotency-key"] = options.idempotency_key;
  const stops = [AbortSignal.timeout(options.timeout_ms ?? TIMEOUT_MS)];
  if (options.signal) stops.push(options.signal);
  try {
    return await fetch(path + query(options.query), {
      method,
      headers,
      ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
      credentials: "same-origin",
      signal: AbortSignal.any(stops),
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new Unreachable("There was no answer from the shop.", { cause });
  }
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = ((await json(response).catch(() => null)) ?? {}) as ProblemBody;
  throw new Problem(response.status, body, retryAfter(response.headers.get("retry-after")));
}

/** An answer cut off half way counts as no answer; an empty one says nothing. */
async function json(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  } catch (cause) {
    throw new Unreachable("The answer of the shop was cut off.", { cause });
  }
}

function query(parts: CallOptions["query"]): string {
  const given = Object.entries(parts ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

/** Retry-After is a number of seconds or a date. */
function retryAfter(header: string | null): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - clock.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
