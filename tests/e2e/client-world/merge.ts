/**
 * What a cart line and a register must hold, worked out from every op ever taken. Written from the rule itself, not from
 * the server or the app: nothing is folded and nothing is forgotten, so that conservation can be read off.
 */

/** Where an op stands in the scope's history; times in ms. */
export interface Place {
  device: string;
  seq: number;
  rev: number;
  base: number;
  base_at: number;
  at: number;
  sent_at: number;
  received_at: number;
}

/** What becomes of an op. */
export interface Verdict {
  code: string;
  why?: string;
  kept?: number;
}

/** A decision that holds until a later one; `eff` in µs. */
interface Stamp {
  eff: number;
  device: string;
  seq: number;
  rev: number;
}

/** The last decision of each device, µs. */
export type LastEff = Map<string, number>;

const hadSeen = (place: Place, other: { device: string; seq: number; rev: number }): boolean =>
  (other.device === place.device && other.seq < place.seq) || other.rev <= place.base;

/** The stamp of a set that wins over the present decision; null when it loses. Moves the device's last decision on. */
function decide(place: Place, present: Stamp | null, last: LastEff): Stamp | null {
  const { device, seq, rev, received_at, base_at } = place;
  const tapped = Math.min(Math.max(received_at - Math.max(0, place.sent_at - place.at), base_at), received_at);
  const seen = present !== null && hadSeen(place, present);
  const eff = Math.max(tapped * 1000, (last.get(device) ?? 0) + 1, seen ? present.eff + 1 : 0);
  last.set(device, eff);
  if (present && !seen && !isGreater({ eff, device, seq, rev }, present)) return null;
  return { eff, device, seq, rev };
}

function isGreater(one: Stamp, other: Stamp): boolean {
  if (one.eff !== other.eff) return one.eff > other.eff;
  return one.device === other.device ? one.seq > other.seq : one.device > other.device;
}

export class Register {
  value: unknown = null;
  #stamp: Stamp | null = null;

  write(place: Place, value: unknown, last: LastEff): Verdict {
    const stamp = decide(place, this.#stamp, last);
    if (!stamp) return { code: "superseded" };
    this.#stamp = stamp;
    this.value = value;
    return { code: "applied" };
  }
}

export class Line {
  readonly note = new Register();
  #set: (Stamp & { value: number }) | null = null;
  /** Every step ever; `seen` once a set had seen it. */
  readonly #steps: { device: string; seq: number; rev: number; delta: number; seen: boolean }[] = [];

  /** The winning set, and every step that no set had seen. */
  get quantity(): number {
    return Math.max(0, this.#total());
  }

  add(place: Place, delta: number): Verdict {
    this.#step(place, delta);
    this.#forgive(place);
    return { code: "applied" };
  }

  set(place: Place, value: number, last: LastEff): Verdict {
    for (const step of this.#steps) step.seen ||= hadSeen(place, step);
    const kept = this.#unseen();
    const stamp = decide(place, this.#set, last);
    if (stamp) this.#set = { ...stamp, value };
    this.#forgive(place);
    if (!stamp) return { code: "superseded" };
    return kept === 0 ? { code: "applied" } : { code: "merged", why: "unseen_add_kept", kept };
  }

  #unseen(): number {
    return this.#steps.reduce((sum, step) => sum + (step.seen ? 0 : step.delta), 0);
  }

  #total(): number {
    return (this.#set?.value ?? 0) + this.#unseen();
  }

  #step({ device, seq, rev }: Place, delta: number): void {
    this.#steps.push({ device, seq, rev, delta, seen: false });
  }

  /** No hidden debt: the op that takes a line below zero brings it back to zero. */
  #forgive(place: Place): void {
    const total = this.#total();
    if (total < 0) this.#step(place, -total);
  }
}
