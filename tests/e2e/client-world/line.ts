import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Network, Sender } from "./network.ts";
import type { Fate } from "./script.ts";

/** What the phone and the server talk about goes through the network of the world; pages, pictures and the live line do not. */
const TALK = /^\/api\/v1\/(sync|auth\/\w+|devices)$/;
/** The others would tell the server that a stranger stands between. */
const CARRIED = ["accept", "authorization", "content-type", "cookie"];

/** One phone's own line to the server: a door on loopback that its browser takes for the shop. */
export class PhoneLine {
  fates: Fate[] = [];
  /** Requests that are on their way now. */
  open = 0;

  private constructor(private readonly server: Server) {}

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  static async open(network: Network, sender: Sender): Promise<PhoneLine> {
    const server = createServer(async (incoming, outgoing) => {
      const { method = "GET", url: path = "/" } = incoming;
      if (!TALK.test(path)) {
        const { hostname: host, port } = new URL(network.market.url);
        const onward = forward({ host, port, path, method, headers: incoming.headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        onward.on("error", () => outgoing.destroy());
        outgoing.on("close", () => onward.destroy());
        incoming.pipe(onward);
        return;
      }
      line.open += 1;
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
        const headers = Object.fromEntries(
          CARRIED.flatMap((name) => (incoming.headers[name] ? [[name, String(incoming.headers[name])]] : [])),
        );
        const body = chunks.length ? Buffer.concat(chunks).toString() : null;
        await sender.noted?.();
        const answer = await network.send({ method, path, headers, body }, line.fates.shift() ?? "arrives", sender);
        if (!answer) outgoing.destroy();
        else
          outgoing
            .writeHead(answer.status, { ...answer.headers, "set-cookie": answer.cookies })
            .end(answer.status === 204 ? undefined : answer.body);
      } catch {
        outgoing.destroy();
      } finally {
        line.open -= 1;
      }
    });
    const line = new PhoneLine(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return line;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
