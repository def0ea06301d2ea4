import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { compileWords } from "../../words";
import { setLocale } from "../platform/locale";
import { howSure } from "./how-sure";
import type { Eta } from "./model";

/** Speaks this language, with the words as they are built. */
async function speak(language: string): Promise<void> {
  const words = compileWords(readFileSync(`src/locales/${language}.ftl`, "utf8"));
  vi.stubGlobal("document", { documentElement: {}, cookie: "", querySelector: () => null });
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(words)));
  await setLocale(language);
}

const eta = (more: Partial<Eta>): Eta => ({ from: 0, to: 1, ...more });

describe("how sure the expected days are", () => {
  it.each([
    [
      { basis: "lane", trips: 23, share: 80 },
      "At least 8 of 10 parcels on this way came within these days (the last 23 counted).",
    ],
    [
      { basis: "carrier", trips: 0, share: null },
      "The carrier’s own estimate; no parcel of ours has gone this way yet.",
    ],
    [
      { basis: "carrier", trips: 1, share: null },
      "The carrier’s own estimate; one parcel of ours has gone this way so far.",
    ],
    [
      { basis: "carrier", trips: 8, share: null },
      "The carrier’s own estimate; 8 parcels of ours have gone this way so far.",
    ],
    [{ basis: "carrier", trips: null, share: null }, "The carrier’s own estimate."],
    [{}, ""],
  ] satisfies [Partial<Eta>, string][])("%o is said as %s", async (more, said) => {
    await speak("en");
    expect(howSure(eta(more))).toBe(said);
  });

  it.each(["ar", "es", "zh"])("is said in %s too, with its numbers", async (language) => {
    await speak(language);
    const lane = howSure(eta({ basis: "lane", trips: 23, share: 80 }));
    const first = howSure(eta({ basis: "carrier", trips: 0 }));
    const few = howSure(eta({ basis: "carrier", trips: 8 }));
    expect(lane).toMatch(/[8٨]/);
    expect(lane).toMatch(/23|٢٣/);
    expect(new Set([lane, first, few]).size).toBe(3);
    expect([lane, first, few].filter((said) => said.startsWith("order-") || said.includes("{$"))).toEqual([]);
  });
});
