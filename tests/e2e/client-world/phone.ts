import type { Given, StartTab, Tab } from "./app.ts";
import type { Network } from "./network.ts";
import { type Op, type Oracle, promise } from "./oracle.ts";
import type { Fate, Tap } from "./script.ts";
import { copyOf, emptyStorage, type Row, rowsOf } from "./storage.ts";
import { type Shown, thumb } from "./thumb.ts";

/** What phones have in common. */
export interface Surroundings {
  network: Network;
  oracle: Oracle;
  startTab: StartTab;
  /** The true time, ms. Each tap takes a little of it. */
  clock: { now: number };
  skus: readonly string[];
  addresses: readonly string[];
}

const STORES = ["app", "scopes", "confirmed", "outbox", "acked", "staged", "outcomes"] as const;
const TAP_MS = 40;

/** A phone under Node: the app's own code over a storage, a cookie and a clock of its own. */
export class Phone {
  storage = emptyStorage();
  /** Ops whose place is in this storage, until the browser throws it away. */
  owed = new Set<string>();
  /** Outcomes that this storage was told of before they were sent away anywhere. */
  told = new Set<string>();
  cookie: string | null = null;
  /** May talk: the first one from the start, the others once they were handed a login. */
  may_talk = false;
  #words = new Map<string, string>();
  #process: Process | null = null;
  #fates: Fate[] = [];
  #meanwhile: { tab: number; taps: Tap[] } = { tab: 0, taps: [] };

  constructor(
    readonly name: string,
    readonly around: Surroundings,
    public clock_error: number,
  ) {}

  /** Another phone that was set up from a backup of this one. */
  async copied(name: string): Promise<Phone> {
    const copy = new Phone(name, this.around, this.clock_error);
    copy.storage = await copyOf(this.storage);
    copy.owed = new Set(this.owed);
    copy.told = new Set(this.told);
    copy.cookie = this.cookie;
    copy.may_talk = this.may_talk;
    copy.#words = new Map(this.#words);
    return copy;
  }

  /** Tabs of the app in the running process, which starts when there is none. */
  async tab(number = 0): Promise<Tab> {
    if (!this.#process || this.#process.is_over) this.#process = new Process();
    const { tabs } = this.#process;
    for (let missing = tabs.length; missing <= number; missing += 1) {
      const tab = this.around.startTab(this.#given(this.#process));
      tab.session.startSession();
      tab.view.useRooms(tab.rooms);
      await tab.reader.startMirror();
      tabs.push(tab);
    }
    return tabs[number] as Tab;
  }

  /** The process ends wherever it is. What was written stays. */
  end(): void {
    this.#process?.end();
    this.#process = null;
  }

  /** The browser throws away what the app kept; its cookie stays. */
  evict(): void {
    this.end();
    this.storage = emptyStorage();
    this.#words.clear();
    this.owed.clear();
    this.told.clear();
  }

  /** Runs what may be the last thing this process does. False when the process ended before it did. */
  async live(number: number, fates: readonly Fate[], meanwhile: readonly Tap[], work: (tab: Tab) => Promise<unknown>): Promise<boolean> {
    this.#fates = [...fates];
    this.#meanwhile = { tab: number, taps: [...meanwhile] };
    const tab = await this.tab(number);
    const process = this.#process as Process;
    const ended = Symbol();
    const end = await Promise.race([work(tab), process.ended.then(() => ended)]);
    this.#fates = [];
    this.#meanwhile.taps = [];
    process.writes_left = Number.POSITIVE_INFINITY;
    return end !== ended;
  }

  async taps(number: number, taps: readonly Tap[]): Promise<void> {
    for (const tap of taps) await this.#tap(number, tap);
  }

  async #tap(number: number, tap: Tap): Promise<void> {
    const tab = await this.tab(number);
    await tab.reader.refresh();
    const before = await this.kept();
    const known = new Set(before.ops.map((row) => row.id));
    this.around.clock.now += TAP_MS;
    const shown: Shown = { skus: this.around.skus, addresses: this.around.addresses };
    const expected = thumb(tab, tap, shown);
    await expected.done;
    for (let left = 500; ; left -= 1) {
      const { ops } = await this.kept();
      const fresh = ops.filter((row) => !known.has(row.id));
      if (fresh.length >= expected.ops.length) {
        for (const [n, { op }] of fresh.entries()) this.#noted(op, expected.ops[n], before.scope);
        break;
      }
      promise(left > 0, () => `${this.name}: a tap left no op behind: ${JSON.stringify(tap)}`);
    }
    await tab.reader.refresh();
    if (expected.line) {
      const { sku, quantity } = expected.line;
      promise(
        tab.cart.quantityOf(sku) === quantity,
        () => `${this.name} shows ${tab.cart.quantityOf(sku)} of ${sku} after a tap for ${quantity}`,
      );
    }
  }

  /** Holds an op against what the thumb meant and what the screen stood on. */
  #noted(op: Op, meant: Record<string, unknown> | undefined, before: Row | null): void {
    for (const [field, value] of Object.entries(meant ?? {}))
      promise(
        op[field] === value,
        () => `${this.name}: ${field} ${JSON.stringify(op[field])} where ${JSON.stringify(value)} was tapped: ${JSON.stringify(op)}`,
      );
    const stood = [before?.cursor ?? 0, before?.cursor_at ?? 0];
    promise(
      op.base === stood[0] && op.base_at === stood[1],
      () => `${this.name}: based on ${op.base} at ${op.base_at} where ${stood} was shown`,
    );
    this.around.oracle.tapped(this.name, op);
    this.owed.add(op.id);
  }

