import { randomBytes } from "node:crypto";

/** What the tests ask the server themselves, past the app: a plain client of the documented API. */
export interface Money {
  minor: number;
  currency: string;
}
export interface ShelfItem {
  sku: string;
  title: string;
  tiers: { minimum_quantity: number; price: Money }[];
  minimum_quantity: number;
  pack_step: number;
  available: number;
}
export interface Cart {
  id: string;
  state: "open" | "ordered";
  lines: { line: string; quantity: number; product: { title: string; price: Money } }[];
}
export interface Order {
  id: string;
  number: string;
  state: string;
  total: Money;
  link?: string;
  batches: { id: string; state: string }[];
  parcels: { id: string; state: string }[];
}
export interface SellerBatch {
  id: string;
  state: string;
  order_id: string;
  order_number: string;
  parcel: { id: string; state: string; next_state: string | null } | null;
}
export interface SyncReply {
  acked: number | null;
  cursor: number;
  cursor_at: number;
  outcomes: { id: string; code: string; why?: string }[];
  changes: { kind: string; id: string; value: unknown }[];
}
export interface Person {
  email: string;
  password: string;
}
interface Session {
  access_token: string;
  scope_id: string;
  cart_id: string;
  epoch: string;
}

export const demo = {
  shopper: "shopper@demo.sampan",
  seller: "seller@demo.sampan",
  password: "sampan-demo",
};
export const address = {
  name: "Inés Duarte",
  line1: "Rua da Boavista 12",
  city: "Porto",
  postcode: "4050-107",
  country: "PT",
};

/** Somebody whom the market does not know yet. */
export function newPerson(): Person {
  return { email: `ines-${uuid7()}@example.org`, password: "boat on a quiet river" };
}

export class Client {
  #seq = 0;
  #cursor = 0;
  #cursorAt = 0;
  private constructor(
    readonly base: string,
    readonly session: Session,
    readonly device: string,
  ) {}

  static async guest(base: string): Promise<Client> {
    const device = uuid7();
    const session = await call(base, "POST", "/auth/guest", { device_id: device, secret: secret() });
    return new Client(base, session as Session, device);
  }

  /** A new account, without a browser. */
  static async register(base: string, person: Person): Promise<Client> {
    const guest = await Client.guest(base);
    const session = await guest.post<Session>("/auth/register", { ...person, locale: "en" });
    return new Client(base, session, guest.device);
  }

  static async login(base: string, email: string, password = demo.password): Promise<Client> {
    const device = uuid7();
    const session = await call(base, "POST", "/auth/login", { email, password, device_id: device, secret: secret() });
    return new Client(base, session as Session, device);
  }

