import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A bad line between a phone and the server: loses or keeps back replies, counts what goes through, and can hand out another build. */
export interface Proxy {
  readonly url: string;
  /** The next so many replies of this path are cut off; the server has answered them, the phone will never know. */
  loseReplies(path: string, count: number): void;
  /** How many replies were lost so far. */
  lost(): number;
  /** The server answers the next exchange that carries ops, but the phone has to wait for the reply until it is let go. */
  holdReply(): Held;
  /** Ids of the ops that went to the server so far, in order; an op sent again is there again. */
  ops(): string[];
  /** How many requests of this path there were so far. */
  asked(path: string): number;
  /** How many of them are open right now. */
  open(path: string): number;
  /** From now on this path answers its text with `change` applied. */
  rewrite(path: string, change: (text: string) => string): void;
  stop(): Promise<void>;
}

export interface Held {
  /** The server has done its work. */
  answered: Promise<void>;
  release(): void;
}

const SYNC = "/api/v1/sync";

export async function startProxy(target: string): Promise<Proxy> {
  const to = new URL(target);
  const toLose = new Map<string, number>();
  const changes = new Map<string, (text: string) => string>();
  const asked = new Map<string, number>();
  const open = new Map<string, number>();
  const ops: string[] = [];
  let lost = 0;
  let hold: { answered: () => void; released: Promise<void> } | null = null;

  const server = createServer(async (incoming, outgoing) => {
    const path = incoming.url?.split("?")[0] ?? "";
    const change = changes.get(path);
    const headers = { ...incoming.headers };
    if (change) {
      headers["accept-encoding"] = "identity";
      delete headers["if-none-match"];
    }
    asked.set(path, (asked.get(path) ?? 0) + 1);
    open.set(path, (open.get(path) ?? 0) + 1);
    outgoing.on("close", () => open.set(path, (open.get(path) ?? 0) - 1));
    const body = await whole(incoming).catch(() => null);
    if (body === null) return;
    const carried = path === SYNC ? opsIn(body) : [];
    ops.push(...carried);
    const kept = carried.length > 0 ? hold : null;
    if (kept) hold = null;

    const forward = request({ host: to.hostname, port: to.port, path: incoming.url, method: incoming.method, headers });
    forward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forward.destroy());
    forward.on("response", async (answer) => {
      const left = toLose.get(path) ?? 0;
      if (left > 0) {
        // Only a reply that has come whole is lost: by then the server has committed.
        await whole(answer).catch(() => null);
        toLose.set(path, left - 1);
        lost += 1;
        incoming.socket.destroy();
      } else if (kept) {
        const text = await whole(answer).catch(() => null);
        kept.answered();
        await kept.released;
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(text);
      } else if (change) {
        const { "content-length": _, etag: __, ...rest } = answer.headers;
        const text = await whole(answer).catch(() => null);
        if (text) outgoing.writeHead(answer.statusCode ?? 502, rest).end(change(text.toString()));
      } else {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }
    });
    forward.end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseReplies: (path, count) => void toLose.set(path, count),
    lost: () => lost,
    holdReply() {
      const [answered, tell] = signal();
      const [released, release] = signal();
      hold = { answered: tell, released };
      return { answered, release };
    },
    ops: () => [...ops],
    asked: (path) => asked.get(path) ?? 0,
    open: (path) => open.get(path) ?? 0,
    rewrite: (path, change) => void changes.set(path, change),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function signal(): [heard: Promise<void>, give: () => void] {
  let give = () => {};
  const heard = new Promise<void>((done) => {
    give = done;
  });
  return [heard, give];
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function opsIn(body: Buffer): string[] {
  return (JSON.parse(body.toString()) as { ops: { id: string }[] }).ops.map((op) => op.id);
}
