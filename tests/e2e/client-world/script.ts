import { Chance } from "./chance.ts";

/**
 * What happens in one world, written from its seed alone before anything runs: who taps what, what becomes of which
 * request, whose clock jumps, whose storage is lost. No line of it depends on an answer of the server, so that a seed
 * replays whatever the network's timing is.
 */
export interface Script {
  seed: number;
  phones: number;
  /** The shopper registers; in the others they stay a guest. */
  has_account: boolean;
  /** What each phone's clock shows too much, ms. A copy of a phone has the clock of the copied one. */
  clocks: number[];
  /** What each phone taps before any of them has had a network. */
  first_taps: Tap[][];
  /** What becomes of the first phone's first requests. */
  first_fates: Fate[];
  steps: Step[];
}

/** What a thumb does. Lines and addresses are numbers that the run gives names to. */
export type Tap =
  | { tap: "add"; line: number; pieces: number }
  | { tap: "step"; line: number; pieces: number }
  | { tap: "set"; line: number; pieces: number }
  | { tap: "remove"; line: number }
  | { tap: "note"; line: number; text: string }
  | { tap: "wish" | "unwish"; line: number }
  | { tap: "country" | "currency"; value: string }
  | { tap: "save_address"; address: number; street: string }
  | { tap: "remove_address"; address: number }
  /** What an open card offers, if there is one. */
  | { tap: "card"; card: number; action: number };

/** What becomes of one request. */
export type Fate =
  | "arrives"
  /** Never reaches the server. */
  | "dropped"
  | "reply_lost"
  /** Reaches it twice; the phone reads the second reply. */
  | "doubled"
  /** The phone gives up; it reaches the server behind later ones. */
  | "late"
  /** Answered 503 on its way. */
  | "busy"
  /** The reply is cut off half way. */
  | "truncated"
  /** The reply takes its time, the shopper taps meanwhile. */
  | "slow"
  /** The reply comes in pages of two changes. */
  | "paged"
  /** The phone's process ends: before the request is out, before its reply is heard, or some writes after it. */
  | "dies_unsent"
  | "dies_unheard"
  | { dies_after: number }
  /** The server's process is killed while it has the request, so many ms later. */
  | { server_dies: number };

export type Step =
  | { do: "tap"; phone: number; tab: number; taps: Tap[] }
  | { do: "sync"; phone: number; tab: number; fates: Fate[]; meanwhile: Tap[] }
  | { do: "together"; phones: { phone: number; fates: Fate[] }[] }
  /** The app is closed; the worker sends what waits. */
  | { do: "worker"; phone: number; fates: Fate[] }
  | { do: "late_arrive" }
  | { do: "time_passes"; ms: number }
  | { do: "clock_jumps"; phone: number; ms: number }
  | { do: "restart"; phone: number }
  | { do: "evict"; phone: number }
  | { do: "clone"; phone: number }
  | { do: "login_ends"; phone: number }
  | { do: "login"; phone: number }
  | { do: "server_restarts" };

export const LINES = 5;
export const ADDRESSES = 2;
const STEPS = 34;
const MAX_PHONES = 5;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

export function writeScript(seed: number, most_phones = 4): Script {
  const chance = new Chance(seed);
  const phones = chance.between(2, most_phones);
  const has_account = chance.percent(35);
  const clocks = Array.from({ length: phones }, () => chance.weighed([[3, 0], [4, chance.between(-9 * DAY, 9 * DAY)], [3, chance.between(-40, 40) * DAY]]));
  const first_taps = clocks.map(() => (chance.percent(40) ? someTaps(chance, 3) : []));
  // A phone without any tap has nothing to say to the server.
  first_taps[0]?.unshift({ tap: "add", line: 0, pieces: chance.between(1, 9) });
  const first_fates = someFates(chance);
  const stage: Stage = { chance, phones, ended: new Set(), copied: new Set(), has_account };
  const steps = Array.from({ length: STEPS }, () => someStep(stage));
  return { seed, phones, has_account, clocks, first_taps, first_fates, steps };
}

/** As far as the script knows how the world stands. */
interface Stage {
  chance: Chance;
  phones: number;
  has_account: boolean;
  /** Phones whose login has ended. */
  ended: Set<number>;
  /** Phones that share their login with a copy; the server ends it when it sees both use it. */
  copied: Set<number>;
}

