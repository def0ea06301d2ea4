import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const source = readFileSync("src/ui/icon.tsx", "utf8");
const sprite = readFileSync("src/ui/icons.svg", "utf8");

test("every icon that a screen may name is drawn, and none is drawn in vain", () => {
  const named = [...source.matchAll(/\| "(\w+)"/g)].map((match) => match[1]);
  const drawn = [...sprite.matchAll(/<symbol id="(\w+)"/g)].map((match) => match[1]);
  expect(drawn).toEqual(named);
});