  get<T>(path: string): Promise<T> {
    return call(this.base, "GET", path, undefined, this.session.access_token) as Promise<T>;
  }
  post<T>(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<T> {
    return call(this.base, "POST", path, body, this.session.access_token, headers) as Promise<T>;
  }
  put<T>(path: string, body: object): Promise<T> {
    return call(this.base, "PUT", path, body, this.session.access_token) as Promise<T>;
  }

  /** One exchange with these ops; `{}` of each op is its kind and fields. */
  async sync(...ops: ({ kind: string } & Record<string, unknown>)[]): Promise<SyncReply> {
    const now = Date.now();
    const reply = await this.post<SyncReply>("/sync", {
      schema: 1,
      epoch: this.session.epoch,
      device: this.device,
      cursor: this.#cursor,
      sent_at: now,
      ops: ops.map((op) => ({
        id: uuid7(), seq: ++this.#seq, at: now, base: this.#cursor, base_at: this.#cursorAt, epoch: this.session.epoch, ...op,
      })),
      seen: [],
      limit: 500,
    });
    this.#cursor = reply.cursor;
    this.#cursorAt = reply.cursor_at;
    return reply;
  }

  /** What the server holds in the open cart: how many of which SKU. */
  async quantities(): Promise<Record<string, number>> {
    const { lines } = await this.get<Cart>(`/carts/${this.session.cart_id}`);
    return Object.fromEntries(lines.map((line) => [line.line, line.quantity]));
  }

  /** Buys so many pieces of one product with the sandbox card, and answers its order. */
  async buy(item: ShelfItem, email = "ines@example.org"): Promise<Order> {
    await this.sync({ kind: "cart.add", cart: this.session.cart_id, line: item.sku, delta: item.minimum_quantity });
    const quote = await this.post<{ id: string }>("/quotes", {
      cart_id: this.session.cart_id, ship_to: { country: address.country, postcode: address.postcode }, currency: "EUR",
    });
    const placed = await this.post<{ orders: { id: string }[] }>(
      "/checkouts",
      { cart_id: this.session.cart_id, quote_id: quote.id, ship_to: address, contact: { email }, payment_method: { provider: "sandbox", token: "ok" } },
      { "idempotency-key": uuid7() },
    );
    const id = placed.orders[0]?.id;
    if (!id) throw new Error("the checkout made no order");
    return this.get(`/orders/${id}`);
  }
}

/** The demo seller at the packing table. */
export class Seller {
  private constructor(private readonly client: Client) {}
  static async at(base: string): Promise<Seller> {
    return new Seller(await Client.login(base, demo.seller));
  }
  async batches(): Promise<SellerBatch[]> {
    return (await this.client.get<{ items: SellerBatch[] }>("/seller/batches")).items;
  }
  async setBarcode(sku: string, gtin: string): Promise<void> {
    await this.client.put(`/seller/goods/${sku}/barcode`, { gtin });
  }
  /** Counts a variant anew where its maker keeps it. */
  async count(sku: string, on_hand: number): Promise<void> {
    await this.client.put(`/seller/stock/${sku}`, { on_hand });
  }
  async batchOf(orderId: string): Promise<SellerBatch> {
    const batch = (await this.batches()).find((one) => one.order_id === orderId);
    if (!batch) throw new Error(`the seller sees no batch of order ${orderId}`);
    return batch;
  }
  pack(batch: string): Promise<SellerBatch> {
    return this.client.post(`/seller/batches/${batch}/packed`);
  }
  ship(batch: string): Promise<SellerBatch> {
    return this.client.post(`/seller/batches/${batch}/shipped`);
  }
  advance(parcel: string): Promise<SellerBatch> {
    return this.client.post(`/seller/parcels/${parcel}/advance`, {});
  }
  /** Moves the order's parcel on, step by step, until it is in this state. */
  async advanceTo(state: string, orderId: string): Promise<void> {
    let { parcel } = await this.batchOf(orderId);
    while (parcel && parcel.state !== state) ({ parcel } = await this.advance(parcel.id));
  }
}

/** The first shop's first products that can be bought now. */
export async function firstItems(base: string, count: 1): Promise<[ShelfItem]>;
export async function firstItems(base: string, count: 2): Promise<[ShelfItem, ShelfItem]>;
export async function firstItems(base: string, count: 3): Promise<[ShelfItem, ShelfItem, ShelfItem]>;
export async function firstItems(base: string, count: number): Promise<ShelfItem[]> {
  const items = (await shelf(base, await firstShop(base))).slice(0, count);
  if (items.length < count) throw new Error(`the first shop has fewer than ${count} products to sell`);
  return items;
}

export async function firstShop(base: string): Promise<string> {
  const [shop] = await shops(base);
  if (!shop) throw new Error("the market has no shops");
  return shop.slug;
}

/** Products of one shop that can be bought now, from the shelf as phones download it. */
export async function shelf(base: string, shop: string): Promise<ShelfItem[]> {
  const { items } = (await call(base, "GET", `/shelf?shop=${shop}`)) as { items: ShelfItem[] };
  return items.filter((item) => item.available >= 100);
}

export async function shops(base: string): Promise<{ slug: string; name: string }[]> {
  return ((await call(base, "GET", "/shops")) as { items: { slug: string; name: string }[] }).items;
}

async function call(
  base: string,
  method: string,
  path: string,
  body?: object,
  token?: string,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const secret = () => randomBytes(32).toString("base64url");

/** A version 7 UUID: 48 bits of milliseconds, then chance. */
export function uuid7(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
