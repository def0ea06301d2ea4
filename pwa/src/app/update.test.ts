import { afterEach, beforeEach, expect, it, vi } from "vitest";

class Worker extends EventTarget {
  state = "installing";
  reach(state: string) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  waiting: Worker | null = null;
  installing: Worker | null = null;
}

let registration: Registration;
const container = Object.assign(new EventTarget(), {
  controller: {} as object | null,
  register: async () => registration,
});

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubEnv("DEV", false);
  registration = new Registration();
  container.controller = {};
  vi.stubGlobal("navigator", { serviceWorker: container, onLine: true });
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("fetch", async () => new Response(null));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function started() {
  const { startWorker } = await import("./update");
  await startWorker();
  return (await import("./update-ready")).updateReady;
}

it("tells of a build that was on its way in before the page listened", async () => {
  registration.installing = new Worker();
  const ready = await started();
  expect(ready.value).toBe(false);
  registration.installing.reach("installed");
  expect(ready.value).toBe(true);
});

it("tells of a build that is found later", async () => {
  const ready = await started();
  registration.installing = new Worker();
  registration.dispatchEvent(new Event("updatefound"));
  registration.installing.reach("installed");
  expect(ready.value).toBe(true);
});

it("says nothing of the first build of all", async () => {
  container.controller = null;
  registration.installing = new Worker();
  const ready = await started();
  registration.installing.reach("installed");
  expect(ready.value).toBe(false);
});
