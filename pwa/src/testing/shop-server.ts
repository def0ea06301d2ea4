import type { Change, Op, Outcome } from "../db/schema";
import type { SyncReply, SyncRequest } from "../sync/protocol";

/**
 * A server in a test that behaves as the sync design says: exactly once by op id, forks told from resends, snapshots
 * in pages, outcomes until they are seen, resets. Its merge is as simple as one phone needs. Faults are switched on
 * by the test.
 */
export class ShopServer {
  epoch = "e1";
  rev = 0;
  /** Every request body that reached the server, in order. */
  requests: SyncRequest[] = [];
  /** Authorization of each of them. */
  authorizations: string[] = [];
  /** What each log-in asked to take over, and in whose name. */
  logins: { guest_cart?: string; authorization: string | null }[] = [];
  devices = new Map<string, string>();
  /** Devices that proved themselves as a guest's; an unknown one would open a scope of its own. */
  guests: string[] = [];
  lines = new Map<string, { quantity: number; rev: number }>();
  extra: Change[] = [];
  outcomes = new Map<string, Outcome>();
  page_size = 500;
  max_ops = 200;
  login: "guest" | "account" | "ended" = "guest";
  /** Called before an exchange is looked at; what it returns is the answer. */
  fault: ((request: SyncRequest, n: number) => Response | undefined) | null = null;
  /** How many of the next replies are lost after the server has done its work. */
  lose_replies = 0;
  reset: SyncReply["reset"] = null;
  readonly #ops = new Map<string, { device: string; seq: number }>();
  #saved: string | null = null;

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const path = String(input).split("?")[0];
    const body = init.body ? JSON.parse(String(init.body)) : {};
    const headers = new Headers(init.headers);
    switch (path) {
      case "/api/v1/auth/refresh":
        return this.login === "account" ? this.#token() : refusal(401, "unauthorized");
      case "/api/v1/auth/guest": {
        const known = this.devices.get(body.device_id);
        if (known && known !== body.secret) return refusal(409, "device-taken");
        this.devices.set(body.device_id, body.secret);
        this.guests.push(body.device_id);
        return this.#token();
      }
      case "/api/v1/auth/login":
        this.login = "account";
        this.logins.push({ guest_cart: body.guest_cart, authorization: headers.get("authorization") });
        this.devices.set(body.device_id, body.secret);
        return this.#token(body.email);
      case "/api/v1/devices":
        this.devices.set(body.device_id, body.secret);
        return new Response(null, { status: 204 });
      case "/api/v1/sync":
        return this.#sync(body, headers.get("authorization") ?? "");
    }
    return refusal(404, "not-found");
  };

  quantity(line: string): number {
    return this.lines.get(line)?.quantity ?? 0;
  }

  /** What another phone did. */
  put(line: string, quantity: number): void {
    this.lines.set(line, { quantity, rev: ++this.rev });
  }

  /** The server is set back to what `backup` saw, under a new epoch. */
  backup(): void {
    this.#saved = JSON.stringify([this.rev, [...this.lines], [...this.#ops]]);
  }

  restore(): void {
    const [rev, lines, ops] = JSON.parse(this.#saved ?? "[0,[],[]]");
    this.rev = rev;
    this.lines = new Map(lines);
    this.#ops.clear();
    for (const [id, op] of ops) this.#ops.set(id, op);
    this.epoch = `e${Number(this.epoch.slice(1)) + 1}`;
  }

  /** A clone of the phone has already used this number for another op. */
  takeSeq(device: string, seq: number): void {
    this.#ops.set("a-clone's-op", { device, seq });
  }

  #token(email = "shopper@demo.sampan"): Response {
    const account = this.login === "account" ? { email, roles: [], shops: [] } : null;
    return reply({
      access_token: `token-${this.login}`,
      expires_in: 600,
      scope_id: "scope-1",
      cart_id: "cart-1",
      epoch: this.epoch,
      account,
    });
  }

  #sync(request: SyncRequest, authorization: string): Response {
    this.requests.push(request);
    this.authorizations.push(authorization);
    const fault = this.fault?.(request, this.requests.length);
    if (fault) return fault;
    const by_device = authorization.startsWith("Device ");
    if (!by_device && this.login === "ended") return refusal(401, "token-expired");
    if (!this.devices.has(request.device)) return refusal(401, "device-unknown");
    if (request.ops.length > this.max_ops) return refusal(413, "too-big");
    for (const op of request.ops as Op[])
      for (const [id, known] of this.#ops)
        if (known.device === request.device && known.seq === op.seq && id !== op.id)
          return refusal(409, "device-forked");
    for (const id of request.seen) this.outcomes.delete(id);
    for (const op of request.ops as Op[]) this.#apply(op, request.device);
    const answer = by_device ? this.#silent(request) : this.#answer(request);
    if (this.lose_replies > 0) {
      this.lose_replies -= 1;
      throw new TypeError("The connection was lost.");
    }
    return reply(answer);
  }

  #apply(op: Op, device: string): void {
    if (this.#ops.has(op.id)) return;
    this.#ops.set(op.id, { device, seq: op.seq });
    const line = String(op.line);
    const before = this.quantity(line);
    if (op.kind === "cart.add") this.lines.set(line, { quantity: before + Number(op.delta), rev: ++this.rev });
    else if (op.kind === "cart.set") this.lines.set(line, { quantity: Number(op.quantity), rev: ++this.rev });
    else if (op.kind === "cart.remove") this.lines.set(line, { quantity: 0, rev: ++this.rev });
    else if (op.kind === "checkout.place") this.outcomes.set(op.id, { id: op.id, code: "working" });
    else if (op.kind !== "outcome.dismiss" && op.kind !== "address.put")
      this.outcomes.set(op.id, { id: op.id, seq: op.seq, code: "rejected", why: "unknown_kind" });
  }

  #answer(request: SyncRequest): SyncReply {
    const fresh = request.epoch !== undefined && request.epoch !== this.epoch;
    const reset = this.reset ?? (fresh ? "epoch" : null);
    this.reset = null;
    const [after, from] = request.page && !reset ? JSON.parse(request.page) : [reset ? 0 : (request.cursor ?? 0), 0];
    const all = this.#changes(after, after === 0);
    const changes = all.slice(from, from + this.page_size);
    const next = from + changes.length;
    const page = next < all.length ? JSON.stringify([after, next]) : null;
    return { ...this.#silent(request), cursor: this.rev, cursor_at: this.rev * 10, page, reset, changes };
  }

  #silent(request: SyncRequest): SyncReply {
    return {
      epoch: this.epoch,
      server_time: 1,
      acked: request.ops.length ? Number(request.ops.at(-1)?.seq) : null,
      cursor: request.cursor ?? 0,
      cursor_at: 0,
      page: null,
      reset: null,
      upgrade: false,
      outcomes: [...this.outcomes.values()],
      changes: [],
    };
  }

  #changes(after: number, snapshot: boolean): Change[] {
    const lines = [...this.lines]
      .filter(([, line]) => line.rev > after && !(snapshot && line.quantity === 0))
      .map(([sku, { quantity, rev }]) => ({
        kind: "cart_line",
        id: `cart-1/${sku}`,
        rev,
        value: quantity ? { quantity, note: null, product: null, market: null } : null,
      }));
    return [...lines, ...this.extra.filter((change) => change.rev > after)].sort((a, b) => a.rev - b.rev);
  }
}

export function refusal(status: number, slug: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: `/problems/${slug}`, title: slug }), { status, headers });
}

function reply(body: unknown): Response {
  return new Response(JSON.stringify(body), { status: 200 });
}
