import { unkept } from "../db/outbox";
import { isFull } from "../db/space";
import { listen } from "../platform/channel";
import { t } from "../platform/locale";
import { trouble } from "../sync/status";
import { toastInstead } from "../ui/toast";

/** A tap that this phone could not keep is never passed over: what the screen claimed of it is taken back in words. */
export function tellUnkept(): void {
  unkept.subscribe((problem) => {
    if (problem === null) return;
    const full = isFull(problem);
    if (full) trouble.value = "full";
    toastInstead(t(full ? "app-unkept-full" : "app-unkept"));
  });
  listen(({ type }) => {
    if (type === "outbox" && trouble.peek() === "full") trouble.value = null;
  });
}
