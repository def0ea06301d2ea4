import { database } from "../db/schema";
import type { Slice } from "./rules";

export interface Kept {
  slice: Slice;
  kept_at: number;
}

export const KEY = "rules";

/** The rules this phone keeps, by destination. */
export const kept = async (): Promise<Record<string, Kept>> =>
  ((await (await database()).get("app", KEY)) as Record<string, Kept> | undefined) ?? {};