function someStep(stage: Stage): Step {
  const { chance } = stage;
  const phone = chance.between(0, stage.phones - 1);
  const tab = chance.percent(15) ? 1 : 0;
  const kind = chance.weighed([
    [34, "tap"], [34, "sync"], [6, "together"], [6, "worker"], [4, "late_arrive"], [8, "time_passes"], [4, "clock_jumps"],
    [4, "restart"], [3, "evict"], [3, "clone"], [stage.has_account ? 4 : 0, "login_ends"], [stage.has_account ? 2 : 0, "login"],
    [0.5, "server_restarts"],
  ] as const);
  switch (kind) {
    case "sync":
      return { do: kind, phone, tab, fates: someFates(chance), meanwhile: someTaps(chance, 2) };
    case "together": {
      const phones = Array.from({ length: stage.phones }, (_, each) => each).filter(() => chance.percent(70));
      return { do: kind, phones: phones.map((each) => ({ phone: each, fates: someFates(chance) })) };
    }
    case "worker":
      return { do: kind, phone, fates: someFates(chance) };
    case "time_passes":
      return { do: kind, ms: chance.between(1, chance.weighed([[5, 3 * SECOND], [4, 20 * 60 * SECOND], [2, 5 * HOUR], [1, 2 * DAY]])) };
    case "clock_jumps":
      return { do: kind, phone, ms: chance.between(-3 * 24, 3 * 24) * HOUR };
    case "clone":
      if (stage.phones >= MAX_PHONES) break;
      if (stage.ended.has(phone)) stage.ended.add(stage.phones);
      stage.copied.add(phone).add(stage.phones);
      stage.phones += 1;
      return { do: kind, phone };
    case "evict":
      // Without a login the browser's data is all that this phone had: nothing could bring it back.
      if (stage.ended.has(phone) || stage.copied.has(phone)) break;
      return { do: kind, phone };
    case "login_ends":
      stage.ended.add(phone);
      return { do: kind, phone };
    case "login":
      stage.ended.delete(phone);
      return { do: kind, phone };
    case "late_arrive":
    case "server_restarts":
      return { do: kind };
    case "restart":
      return { do: kind, phone };
    case "tap":
      break;
  }
  return { do: "tap", phone, tab, taps: someTaps(chance, 3) };
}

/** Mostly nothing happens to a request; when something does, it may happen again to the next. */
function someFates(chance: Chance): Fate[] {
  const fates: Fate[] = [];
  while (fates.length < 4 && chance.percent(62)) fates.push(someFate(chance));
  return fates;
}

function someFate(chance: Chance): Fate {
  return chance.weighed<Fate>([
    [20, "arrives"], [12, "reply_lost"], [6, "dropped"], [6, "doubled"], [6, "late"], [6, "busy"], [6, "truncated"], [9, "slow"],
    [8, "paged"], [4, "dies_unsent"], [6, "dies_unheard"], [8, { dies_after: chance.between(1, 4) }],
    [2, { server_dies: chance.between(0, 12) }],
  ]);
}

function someTaps(chance: Chance, most: number): Tap[] {
  return Array.from({ length: chance.between(1, most) }, () => someTap(chance));
}

function someTap(chance: Chance): Tap {
  const line = chance.weighed([[6, 0], [4, 1], [2, 2], [2, 3], [0.4, LINES - 1]]);
  const pieces = chance.between(1, 9);
  return chance.weighed<Tap>([
    [26, { tap: "add", line, pieces }],
    [16, { tap: "step", line, pieces: chance.between(-6, 3) || -1 }],
    [18, { tap: "set", line, pieces: chance.percent(8) ? 0 : pieces * 3 }],
    [9, { tap: "remove", line }],
    [7, { tap: "note", line, text: chance.percent(15) ? "" : `wrap ${pieces}` }],
    [6, { tap: "wish", line }],
    [4, { tap: "unwish", line }],
    [3, { tap: "country", value: chance.pick(["NL", "PT", "JP", "US"]) }],
    [3, { tap: "currency", value: chance.pick(["EUR", "USD", "JPY"]) }],
    [4, { tap: "save_address", address: chance.between(0, ADDRESSES - 1), street: `${pieces} Quay` }],
    [2, { tap: "remove_address", address: chance.between(0, ADDRESSES - 1) }],
    [5, { tap: "card", card: chance.between(0, 4), action: chance.between(0, 1) }],
  ]);
}

/** One line of the log. */
export function told(step: Step): string {
  const { do: what, ...rest } = step;
  return `${what} ${JSON.stringify(rest)}`;
}
