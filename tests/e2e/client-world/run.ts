import { newPerson, uuid7 } from "../client.ts";
import type { Market } from "../market.ts";
import type { StartTab } from "./app.ts";
import { Network } from "./network.ts";
import { viewOf } from "./observer.ts";
import { Broken, Oracle, promise, written } from "./oracle.ts";
import { Phone, type Surroundings } from "./phone.ts";
import { ADDRESSES, type Fate, LINES, type Script, type Step, type Tap, told } from "./script.ts";

/** What a run has lived through, for the question whether the harness does anything at all. */
export interface Lived {
  happened: Map<string, number>;
  /** Ops by what became of them. */
  verdicts: Map<string, number>;
  /** All that happened, in words. */
  log: string[];
}

const STEP_MS = 250;
const STEP_AT_MOST_MS = 30_000;
const MAX_ROUNDS = 12;
const LAST_LINES = 40;

/** Lives one script on phones under Node. A broken promise is thrown with the seed and the last steps. */
export async function live(
  script: Script,
  market: Market,
  clock: { now: number },
  skus: readonly string[],
  startTab: StartTab,
): Promise<Lived> {
  const world = new World(script, market, clock, skus, startTab);
  try {
    await world.keeps(world.opens());
    for (const step of script.steps) await world.keeps(world.step(step));
    await world.keeps(world.comesToRest());
    return world.lived();
  } catch (problem) {
    const words = problem instanceof Broken ? problem.message : String((problem as Error).stack ?? problem);
    throw new Error(`seed ${script.seed}: ${words}\nthe last steps:\n${world.log.slice(-LAST_LINES).join("\n")}`);
  } finally {
    await world.ends();
  }
}

class World {
  readonly log: string[] = [];
  readonly phones: Phone[];
  readonly #oracle: Oracle;
  readonly #network: Network;
  readonly #around: Surroundings;
  readonly #person = newPerson();
  readonly #happened = new Map<string, number>();
  /** Ops that waited in a storage which the browser threw away. */
  readonly #lost = new Set<string>();

