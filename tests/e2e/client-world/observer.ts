import { randomBytes } from "node:crypto";
import { uuid7 } from "../client.ts";
import type { Network } from "./network.ts";
import { promise, type Revision, type View } from "./oracle.ts";

/** A plain client in the shopper's scope that never taps: what it is told is what the server holds. */
export class Observer {
  #cursor: Revision = { rev: 0, rev_at: 0 };

  private constructor(
    private readonly network: Network,
    readonly cart: string,
    private readonly device: string,
    private login: Login,
  ) {}

  /** Joins the scope of a login that a phone has just been given. */
  static async join(network: Network, { access_token, cart_id }: { access_token: string; cart_id: string }): Promise<Observer> {
    const device = uuid7();
    return new Observer(network, cart_id, device, await newDevice(network, device, access_token));
  }

  /** A login of a further phone's own, as a cookie for its browser. */
  async handOver(): Promise<string> {
    await this.#renew();
    return (await newDevice(this.network, uuid7(), this.login.token)).cookie;
  }

  async look(): Promise<Revision> {
    const { cursor, cursor_at } = await this.#pull(this.#cursor.rev);
    this.#cursor = { rev: cursor, rev_at: cursor_at };
    return this.#cursor;
  }

  /** All that the server tells a phone that knows nothing; and the outcomes that are open, by op. */
  async snapshot(): Promise<{ view: View; cards: Map<string, Record<string, unknown>> }> {
    const { changes, page } = await this.#pull(0);
    promise(!page, () => "the whole scope does not fit in one reply");
    const cards = changes.filter(({ kind, value }) => kind === "outcome" && value);
    return { view: viewOf(changes, this.cart), cards: new Map(cards.map(({ id, value }) => [id, value as Record<string, unknown>])) };
  }

  async #pull(cursor: number): Promise<Pulled> {
    for (let attempt = 0; ; attempt += 1) {
      const body = { schema: 1, device: this.device, cursor, sent_at: 0, ops: [], seen: [], limit: 500 };
      const answer = await post(this.network, "/api/v1/sync", body, { authorization: `Bearer ${this.login.token}` });
      if (answer.status === 200) return JSON.parse(answer.body);
      promise(answer.status === 401 && attempt === 0, () => `the observer was answered ${answer.status} ${answer.body}`);
      await this.#renew();
    }
  }

  async #renew(): Promise<void> {
    this.login = loginOf(await post(this.network, "/api/v1/auth/refresh", undefined, { cookie: this.login.cookie }));
  }
}

/** By `kind/id`, what the oracle knows of: of a cart line the quantity and the note. */
export function viewOf(changes: Iterable<{ kind: string; id: string; value: unknown }>, cart: string | null): View {
  const view: View = {};
  for (const { kind, id, value } of changes) {
    if (kind === "cart_line" && value) {
      const { quantity, note } = value as { quantity: number; note: string | null };
      promise(id.startsWith(`${cart}/`), () => `a line of another cart: ${id}`);
      view[`cart_line/${id.slice(id.indexOf("/") + 1)}`] = { quantity, note };
    }
    if (["wishlist_item", "address", "prefs"].includes(kind) && value) view[`${kind}/${id}`] = value;
  }
  return view;
}

interface Login {
  token: string;
  cookie: string;
}

interface Pulled {
  cursor: number;
  cursor_at: number;
  page: string | null;
  changes: { kind: string; id: string; value: unknown }[];
}

async function newDevice(network: Network, device_id: string, token: string): Promise<Login> {
  const pair = { device_id, secret: randomBytes(32).toString("base64url") };
  return loginOf(await post(network, "/api/v1/devices", pair, { authorization: `Bearer ${token}` }));
}

function loginOf({ status, body, cookies }: { status: number; body: string; cookies: string[] }): Login {
  promise(status < 300 && cookies.length === 1, () => `no login: ${status} ${body}`);
  return { token: JSON.parse(body).access_token, cookie: cookies[0]?.split(";")[0] ?? "" };
}

function post(network: Network, path: string, body: object | undefined, headers: Record<string, string>) {
  return network.ask({
    method: "POST",
    path,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    body: body ? JSON.stringify(body) : null,
  });
}
