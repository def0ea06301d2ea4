import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test.each([
  ["icon", /\| "(\w+)"/g, "src/ui/icon.tsx", "src/ui/icons.svg"],
  ["drawing", /[|=] "(\w+)"(?= \||;)/g, "src/ui/empty.tsx", "src/ui/drawings.svg"],
])("every %s that a screen may name is drawn, and none is drawn in vain", (_, names, source, sprite) => {
  const named = [...readFileSync(source, "utf8").matchAll(names)].map((match) => match[1]);
  const drawn = [...readFileSync(sprite, "utf8").matchAll(/<symbol id="(\w+)"/g)].map((match) => match[1]);
  expect(drawn).toEqual(named);
});
