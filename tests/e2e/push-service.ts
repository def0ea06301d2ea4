import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * A push service of Mozilla's kind on a loopback port, so that a real Firefox can be pushed to without internet: browsers
 * speak hello, register, notification and ack on its WebSocket, application servers POST to `/wpush/v2/<token>`.
 * It keeps what it was sent, and can be told to answer a token as a bad day would.
 */
export interface PushService {
  /** `127.0.0.1:PORT`, as SAMPAN_PUSH_ALLOW wants it. */
  readonly host: string;
  /** `ws://127.0.0.1:PORT/`, as dom.push.serverURL wants it. */
  readonly socketUrl: string;
  /** Every POST that came, accepted or not, oldest first. */
  readonly posts: ReceivedPush[];
  /** Channels that browsers acknowledged a message on, oldest first. */
  readonly acks: Ack[];
  /** An endpoint without a browser behind it, for tests that decrypt by themselves. */
  mailbox(): string;
  /** How the next POSTs are answered, in this order; afterwards 201 again. */
  answerNext(...answers: Answer[]): void;
  stop(): Promise<void>;
}

export interface ReceivedPush {
  endpoint: string;
  headers: IncomingMessage["headers"];
  body: Buffer;
  status: number;
  at: number;
}

export interface Ack {
  channelID: string;
  version: string;
  /** 100: delivered to the worker; 101 could not be decrypted, 102 not delivered. */
  code: number;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  delayMs?: number;
}

interface Channel {
  id: string;
  socket: WebSocket | null;
}

export async function startPushService(): Promise<PushService> {
  const channels = new Map<string, Channel>();
  const posts: ReceivedPush[] = [];
  const acks: Ack[] = [];
  const answers: Answer[] = [];

  const server = createServer((request, response) => void receive(request, response));
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => hear(socket, JSON.parse(data.toString())));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function open(channel: Channel): string {
    const token = randomBytes(24).toString("base64url");
    channels.set(token, channel);
    return `http://${host}/wpush/v2/${token}`;
  }

  /** The browser's side. */
  function hear(socket: WebSocket, message: Record<string, unknown>): void {
    const say = (answer: object) => socket.send(JSON.stringify(answer));
    switch (message.messageType) {
      case "hello": {
        const uaid = (message.uaid as string) || randomUUID().replaceAll("-", "");
        return say({ messageType: "hello", status: 200, uaid, use_webpush: true, broadcasts: {} });
      }
      case "register": {
        const channelID = message.channelID as string;
        const pushEndpoint = open({ id: channelID, socket });
        return say({ messageType: "register", status: 200, channelID, pushEndpoint });
      }
      case "unregister": {
        for (const [token, channel] of channels) {
          if (channel.id === message.channelID) channels.delete(token);
        }
        return say({ messageType: "unregister", status: 200, channelID: message.channelID });
      }
      case "ack":
        acks.push(...(message.updates as Ack[]));
        return;
      case undefined:
      case "ping":
        return say({});
    }
  }

  /** The application server's side. */
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const token = request.url?.match(/^\/wpush\/v2\/([\w-]+)$/)?.[1] ?? "";
    const channel = channels.get(token);
    const answer = answers.shift() ?? judge(request, body, channel);
    posts.push({ endpoint: `http://${host}${request.url}`, headers: request.headers, body, status: answer.status, at: Date.now() });
    if (answer.delayMs) await new Promise((done) => setTimeout(done, answer.delayMs));
    response.writeHead(answer.status, answer.headers).end();
    if (answer.status === 201) deliver(channel, request, body);
  }

  function deliver(channel: Channel | undefined, request: IncomingMessage, body: Buffer): void {
    channel?.socket?.send(
      JSON.stringify({
        messageType: "notification",
        channelID: channel.id,
        version: randomBytes(12).toString("base64url"),
        ttl: Number(request.headers.ttl),
        data: body.toString("base64url"),
        headers: { encoding: "aes128gcm" },
      }),
    );
  }

  return {
    host,
    socketUrl: `ws://${host}/`,
    posts,
    acks,
    mailbox: () => open({ id: randomUUID(), socket: null }),
    answerNext: (...next) => void answers.push(...next),
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What a real push service insists on. */
function judge(request: IncomingMessage, body: Buffer, channel: Channel | undefined): Answer {
  const headers = request.headers;
  if (request.method !== "POST") return { status: 405 };
  if (!channel) return { status: 410 };
  if (body.length > 4096) return { status: 413 };
  if (!/^\d+$/.test(headers.ttl?.toString() ?? "")) return { status: 400 };
  if (headers["content-encoding"] !== "aes128gcm") return { status: 415 };
  if (headers.topic !== undefined && !/^[\w-]{1,32}$/.test(headers.topic.toString())) return { status: 400 };
  if (!/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, ?k=[\w-]+$/.test(headers.authorization ?? "")) return { status: 401 };
  return { status: 201, headers: { location: `http://${headers.host}/m/${randomUUID()}`, ttl: headers.ttl?.toString() ?? "0" } };
}
