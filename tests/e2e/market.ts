import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The server process that `make run` starts, with a demo market, database, keys and mail of its own in a new folder. */
export interface Market {
  /** Where a browser opens it, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The folder it runs in: database, keys, mail. */
  readonly folder: string;
  /** What it printed so far. */
  output(): string;
  /** Sets the server's clock; only with `clock` at start. */
  setClock(time: Date): void;
  /** Kills the process as a power cut would, and starts it again on the same data and port. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface MarketOptions {
  /** A push service on loopback that the server may post to, as `127.0.0.1:PORT`. */
  pushHost?: string;
  /** Starts with a clock that stands still at this time. */
  clock?: Date;
  /** Serves TLS under this host name, with these PEM files. */
  tls?: { host: string; cert: string; key: string };
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binary =
  process.env.SAMPAN_BIN ?? resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/sampan");
const START_SECONDS = 60;

export async function startMarket(options: MarketOptions = {}): Promise<Market> {
  const folder = mkdtempSync(join(tmpdir(), "sampan-market-"));
  const clockFile = join(folder, "clock");
  const port = await freePort();
  const url = options.tls ? `https://${options.tls.host}:${port}` : `http://127.0.0.1:${port}`;
  const setClock = (time: Date) => writeFileSync(clockFile, time.toISOString());
  if (options.clock) setClock(options.clock);

  const flags = ["serve", "--demo", "--bind", `127.0.0.1:${port}`, "--database", `sqlite://${folder}/sampan.db`];
  if (options.tls) flags.push("--tls-cert", options.tls.cert, "--tls-key", options.tls.key, "--public-url", url);
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    SAMPAN_KEYS: join(folder, "keys.json"),
    ...(options.pushHost && { SAMPAN_PUSH_ALLOW: options.pushHost }),
    ...(options.clock && { SAMPAN_CLOCK: `file:${clockFile}` }),
  };

  let output = "";
  let process_: ChildProcess | undefined;
  async function start(): Promise<void> {
    const child = spawn(binary, flags, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    process_ = child;
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    child.on("error", (error) => (output += `cannot start ${binary}: ${error.message}`));
    const deadline = Date.now() + START_SECONDS * 1000;
    while (!(await isReady(port, options.tls?.host))) {
      if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
        child.kill("SIGKILL");
        throw new Error(`The server did not become ready.\n${output}`);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = process_;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    const patience = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(patience);
  }

  await start().catch((error) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    url,
    port,
    folder,
    output: () => output,
    setClock,
    crash: () => end("SIGKILL"),
    restart: start,
    async stop() {
      await end("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

function isReady(port: number, tlsHost: string | undefined): Promise<boolean> {
  return new Promise((answer) => {
    const where = { host: "127.0.0.1", port, path: "/readyz", timeout: 1_000 };
    const request = tlsHost
      ? httpsRequest({ ...where, servername: tlsHost, rejectUnauthorized: false })
      : httpRequest(where);
    request.on("response", (response) => answer(response.resume().statusCode === 200));
    request.on("error", () => answer(false));
    request.on("timeout", () => request.destroy());
    request.end();
  });
}
