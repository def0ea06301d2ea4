import type { Market } from "../market.ts";
import { Observer } from "./observer.ts";
import { type Letter, type Op, type Oracle, promise } from "./oracle.ts";
import type { Fate } from "./script.ts";

/** A request as it left a phone. */
export interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: string;
}

/** What a fate does to the phone itself. */
export interface Sender {
  /** The shopper goes on tapping while the reply is on its way. */
  taps(): Promise<void>;
  /** Resolves when the oracle has heard of every tap so far. */
  noted?(): Promise<unknown>;
  dies(): void;
  diesAfter(writes: number): void;
}

const SYNC = "/api/v1/sync";

/**
 * All that lies between phones and server: carries one request after the other, lets the oracle see each that arrived,
 * and does to it what the script says.
 */
export class Network {
  readonly happened = new Map<string, number>();
  observer: Observer | null = null;
  /** The first promise that was seen broken on the way; a phone takes it for a bad line. */
  broken: unknown = null;
  #late: Request[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly market: Market,
    readonly oracle: Oracle,
    private readonly log: (line: string) => void,
  ) {}

  /** The answer that the phone hears; null when it hears none. */
  async send(request: Request, fate: Fate, sender: Sender): Promise<Answer | null> {
    const name = typeof fate === "string" ? fate : (Object.keys(fate)[0] ?? "");
    this.#count(name);
    if (name !== "arrives") this.log(`  ${request.method} ${request.path}: ${JSON.stringify(fate)}`);
    if (typeof fate === "object") {
      if ("server_dies" in fate) return this.#deliver(request, fate.server_dies);
      const answer = await this.#deliver(request);
      sender.diesAfter(fate.dies_after);
      return answer;
    }
    switch (fate) {
      case "dropped":
        return null;
      case "late":
        if (request.path === SYNC) this.#late.push(request);
        return null;
      case "busy":
        return {
          status: 503,
          headers: { "retry-after": "1", "content-type": "application/problem+json" },
          cookies: [],
          body: '{"type":"/problems/unavailable"}',
        };
      case "dies_unsent":
        sender.dies();
        return null;
      case "paged":
        return this.#deliver({ ...request, body: request.body?.replace(/"limit":\d+/, '"limit":2') ?? null });
    }
    const answer = await this.#deliver(request);
    switch (fate) {
      case "reply_lost":
        return null;
      case "doubled":
        return this.#deliver(request);
      case "dies_unheard":
        sender.dies();
        return null;
      case "truncated":
        return answer && { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
      case "slow":
        await sender.taps();
        return answer;
      default:
        return answer;
    }
  }

  /** Requests that phones gave up long ago reach the server at last. */
  async lateArrive(): Promise<void> {
    for (const request of this.#late.splice(0)) {
      this.log(`  late: ${request.path}`);
      await this.#deliver(request);
    }
  }

  /** Nothing is on its way while `work` runs. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #deliver(request: Request, dies_in_ms?: number): Promise<Answer | null> {
    return this.alone(async () => {
      const asking = this.ask(request).catch(() => null);
      if (dies_in_ms !== undefined) {
        await Promise.race([asking, new Promise((done) => setTimeout(done, dies_in_ms))]);
        await this.market.crash();
        await this.market.restart();
      }
      const answer = await asking;
      promise(
        answer !== null || dies_in_ms !== undefined,
        () => `the server did not answer ${request.path}\n${this.market.output().slice(-2000)}`,
      );
      await this.#judge(request, answer).catch((problem) => {
        this.broken ??= problem;
        throw problem;
      });
      return answer;
    });
  }

  /** One request, with nobody looking on. */
  async ask({ method, path, headers, body }: Request): Promise<Answer> {
    const response = await fetch(this.market.url + path, { method, headers, body, redirect: "manual" });
    const { "set-cookie": _, "content-encoding": __, "content-length": ___, ...rest } = Object.fromEntries(response.headers);
    return { status: response.status, headers: rest, cookies: response.headers.getSetCookie(), body: await response.text() };
  }

  async #judge(request: Request, answer: Answer | null): Promise<void> {
    if (request.path === "/api/v1/auth/guest" && !this.observer && answer && answer.status < 300) {
      this.observer = await Observer.join(this, JSON.parse(answer.body));
      this.oracle.moved(await this.observer.look());
    }
    if (request.path !== SYNC || !request.body || !this.observer) return;
    const is_bearer = (request.headers.authorization ?? "").startsWith("Bearer ");
    const letter: Letter = { body: JSON.parse(request.body), is_bearer };
    const reply = answer?.status === 200 ? (JSON.parse(answer.body) as Reply) : null;
    if (answer?.status === 409) this.#count("forked");
    if (answer && !reply) this.log(`  ${letter.body.ops.length} ops -> ${answer.status} ${answer.body.slice(0, 80)}`);
    const now = reply && is_bearer && !reply.page ? { rev: reply.cursor, rev_at: reply.cursor_at } : await this.observer.look();
    const taken = reply !== null || (answer === null && now.rev > this.oracle.revision.rev && !this.#isForked(letter));
    if (!taken) return this.oracle.moved(now);
    this.oracle.take(letter, now);
    this.log(`  ${letter.body.ops.length} ops ${is_bearer ? "" : "by the device "}taken at revision ${now.rev}`);
    const acked = letter.body.ops.length ? Math.max(...letter.body.ops.map((op) => op.seq)) : null;
    promise(!reply || reply.acked === acked, () => `acked ${reply?.acked} of ${acked}`);
    promise(!reply?.reset, () => `a reset that nobody asked for: ${reply?.reset}`);
  }

  #count(name: string): void {
    this.happened.set(name, (this.happened.get(name) ?? 0) + 1);
  }

  #isForked({ body }: Letter): boolean {
    const held = (op: Op) =>
      [...this.oracle.taken].some(([id, each]) => each.device === body.device && each.seq === op.seq && id !== op.id);
    return body.ops.some((op) => !this.oracle.taken.has(op.id) && held(op));
  }
}

interface Reply {
  acked: number | null;
  cursor: number;
  cursor_at: number;
  page: string | null;
  reset: string | null;
}
