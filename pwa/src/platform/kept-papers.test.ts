import { beforeEach, expect, test, vi } from "vitest";
import { forgetPapers, keepPaper, keptPaper } from "./kept-papers";

/** The browser's caches, as far as papers use them. */
function stub(put = (_: string): void => undefined) {
  const rooms = new Map<string, Map<string, Response>>();
  const open = async (name: string) => {
    const room = rooms.get(name) ?? new Map<string, Response>();
    rooms.set(name, room);
    return {
      put: async (url: string, answer: Response) => {
        put(url);
        room.set(url, answer);
      },
      match: async (url: string) => room.get(url)?.clone(),
      keys: async () => [...room.keys()],
      delete: async (url: string) => room.delete(url),
    };
  };
  vi.stubGlobal("caches", { open, delete: async (name: string) => rooms.delete(name) });
  return rooms;
}

beforeEach(() => vi.unstubAllGlobals());

test("a paper that was opened opens again, until its owner leaves the phone", async () => {
  stub();
  await keepPaper("/a.pdf", new Response("paper"));
  expect(await (await keptPaper("/a.pdf"))?.text()).toBe("paper");
  await forgetPapers();
  expect(await keptPaper("/a.pdf")).toBeUndefined();
});

test("of many papers the first kept make room", async () => {
  const rooms = stub();
  for (let n = 0; n < 45; n++) await keepPaper(`/${n}.pdf`, new Response(String(n)));
  expect([...rooms.values()][0]?.size).toBe(40);
  expect(await keptPaper("/4.pdf")).toBeUndefined();
  expect(await keptPaper("/44.pdf")).toBeDefined();
});

test("a phone without room or without a cache keeps none and says nothing", async () => {
  stub(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  await keepPaper("/a.pdf", new Response("paper"));
  expect(await keptPaper("/a.pdf")).toBeUndefined();
  vi.unstubAllGlobals();
  expect(await keptPaper("/a.pdf")).toBeUndefined();
  await forgetPapers();
});