  constructor(
    private readonly script: Script,
    private readonly market: Market,
    private readonly clock: { now: number },
    skus: readonly string[],
    startTab: StartTab,
  ) {
    // The last line of a script is of a product that is no longer sold.
    const lines = [...skus.slice(0, LINES - 1), "GONE-9"];
    this.#oracle = new Oracle(new Set(skus));
    this.#network = new Network(market, this.#oracle, (line) => this.log.push(line));
    const addresses = Array.from({ length: ADDRESSES }, () => uuid7());
    this.#around = { network: this.#network, oracle: this.#oracle, startTab, clock, skus: lines, addresses };
    this.phones = script.clocks.map((error, n) => new Phone(`p${n}`, this.#around, error));
  }

  /** A step, and what was seen on the way meanwhile; one that never ends is a broken promise too. */
  async keeps(step: Promise<void>): Promise<void> {
    await inTime(step).catch((problem) => {
      throw this.#network.broken ?? problem;
    });
    if (this.#network.broken) throw this.#network.broken;
  }

  /** Everybody taps without a network; then the first phone meets the server, and the others are handed a login. */
  async opens(): Promise<void> {
    await this.#timePasses(STEP_MS);
    for (const [n, taps] of this.script.first_taps.entries()) await this.phones[n]?.taps(0, taps);
    const first = this.phones[0] as Phone;
    first.may_talk = true;
    await this.#sync(first, 0, this.script.first_fates);
    await this.#enters(first);
    const observer = this.#network.observer;
    promise(observer !== null, () => "the first phone never meets the server");
    if (this.script.has_account) {
      await first.live(0, [], [], (tab) => tab.session.register(this.#person));
      this.#oracle.moved(await observer.look());
    }
    for (const phone of this.phones.slice(1)) {
      phone.cookie = await observer.handOver();
      phone.may_talk = true;
    }
  }

  async step(step: Step): Promise<void> {
    this.log.push(told(step));
    this.#happened.set(step.do, (this.#happened.get(step.do) ?? 0) + 1);
    await this.#timePasses(step.do === "time_passes" ? step.ms : STEP_MS);
    const phone = this.phones["phone" in step ? step.phone : 0] as Phone;
    switch (step.do) {
      case "tap":
        return phone.taps(step.tab, step.taps);
      case "sync":
        return this.#sync(phone, step.tab, step.fates, step.meanwhile);
      case "together":
        await Promise.all(step.phones.map((each) => this.#sync(this.phones[each.phone] as Phone, 0, each.fates)));
        return;
      case "worker":
        phone.end();
        await phone.live(0, step.fates, [], (tab) => tab.locks.withLock(tab.exchange.LOCK, tab.pushByDevice).catch(onlyTheNetwork));
        phone.end();
        return this.#check(phone);
      case "late_arrive":
        return this.#network.lateArrive();
      case "time_passes":
        return;
      case "clock_jumps":
        phone.clock_error += step.ms;
        return;
      case "restart":
        return phone.end();
      case "evict": {
        if (!phone.cookie) await this.#enters(phone);
        const { outbox } = await phone.kept();
        for (const { id } of outbox) this.#lost.add(id);
        return phone.evict();
      }
      case "clone":
        await this.#enters(phone);
        this.phones.push(await phone.copied(`p${this.phones.length} (once ${phone.name})`));
        return;
      case "login_ends":
        await this.#enters(phone);
        phone.cookie = null;
        return phone.end();
      case "login":
        return this.#login(phone);
      case "server_restarts":
        return this.#network.alone(async () => {
          await this.market.crash();
          await this.market.restart();
        });
    }
  }

  /** No more faults: everybody talks until there is nothing left to say. One more tap, so that no cart ends empty; then all must agree. */
  async comesToRest(): Promise<void> {
    this.log.push("at rest");
    await this.#network.lateArrive();
    await this.#allTalk();
    await this.phones[0]?.taps(0, [{ tap: "add", line: 0, pieces: 1 }]);
    await this.#allTalk();
    await this.#allAgree();
  }

  async #allTalk(): Promise<void> {
    for (let left = MAX_ROUNDS; left > 0; left -= 1) {
      await this.#timePasses(STEP_MS);
      const { rev } = this.#oracle.revision;
      for (const phone of this.phones) {
        await this.#sync(phone, 0);
        if ((await phone.tab()).session.signedOut.value) await this.#login(phone).then(() => this.#sync(phone, 0));
      }
      const kept = await Promise.all(this.phones.map((phone) => phone.kept()));
      const is_quiet = kept.every(({ outbox, staged, scope }) => !outbox.length && !staged.length && scope?.cursor === rev);
      if (is_quiet && rev === this.#oracle.revision.rev) return;
    }
    throw new Broken("the phones never come to rest");
  }

  async #allAgree(): Promise<void> {
    const oracle = this.#oracle;
    const due = oracle.view();
    const server = await (this.#network.observer as NonNullable<Network["observer"]>).snapshot();
    promise(written(server.view) === written(due), () => `the server holds ${written(server.view)} where ${written(due)} is due`);
    const open = oracle.open();
    for (const [id, verdict] of open)
      promise(
        verdictOf(server.cards.get(id)) === written(verdict),
        () => `the server shows ${verdictOf(server.cards.get(id))} for ${id}: ${written(verdict)}`,
      );
    promise(server.cards.size === open.size, () => `${server.cards.size} cards where ${open.size} are open`);
    for (const phone of this.phones) {
      const tab = await phone.tab();
      await tab.reader.refresh();
      const kinds = ["cart_line", "wishlist_item", "address", "prefs"];
      const shown = kinds.flatMap((kind) => [...tab.view.view.value.all(kind)].map(([id, value]) => ({ kind, id, value })));
      const view = viewOf(shown, tab.cart.cartId.value);
      promise(written(view) === written(due), () => `${phone.name} shows ${written(view)} where ${written(due)} is due`);
      promise(tab.status.line.value.state === "sent", () => `${phone.name} is at rest and says ${JSON.stringify(tab.status.line.value)}`);
      for (const card of tab.status.cards.value)
        promise(open.has(card.id) || !phone.told.has(card.id), () => `${phone.name} shows a card that is gone: ${JSON.stringify(card)}`);
    }
    for (const [id, { phone: name, op }] of oracle.taps) {
      const maker = this.phones.find((phone) => phone.name === name) as Phone;
      promise(oracle.taken.has(id) || this.#lost.has(id), () => `${name} tapped ${JSON.stringify(op)}, and the server never heard of it`);
      const verdict = open.get(id);
      if (!verdict) continue;
      const card = (await maker.tab()).status.cards.value.find((each) => each.id === id);
      promise(
        verdictOf(card?.outcome) === written(verdict),
        () => `${name} was told ${verdictOf(card?.outcome)} of its ${JSON.stringify(op)}, not ${written(verdict)}`,
      );
    }
    promise(
      Object.keys(due).some((key) => key.startsWith("cart_line/")),
      () => "the cart is empty in the end",
    );
  }

  /** One exchange as the app makes it, whatever becomes of its requests. */
  async #sync(phone: Phone, tab: number, fates: readonly Fate[] = [], meanwhile: readonly Tap[] = []): Promise<void> {
    if (!phone.may_talk) return;
    await phone.live(tab, fates, meanwhile, ({ exchange }) => exchange.syncNow());
    await this.#check(phone);
  }

  /** Before its login is shared or ends, a phone has used it: else it would be another shopper's. */
  async #enters(phone: Phone): Promise<void> {
    for (let left = MAX_ROUNDS; left > 0 && !(await phone.kept()).scope?.scope; left -= 1) await this.#sync(phone, 0);
  }

  /** What holds on a phone at any time, online or not. */
  async #check(phone: Phone): Promise<void> {
    const oracle = this.#oracle;
    const { scope, confirmed, outbox, acked, outcomes } = await phone.kept();
    const cursor = scope?.cursor ?? 0;
    const has = new Set([...outbox, ...acked].map(({ id }) => id));
    for (const id of phone.owed) promise(has.has(id), () => `${phone.name} has forgotten ${JSON.stringify(oracle.taps.get(id)?.op)}`);
    for (const { id, op } of acked) {
      const rev = oracle.taken.get(id)?.rev;
      promise(rev !== undefined, () => `${phone.name} believes that the server has ${JSON.stringify(op)}`);
      promise(rev <= cursor, () => `${phone.name} at revision ${cursor} let go of ${JSON.stringify(op)}, whose effect came with ${rev}`);
    }
    for (const { id, op, pushed } of outbox)
      promise(!pushed || oracle.taken.has(id), () => `${phone.name} believes to have pushed ${JSON.stringify(op)}`);
    for (const { id, by_device } of outcomes) if (!by_device && !oracle.dismissed.has(id)) phone.told.add(id);
    const view = written(viewOf(confirmed, scope?.cart ?? null));
    promise(
      view === oracle.viewAt(cursor),
      () => `${phone.name} at revision ${cursor} holds ${view} where ${oracle.viewAt(cursor)} is due`,
    );
  }

  async #login(phone: Phone): Promise<void> {
    const { email, password } = this.#person;
    await phone.live(0, [], [], (tab) => tab.session.login(email, password));
  }

  #timePasses(ms: number): Promise<void> {
    return this.#network.alone(async () => {
      this.clock.now += ms;
      this.market.setClock(new Date(this.clock.now));
    });
  }

  /** Nothing of this world goes on in the next. */
  async ends(): Promise<void> {
    for (const phone of this.phones) phone.end();
    await this.#network.alone(async () => undefined);
  }

  lived(): Lived {
    const verdicts = new Map<string, number>();
    for (const { verdict } of this.#oracle.taken.values()) verdicts.set(verdict.code, (verdicts.get(verdict.code) ?? 0) + 1);
    return { happened: new Map([...this.#happened, ...this.#network.happened]), verdicts, log: this.log };
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Broken("this step never ends")), STEP_AT_MOST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A verdict as an outcome tells it. */
function verdictOf(outcome: object | undefined): string {
  const { code, why, kept } = (outcome ?? {}) as Record<string, unknown>;
  return written({ code, why, kept });
}

/** The worker gives up when the network fails; the browser lets it try again later. */
function onlyTheNetwork(problem: unknown): void {
  if (!(problem instanceof TypeError) && !/answered (429|5\d\d)/.test(String(problem)) && !(problem instanceof SyntaxError)) throw problem;
}
