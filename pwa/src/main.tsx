import "./styles/tokens.css";
import "./styles/base.css";
import { render } from "preact";
import { followAppearance } from "./accounts/preferences";
import { rooms } from "./app/rooms";
import { preload } from "./app/routes";
import { Shell } from "./app/shell";
import { page } from "./platform/island";
import { loadLocale } from "./platform/locale";
import { startSession } from "./platform/session";
import { useRooms } from "./sync/view";

useRooms(rooms);
startSession();
followAppearance();
void start();

/**
 * Words and the screen's own file come at the same time. On a first visit the phone's database and the sync wait for
 * the first paint; when the worker has all files at hand the database is read at once.
 */
async function start(): Promise<void> {
  const early = navigator.serviceWorker?.controller ? readPhone() : null;
  await Promise.all([loadLocale(page.locale), preload(location.pathname).catch(() => undefined)]);
  const root = document.getElementById("app");
  if (root) render(<Shell />, root);
  afterPaint(async () => {
    await (early ?? readPhone());
    const [{ startSync }, { tellUnkept }, { startWorker }, { fetchAhead }, { registerPush }] = await Promise.all([
      import("./sync/start"),
      import("./app/unkept"),
      import("./app/update"),
      import("./app/ahead"),
      import("./push/register"),
    ]);
    startSync();
    tellUnkept();
    await startWorker();
    await Promise.all([fetchAhead(), registerPush()]);
  });
}

async function readPhone(): Promise<void> {
  const { startMirror } = await import("./db/reader");
  await startMirror();
}

/** Two frames later the first picture stands, and the rest may load. */
function afterPaint(work: () => Promise<void>): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(
      () => void work().catch((problem) => console.error("The app started without its sync.", problem)),
    ),
  );
}
