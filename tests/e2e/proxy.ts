import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A bad line between a phone and the server: loses replies after the server did its work, and can hand out another build. */
export interface Proxy {
  readonly url: string;
  /** The next so many replies of this path are cut off; the server has answered them, the phone will never know. */
  loseReplies(path: string, count: number): void;
  /** How many replies were lost so far. */
  lost(): number;
  /** From now on this path answers its text with `change` applied. */
  rewrite(path: string, change: (text: string) => string): void;
  stop(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const to = new URL(target);
  const toLose = new Map<string, number>();
  const changes = new Map<string, (text: string) => string>();
  let lost = 0;

  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split("?")[0] ?? "";
    const change = changes.get(path);
    const headers = { ...incoming.headers };
    if (change) {
      headers["accept-encoding"] = "identity";
      delete headers["if-none-match"];
    }
    const forward = request({ host: to.hostname, port: to.port, path: incoming.url, method: incoming.method, headers });
    forward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => forward.destroy());
    forward.on("response", (answer) => {
      const left = toLose.get(path) ?? 0;
      if (left > 0) {
        // Only a reply that has come whole is lost: by then the server has committed.
        answer.resume().on("end", () => {
          toLose.set(path, left - 1);
          lost += 1;
          incoming.socket.destroy();
        });
        return;
      }
      if (!change) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const { "content-length": _, etag: __, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest).end(change(Buffer.concat(chunks).toString()));
      });
    });
    incoming.pipe(forward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseReplies: (path, count) => void toLose.set(path, count),
    lost: () => lost,
    rewrite: (path, change) => void changes.set(path, change),
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