  /** What the open scope has in storage, all of one moment. */
  async kept() {
    const rows = await rowsOf(this.storage, STORES);
    const current = rows.app.find((row) => typeof row === "string");
    const own = (store: (typeof STORES)[number]) => rows[store].filter((row) => row.key === current);
    const [outbox, acked] = [own("outbox"), own("acked")];
    const ops = [...outbox, ...acked].sort((a, b) => a.op.seq - b.op.seq);
    return {
      scope: (own("scopes")[0] ?? null) as Row | null,
      confirmed: own("confirmed"),
      staged: own("staged"),
      outcomes: own("outcomes"),
      outbox,
      acked,
      ops,
    };
  }

  /** What a browser gives to the app. */
  #given(process: Process): Given {
    const time = () => this.around.clock.now + this.clock_error;
    class PhoneDate extends Date {
      constructor(...given: unknown[]) {
        super(...((given.length ? given : [time()]) as [number]));
      }
      static override now = time;
    }
    const words = this.#words;
    return {
      navigator: { onLine: true, languages: ["en"], locks: { request: process.request } },
      indexedDB: process.guarded(this.storage),
      localStorage: {
        getItem: (name: string) => words.get(name) ?? null,
        setItem: (name: string, text: string) => void words.set(name, text),
      },
      location: { pathname: "/", search: "" },
      document: {
        visibilityState: "visible",
        getElementById: () => null,
        addEventListener: () => undefined,
        documentElement: { dataset: {} },
      },
      addEventListener: () => undefined,
      BroadcastChannel: process.channel,
      fetch: (path: string, init: RequestInit) => this.#fetch(process, path, init),
      Date: PhoneDate,
    };
  }

  async #fetch(process: Process, path: string, init: RequestInit): Promise<Response> {
    if (process.is_over) return never();
    const headers = { ...(init.headers as Record<string, string>), ...(this.cookie && { cookie: this.cookie }) };
    const request = { method: init.method ?? "GET", path, headers, body: (init.body as string | undefined) ?? null };
    const answer = await this.around.network.send(request, this.#fates.shift() ?? "arrives", {
      taps: () => this.taps(this.#meanwhile.tab, this.#meanwhile.taps.splice(0)),
      dies: () => this.end(),
      diesAfter: (writes) => (process.writes_left = writes),
    });
    if (process.is_over) return never();
    if (!answer) throw new TypeError("The network was lost.");
    for (const cookie of answer.cookies) this.cookie = cookie.includes("Max-Age=0") ? null : (cookie.split(";")[0] ?? null);
    return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers: answer.headers });
  }
}

const never = () => new Promise<never>(() => undefined);

/** A browser's process: what its tabs share, and what ends with it. */
class Process {
  readonly tabs: Tab[] = [];
  is_over = false;
  /** So many transactions may still be written before it ends. */
  writes_left = Number.POSITIVE_INFINITY;
  #end: () => void = () => undefined;
  readonly ended = new Promise<void>((end) => (this.#end = end));
  readonly #locks = new Map<string, Promise<unknown>>();
  readonly #channels = new Set<Channel>();

  end(): void {
    this.is_over = true;
    this.#end();
  }

  /** Web Locks: one queue a name. */
  readonly request = <T>(name: string, given: unknown, work?: () => Promise<T>): Promise<T> => {
    const run = (work ?? given) as () => Promise<T>;
    const turn = (this.#locks.get(name) ?? Promise.resolve()).then(run, run);
    this.#locks.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };

  /** The BroadcastChannel of this process's tabs. */
  get channel(): new () => Channel {
    const all = this.#channels;
    return class extends Channel {
      constructor() {
        super(all);
      }
    };
  }

  /** The storage as this process sees it: once over, nothing it asks for is ever answered. */
  guarded(storage: Row) {
    return {
      open: (...given: unknown[]) => {
        const opening = storage.open(...given);
        opening.addEventListener("success", () => {
          const db = opening.result;
          const { transaction } = db;
          db.transaction = (stores: string[], mode?: string, options?: object) => {
            if (mode === "readwrite" && this.writes_left-- <= 0) this.end();
            return this.is_over ? unanswered : transaction.call(db, stores, mode, options);
          };
        });
        return opening;
      },
    };
  }
}

/** A transaction in which nothing ever happens. */
const unanswered: object = new Proxy(
  {},
  {
    get(_, name) {
      if (name === "then") return () => undefined;
      if (name === "done") return never();
      return name === "store" ? unanswered : () => unanswered;
    },
  },
);

class Channel {
  readonly #listeners: ((event: { data: unknown }) => void)[] = [];

  constructor(private readonly all: Set<Channel>) {
    all.add(this);
  }

  addEventListener(_: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.push(listener);
  }

  postMessage(data: unknown): void {
    const tell = (other: Channel) => {
      for (const listen of other.#listeners) listen({ data });
    };
    for (const other of this.all) if (other !== this) queueMicrotask(() => tell(other));
  }
}
