import { database } from "../db/schema";
import { clock } from "../platform/clock";
import { api } from "../platform/http";
import { KEY, kept } from "./kept";
import type { Slice } from "./rules";

/** Destinations whose rules this phone keeps. */
const AT_MOST = 3;
const DAY_MS = 86_400_000;

/** Fetches the rules for a destination unless those kept are younger than a day. */
export async function fetchSlice(to: string): Promise<void> {
  const known = (await kept())[to];
  if (known && clock.now() - known.kept_at < DAY_MS) return;
  const slice = await api<Slice>("GET", "/api/v1/landed-cost/rules", undefined, { query: { to }, auth: "none" });
  const all = { ...(await kept()), [to]: { slice, kept_at: clock.now() } };
  const newest = Object.entries(all).sort(([, a], [, b]) => b.kept_at - a.kept_at);
  await (await database()).put("app", Object.fromEntries(newest.slice(0, AT_MOST)), KEY);
}
