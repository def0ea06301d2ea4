import type { Browser, BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { uuid7 } from "../client.ts";
import type { Market } from "../market.ts";
import { Phone as Hand } from "../phone.ts";
import { type Names, readStores, tapInPage } from "./in-page.ts";
import { PhoneLine } from "./line.ts";
import { Network } from "./network.ts";
import { viewOf } from "./observer.ts";
import { type Op, Oracle, promise, written } from "./oracle.ts";
import { ADDRESSES, LINES, type Script, type Step, type Tap, told } from "./script.ts";
import type { Row } from "./storage.ts";

/**
 * The same script on the built app in Chromium, each phone a browser context with a line of its own. What only a harness
 * can do to a phone (a copied storage, a wrong clock) is left out; all phones' clocks are wrong by the same, since the
 * server's clock stands where the script puts it.
 */
export async function liveInPages(
  script: Script,
  market: Market,
  clock: { now: number },
  skus: readonly string[],
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ happened: Map<string, number>; log: string[] }> {
  const world = new PagesWorld(script, market, clock, skus);
  try {
    await world.opens(browser, options);
    for (const step of script.steps) await world.step(step);
    await world.comesToRest();
    return { happened: world.network.happened, log: world.log };
  } catch (problem) {
    const words = String((world.network.broken as Error | null)?.message ?? (problem as Error).stack ?? problem);
    throw new Error(`seed ${script.seed}: ${words}\nthe last steps:\n${world.log.slice(-40).join("\n")}`);
  } finally {
    await world.ends();
  }
}

const SETTLE_MS = 1_500;
const REST_MS = 20_000;
const STEP_MS = 250;

class PagesWorld {
  readonly log: string[] = [];
  readonly network: Network;
  readonly #oracle: Oracle;
  readonly #names: Names;
  readonly #lost = new Set<string>();
  #phones: PagePhone[] = [];

  constructor(
    private readonly script: Script,
    private readonly market: Market,
    private readonly clock: { now: number },
    skus: readonly string[],
  ) {
    this.#oracle = new Oracle(new Set(skus));
    this.network = new Network(market, this.#oracle, (line) => this.log.push(line));
    this.#names = { skus: [...skus.slice(0, LINES - 1), "GONE-9"], addresses: Array.from({ length: ADDRESSES }, () => uuid7()) };
  }

  async opens(browser: Browser, options: BrowserContextOptions): Promise<void> {
    await this.#timePasses(STEP_MS);
    for (const [n, taps] of this.script.first_taps.entries()) {
      const phone = await PagePhone.pickUp(`c${n}`, this.network, this.#names, browser, options, await this.network.observer?.handOver());
      this.#phones.push(phone);
      phone.line.fates = n === 0 ? [...this.script.first_fates] : [];
      await phone.taps(taps);
      if (n === 0)
        await this.#until(
          async () => Boolean((await phone.kept()).scope?.scope),
          () => "the first phone never meets the server",
        );
    }
  }

  async step(step: Step): Promise<void> {
    const phone = "phone" in step ? this.#phones[step.phone] : undefined;
    if ("phone" in step && !phone) return;
    this.log.push(told(step));
    await this.#timePasses(step.do === "time_passes" ? step.ms : STEP_MS);
    switch (step.do) {
      case "tap":
        return phone?.taps(step.taps);
      case "sync":
        await phone?.talk(step.fates, step.meanwhile);
        break;
      case "together":
        await Promise.all(step.phones.map((each) => this.#phones[each.phone]?.talk(each.fates, [])));
        break;
      case "restart":
        return phone?.end();
      case "evict":
        for (const { id } of (await phone?.kept())?.outbox ?? []) this.#lost.add(id);
        return phone?.evict();
      case "late_arrive":
        return this.network.lateArrive();
      case "server_restarts":
        await this.network.alone(async () => {
          await this.market.crash();
          await this.market.restart();
        });
    }
    if (this.network.broken) throw this.network.broken;
  }

  async comesToRest(): Promise<void> {
    this.log.push("at rest");
    await this.network.lateArrive();
    for (const phone of this.#phones) phone.line.fates = [];
    await this.#allTalk();
    await this.#phones[0]?.taps([{ tap: "add", line: 0, pieces: 1 }]);
    await this.#allTalk();
    const due = this.#oracle.view();
    const server = await (this.network.observer as NonNullable<Network["observer"]>).snapshot();
    promise(written(server.view) === written(due), () => `the server holds ${written(server.view)} where ${written(due)} is due`);
    const open = this.#oracle.open();
    for (const phone of this.#phones) {
      const { scope, confirmed } = await phone.kept();
      const view = viewOf(confirmed, scope?.cart ?? null);
      promise(written(view) === written(due), () => `${phone.name} holds ${written(view)} where ${written(due)} is due`);
      const cart = Object.fromEntries(
        Object.entries(due).flatMap(([key, value]) =>
          key.startsWith("cart_line/") ? [[key.slice(10), (value as { quantity: number }).quantity]] : [],
        ),
      );
      promise(Object.keys(cart).length > 0, () => "the cart is empty in the end");
      const hand = await phone.hand();
      await hand.openCart();
      await this.#until(
        async () => written(await hand.cart()) === written(cart),
        async () => `the screen of ${phone.name} shows ${written(await hand.cart())} where ${written(cart)} is due`,
      );
      promise(phone.complaints.length === 0, () => `the page complained: ${phone.complaints.join("\n")}`);
    }
    for (const [id, { phone: name, op }] of this.#oracle.taps) {
      promise(
        this.#oracle.taken.has(id) || this.#lost.has(id),
        () => `${name} tapped ${JSON.stringify(op)}, and the server never heard of it`,
      );
      const verdict = open.get(id);
      if (!verdict) continue;
      const maker = await this.#phones.find((phone) => phone.name === name)?.kept();
      const cards = [
        ...(maker?.outcomes.filter((row) => !row.dismissed_at).map((row) => ({ id: row.id, ...row.outcome })) ?? []),
        ...(maker?.confirmed.filter((row) => row.kind === "outcome").map((row) => ({ ...row.value, id: row.id })) ?? []),
      ];
      const card = cards.find((each) => each.id === id);
      promise(
        card?.code === verdict.code && card?.why === verdict.why,
        () => `${name} was told ${JSON.stringify(card)} of its ${JSON.stringify(op)}, not ${written(verdict)}`,
      );
    }
  }

  async ends(): Promise<void> {
    await Promise.all(this.#phones.map((phone) => phone.close()));
    await this.network.alone(async () => undefined);
  }

  async #allTalk(): Promise<void> {
    await this.#timePasses(STEP_MS);
    await this.#until(
      async () => {
        for (const phone of this.#phones) await phone.talk([], []);
        const kept = await Promise.all(this.#phones.map((phone) => phone.kept()));
        return kept.every(({ outbox, staged, scope }) => !outbox.length && !staged.length && scope?.cursor === this.#oracle.revision.rev);
      },
      () => "the phones never come to rest",
    );
  }

  async #until(kept: () => Promise<boolean>, words: () => string | Promise<string>): Promise<void> {
    const deadline = Date.now() + REST_MS;
    while (!(await kept())) {
      if (this.network.broken) throw this.network.broken;
      if (Date.now() > deadline) throw new Error(await words());
      await pause(100);
    }
  }

  #timePasses(ms: number): Promise<void> {
    return this.network.alone(async () => {
      this.clock.now += ms;
      this.market.setClock(new Date(this.clock.now));
    });
  }
}

/** A phone in Chromium: one browser context, one page, the built app. */
class PagePhone {
  line!: PhoneLine;
  #page: Promise<Page> | null = null;
  readonly #hands: Hand[] = [];
  #known = new Set<string>();
  #tapping: Promise<unknown> = Promise.resolve();
  #meanwhile: Tap[] = [];

  private constructor(
    readonly name: string,
    private readonly network: Network,
    private readonly names: Names,
    private readonly context: BrowserContext,
  ) {}

  static async pickUp(
    name: string,
    network: Network,
    names: Names,
    browser: Browser,
    options: BrowserContextOptions,
    cookie?: string,
  ): Promise<PagePhone> {
    const phone = new PagePhone(name, network, names, await browser.newContext(options));
    phone.line = await PhoneLine.open(network, {
      taps: () => phone.taps(phone.#meanwhile.splice(0)),
      noted: () => phone.#tapping,
      dies: () => phone.end(),
      diesAfter: (writes) => void setTimeout(() => phone.end(), 2 * writes),
    });
    const [cookie_name = "", value = ""] = cookie?.split("=") ?? [];
    if (cookie) await phone.context.addCookies([{ name: cookie_name, value, url: phone.line.url, httpOnly: true, sameSite: "Strict" }]);
    return phone;
  }

  /** The open page; a new one when there is none. */
  page(): Promise<Page> {
    this.#page ??= this.#open();
    return this.#page;
  }

  /** What may be asked again when the page closes under it. */
  async #ask<T>(question: (page: Page) => Promise<T>): Promise<T> {
    for (;;) {
      const opened = this.page();
      try {
        return await question(await opened);
      } catch (problem) {
        if (this.#page === opened) throw problem;
      }
    }
  }

  async #open(): Promise<Page> {
    const page = await this.context.newPage();
    const hand = new Hand(page);
    this.#hands.push(hand);
    await page.goto(this.line.url);
    await hand.settled();
    return page;
  }

  /** What its pages threw or logged as errors. */
  get complaints(): string[] {
    return this.#hands.flatMap((hand) => hand.complaints);
  }

  async hand(): Promise<Hand> {
    return this.#ask(async (page) => new Hand(page));
  }

  /** The page closes, in whatever it was doing. */
  end(): void {
    void this.#page?.then((page) => page.close()).catch(() => undefined);
    this.#page = null;
  }

  /** The browser throws away what the app kept; the cookie stays. */
  async evict(): Promise<void> {
    const last = await this.#ask(async (page) => page);
    this.#page = null;
    await last.close();
    const blank = await this.context.newPage();
    const cdp = await this.context.newCDPSession(blank);
    await cdp.send("Storage.clearDataForOrigin", { origin: this.line.url, storageTypes: "indexeddb,local_storage" });
    await blank.close();
    this.#known.clear();
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.line.close();
  }

  /** The network is there: the app talks, its requests meet these fates. Waits until it falls silent. */
  async talk(fates: Script["first_fates"], meanwhile: readonly Tap[]): Promise<void> {
    const page = await this.#ask(async (open) => open);
    this.line.fates = [...fates];
    this.#meanwhile = [...meanwhile];
    await page.evaluate(() => void dispatchEvent(new Event("online"))).catch(() => undefined);
    await pause(60);
    for (let left = SETTLE_MS / 30; left > 0 && (this.line.open > 0 || (this.line.fates.length > 0 && left > SETTLE_MS / 60)); left -= 1)
      await pause(30);
    this.line.fates = [];
  }

  /** The app may send an op as soon as it is kept: the line waits until the oracle has heard of it. */
  async taps(taps: readonly Tap[]): Promise<void> {
    const work = this.#tapAll(taps);
    this.#tapping = Promise.all([this.#tapping, work]).catch(() => undefined);
    await work;
  }

  async #tapAll(taps: readonly Tap[]): Promise<void> {
    for (const tap of taps) {
      const page = await this.#ask(async (open) => open);
      const opened = this.#page;
      // A page that closes under the thumb has kept the tap or not.
      const made = await page.evaluate(tapInPage, { tap, ...this.names }).catch((problem) => {
        if (this.#page === opened) throw problem;
        return null;
      });
      const fresh: Op[] = [];
      for (let left = 100; left > 0; left -= 1) {
        fresh.splice(0);
        for (const { id, op } of (await this.kept()).ops) if (!this.#known.has(id)) fresh.push(op);
        if (fresh.length >= (made ?? 0)) break;
        await pause(20);
      }
      promise(fresh.length === (made ?? fresh.length), () => `${this.name}: a tap left ${fresh.length} ops behind: ${JSON.stringify(tap)}`);
      for (const op of fresh) {
        this.#known.add(op.id);
        this.network.oracle.tapped(this.name, op);
      }
    }
  }

  /** What the open scope has in the browser's storage, all of one moment. */
  async kept() {
    const rows = await this.#ask((page) => page.evaluate(readStores));
    const ops = [...rows.outbox, ...rows.acked].sort((a: Row, b: Row) => a.op.seq - b.op.seq);
    return { ...rows, scope: (rows.scopes[0] ?? null) as Row | null, ops };
  }
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
