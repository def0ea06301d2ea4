import { afterEach, expect, it, vi } from "vitest";
import { forgetPersonal } from "./personal";

afterEach(() => vi.unstubAllGlobals());

it("leaves the phone its settings and nothing of the person", () => {
  const kept: Record<string, string> = {};
  const storage = {
    ...Object.fromEntries(
      ["sampan-checkout", "sampan-quote", "sell:picks", "sell:pack:1", "sampan-locale", "sampan-country", "other"].map(
        (key) => [key, "x"],
      ),
    ),
  } as Record<string, unknown>;
  Object.defineProperty(storage, "removeItem", {
    enumerable: false,
    value: (key: string) => {
      kept[key] = "gone";
      delete storage[key];
    },
  });
  vi.stubGlobal("localStorage", storage);
  forgetPersonal();
  expect(Object.keys(storage).sort()).toEqual(["other", "sampan-country", "sampan-locale"]);
  expect(Object.keys(kept)).toHaveLength(4);
});
