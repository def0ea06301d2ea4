import { currentScope } from "../db/scopes";
import { announce } from "../platform/channel";
import { apply, collect } from "./apply";
import type { SyncReply } from "./protocol";

/**
 * Sends what waits by the device's own authority: what the worker does with the app closed, where no login is at hand.
 * Reads nothing; the ops stay in the phone's view until a signed-in reply shows their effect. Throws when it should
 * be tried again.
 */
export async function pushByDevice(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const row = await currentScope();
    const request = row?.device_known ? await collect(row.key, "device") : null;
    if (!row || !request?.ops.length) return;
    const response = await fetch("/api/v1/sync", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Device ${row.device}:${row.secret}` },
      body: JSON.stringify(request),
    });
    // A refusal is settled by the app itself, which can repair it; only silence is worth another try from here.
    if (!response.ok) {
      if (response.status >= 500 || response.status === 429) throw new Error(`The server answered ${response.status}.`);
      return;
    }
    await apply(row.key, request, (await response.json()) as SyncReply, "device");
    announce({ type: "changed" });
  }
}
