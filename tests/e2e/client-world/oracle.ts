import { type LastEff, Line, type Place, Register, type Verdict } from "./merge.ts";

/**
 * Keeps every tap for ever and works out by itself what server and phones must hold. It sees each request that reached
 * the server, and never asks anybody what became of an op.
 */

/** An op as it travels. */
export interface Op extends Record<string, unknown> {
  id: string;
  seq: number;
  kind: string;
}

/** The body of a request to `/sync` that reached the server, and whether a login stood behind it. */
export interface Letter {
  body: { device: string; sent_at: number; cursor?: number; page?: string; ops: Op[]; seen: string[] };
  is_bearer: boolean;
}

/** The scope's revision, and its time. */
export interface Revision {
  rev: number;
  rev_at: number;
}

/** What the shopper of one scope sees: by `kind/id`. Of a cart line the quantity and the note. */
export type View = Record<string, unknown>;

export class Broken extends Error {}

/** Fails with the promise that was broken. */
export function promise(kept: boolean, words: () => string): asserts kept {
  if (!kept) throw new Broken(words());
}

const OLD_MS = 90 * 86_400_000;

export class Oracle {
  revision: Revision = { rev: 0, rev_at: 0 };
  /** Every op that was tapped, as it was tapped; the phone that made it. */
  readonly taps = new Map<string, { phone: string; op: Op }>();
  /** Every op that the server has taken. */
  readonly taken = new Map<string, { rev: number; verdict: Verdict; device: string; seq: number }>();
  /** Outcomes that the shopper has read and sent away. */
  readonly dismissed = new Set<string>();
  readonly #views = new Map<number, string>();
  readonly #lines = new Map<string, Line>();
  readonly #registers = new Map<string, Register>();
  readonly #last: LastEff = new Map();

  constructor(readonly listed: ReadonlySet<string>) {}

  tapped(phone: string, op: Op): void {
    promise(!this.taps.has(op.id), () => `${phone} gave the id ${op.id} twice`);
    this.taps.set(op.id, { phone, op });
  }

  /** The server has taken a request. */
  take(letter: Letter, now: Revision): void {
    const { device, sent_at, ops } = letter.body;
    const due = this.revision.rev + (ops.length ? 1 : 0);
    promise(now.rev === due, () => `revision ${now.rev} where ${due} is due`);
    this.moved(now);
    for (const op of [...ops].sort((a, b) => a.seq - b.seq)) {
      const tap = this.taps.get(op.id);
      promise(tap !== undefined, () => `an op that nobody tapped: ${JSON.stringify(op)}`);
      promise(meaning(op) === meaning(tap.op), () => `tapped ${meaning(tap.op)}, sent ${meaning(op)}`);
      if (this.taken.has(op.id)) continue;
      const twin = [...this.taken].find(([, each]) => each.device === device && each.seq === op.seq);
      promise(!twin, () => `${op.id} and ${twin?.[0]} were both taken as number ${op.seq} of one device`);
      promise(Number(op.base) < now.rev, () => `a base of ${op.base} at revision ${now.rev}`);
      const place: Place = {
        device,
        seq: op.seq,
        rev: now.rev,
        base: Number(op.base),
        base_at: Number(op.base_at),
        at: Number(op.at),
        sent_at,
        received_at: now.rev_at,
      };
      const verdict = this.#judge(op, place, letter.is_bearer);
      this.taken.set(op.id, { rev: now.rev, verdict, device, seq: op.seq });
    }
    this.#views.set(now.rev, written(this.view()));
  }

  /** The scope's revision, whoever took it. */
  moved(now: Revision): void {
    promise(now.rev >= this.revision.rev, () => `revision ${now.rev} came after ${this.revision.rev}`);
    promise(now.rev === this.revision.rev || now.rev_at > this.revision.rev_at, () => `the time of revision ${now.rev} does not rise`);
    for (let rev = this.revision.rev + 1; rev <= now.rev; rev += 1) this.#views.set(rev, written(this.view()));
    this.revision = now;
  }

  /** All that this shopper's phones must show now. */
  view(): View {
    const view: View = {};
    for (const [sku, { quantity, note }] of this.#lines) if (quantity > 0) view[`cart_line/${sku}`] = { quantity, note: note.value };
    for (const [key, { value }] of this.#registers) if (value !== null) view[key] = value;
    return view;
  }

  /** What a phone that applied this revision must hold as confirmed, as one text. */
  viewAt(rev: number): string {
    return this.#views.get(rev) ?? (rev === 0 ? "{}" : `no view of revision ${rev}`);
  }

  /** Outcomes that must still be open for the shopper. */
  open(): Map<string, Verdict> {
    const told = [...this.taken].filter(([id, { verdict }]) => verdict.code !== "applied" && !this.dismissed.has(id));
    return new Map(told.map(([id, { verdict }]) => [id, verdict]));
  }

  #judge(op: Op, place: Place, is_bearer: boolean): Verdict {
    const room = op.kind.split(".")[0] ?? "";
    promise(is_bearer || ["cart", "wishlist"].includes(room), () => `${op.kind} was sent without a login`);
    if (place.sent_at - place.at > OLD_MS) return { code: "needs_you", why: "old" };
    const [key, value] = registerOf(op);
    if (key) return at(this.#registers, key, () => new Register()).write(place, value, this.#last);
    if (op.kind === "outcome.dismiss") {
      if (this.taken.has(String(op.op))) this.dismissed.add(String(op.op));
      return { code: "applied" };
    }
    const line = at(this.#lines, String(op.line), () => new Line());
    if (op.kind === "cart.remove") return line.set(place, 0, this.#last);
    if (!line.quantity && !this.listed.has(String(op.line))) return { code: "rejected", why: "unknown_line" };
    if (op.kind === "cart.set") return line.set(place, Number(op.quantity), this.#last);
    if (op.kind === "cart.note") return line.note.write(place, op.text || null, this.#last);
    return line.add(place, Number(op.delta));
  }
}

/** Which register an op sets, and to what; null removes. */
function registerOf(op: Op): [string, unknown] | [null, null] {
  const { id, seq, at: _, base, base_at, epoch, kind, address_id, ...fields } = op;
  if (kind === "wishlist.put") return [`wishlist_item/${op.sku}`, { sku: op.sku }];
  if (kind === "wishlist.remove") return [`wishlist_item/${op.sku}`, null];
  if (kind === "address.put") return [`address/${address_id}`, fields];
  if (kind === "address.remove") return [`address/${address_id}`, null];
  if (kind === "prefs.set") return [`prefs/${op.name}`, { value: op.value }];
  return [null, null];
}

/** An op without its number, which a new device gives anew. */
function meaning({ seq, ...op }: Op): string {
  return written(op.epoch ? op : { ...op, epoch: undefined });
}

/** The same text for the same thing, whatever the order of its fields. */
export function written(thing: unknown): string {
  return JSON.stringify(thing, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
