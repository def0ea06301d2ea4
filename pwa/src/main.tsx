import "./styles/tokens.css";
import "./styles/base.css";
import { render } from "preact";
import { followAppearance } from "./accounts/preferences";
import { rooms } from "./app/rooms";
import { preload } from "./app/routes";
import { Shell } from "./app/shell";
import { startMirror } from "./db/mirror";
import { page } from "./platform/island";
import { loadLocale } from "./platform/locale";
import { startSession } from "./platform/session";
import { useRooms } from "./sync/view";

useRooms(rooms);
startSession();
followAppearance();
void start();

/** Words and the screen's own file come at the same time; the phone's database must not hold up the first paint. */
async function start(): Promise<void> {
  void startMirror();
  await Promise.all([loadLocale(page.locale), preload(location.pathname).catch(() => undefined)]);
  const root = document.getElementById("app");
  if (root) render(<Shell />, root);
  afterPaint(async () => {
    const [{ startSync }, { startWorker }] = await Promise.all([import("./sync/start"), import("./app/update")]);
    startSync();
    await startWorker();
  });
}

/** Two frames later the first picture stands, and the rest may load. */
function afterPaint(work: () => Promise<void>): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(
      () => void work().catch((problem) => console.error("The app started without its sync.", problem)),
    ),
  );
}
