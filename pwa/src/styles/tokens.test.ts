import { describe, expect, it } from "vitest";

// Vitest empties imported style sheets, so the file itself is read; the app's own types know no Node.
const node = "node:fs";
const { readFileSync } = (await import(/* @vite-ignore */ node)) as {
  readFileSync(file: URL, encoding: "utf8"): string;
};
const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }] as const,
  ),
);

/** WCAG 2.2's relative luminance of "#rrggbb". */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const words = ["ink", "muted", "river", "vermilion", "leaf", "amber"];
const grounds = ["paper", "surface"];
const pairs = [
  ...words.flatMap((word) => grounds.map((ground) => [word, ground] as const)),
  ["on-river", "river"] as const,
  ["paper", "ink"] as const,
];

describe.each(["light", "dark"] as const)("in the %s", (mode) => {
  const colour = (name: string) => tokens.get(name)?.[mode] ?? "";

  it.each(pairs)("%s on %s can be read", (word, ground) =>
    expect(contrast(colour(word), colour(ground))).toBeGreaterThanOrEqual(4.5));

  it.each(grounds)("the edge of a control stands out from %s", (ground) =>
    expect(contrast(colour("edge"), colour(ground))).toBeGreaterThanOrEqual(3));

  it("a disabled button can still be read", () =>
    expect(contrast(colour("muted"), colour("line"))).toBeGreaterThanOrEqual(4.5));
});
