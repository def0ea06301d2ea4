import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { firstItems, uuid7 } from "./client.ts";
import { startMarket } from "./market.ts";

const PHONES = 4;
const TAPS = 60;
const KILLS = 5;

type Op = { id: string; seq: number } & Record<string, unknown>;

/** A phone that sends what waits until it is answered, however often the server dies meanwhile. */
class StubbornPhone {
  failures = 0;
  readonly cart = new Map<string, number>();
  #outbox: Op[] = [];
  #seq = 0;
  #cursor = 0;
  #cursorAt = 0;

  constructor(
    private readonly url: string,
    readonly token: string,
    private readonly device: string,
  ) {}

  tap(line: string): void {
    this.#seq += 1;
    this.#outbox.push({
      id: uuid7(), seq: this.#seq, at: Date.now(), base: this.#cursor, base_at: this.#cursorAt, kind: "cart.add", cart: null, line, delta: 1,
    });
  }

  async sync(): Promise<void> {
    const request = {
      schema: 1, epoch: null, device: this.device, cursor: this.#cursor, sent_at: Date.now(), ops: this.#outbox, seen: [], limit: 500,
    };
    const reply = await this.#ask(request);
    this.#outbox = this.#outbox.filter((op) => op.seq > (reply.acked ?? 0));
    for (const { kind, id, value } of reply.changes) {
      if (kind !== "cart_line") continue;
      const line = id.slice(id.indexOf("/") + 1);
      if (value) this.cart.set(line, value.quantity);
      else this.cart.delete(line);
    }
    this.#cursor = reply.cursor;
    this.#cursorAt = reply.cursor_at;
  }

  async #ask(request: object): Promise<Reply> {
    for (let attempt = 0; attempt < 400; attempt += 1) {
      const reply = await whole(post(`${this.url}/api/v1/sync`, request, this.token));
      if (reply?.ok) return JSON.parse(reply.text) as Reply;
      if (reply && reply.status < 500) throw new Error(`sync answered ${reply.status}: ${reply.text}`);
      this.failures += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("the server never came back");
  }
}

interface Reply {
  acked: number | null;
  cursor: number;
  cursor_at: number;
  changes: { kind: string; id: string; value: { quantity: number } | null }[];
}

function post(url: string, body: object, token?: string): Promise<Response> {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
}

/** The reply with its whole body; undefined when the server died before the last byte, be it in the headers or in the body. */
async function whole(asked: Promise<Response>): Promise<{ ok: boolean; status: number; text: string } | undefined> {
  try {
    const reply = await asked;
    return { ok: reply.ok, status: reply.status, text: await reply.text() };
  } catch {
    return undefined;
  }
}

const device = () => ({ device_id: uuid7(), secret: randomBytes(32).toString("base64url") });

test("killed with -9 while four phones sync, the server loses no tap and doubles none", async () => {
  test.setTimeout(240_000);
  const market = await startMarket();
  try {
    const skus = (await firstItems(market.url, 3)).map((item) => item.sku);
    const first = device();
    const guest = (await (await post(`${market.url}/api/v1/auth/guest`, first)).json()) as { access_token: string };
    const phones = [new StubbornPhone(market.url, guest.access_token, first.device_id)];
    while (phones.length < PHONES) {
      const further = device();
      expect((await post(`${market.url}/api/v1/devices`, further, guest.access_token)).ok).toBe(true);
      phones.push(new StubbornPhone(market.url, guest.access_token, further.device_id));
    }
    const expected: Record<string, number> = {};
    let tapping = true;
    const taps = phones.map(async (phone, number) => {
      for (let tap = 0; tap < TAPS; tap += 1) {
        const sku = skus[(tap + number) % skus.length] as string;
        expected[sku] = (expected[sku] ?? 0) + 1;
        phone.tap(sku);
        await phone.sync();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const all = Promise.all(taps).finally(() => {
      tapping = false;
    });
    all.catch(() => undefined);
    let kills = 0;
    while (tapping && kills < KILLS) {
      await new Promise((resolve) => setTimeout(resolve, 180 + 70 * kills));
      await market.crash();
      await market.restart();
      kills += 1;
    }
    await all;
    const failures = phones.reduce((sum, phone) => sum + phone.failures, 0);
    expect(kills, "the server was killed while phones were tapping").toBe(KILLS);
    expect(failures, "some requests met a dead server").toBeGreaterThan(0);
    for (const phone of phones) {
      await phone.sync();
      expect(Object.fromEntries(phone.cart)).toEqual(expected);
    }
  } finally {
    await market.stop();
  }
});
