import { useEffect, useState } from "preact/hooks";
import { t } from "../platform/locale";
import { restored } from "../platform/session";
import { line } from "../sync/status";
import { Icon, type IconName } from "../ui/icon";
import { updateReady } from "./update-ready";

const icons: Record<string, IconName> = {
  offline: "offline",
  sending: "sent",
  sent: "check",
  sign_in: "key",
  busy: "clock",
  stuck: "alert",
  upgrade: "sync",
  full: "alert",
};
const SENT_SHOWN_MS = 2_500;
/** A quick exchange is over before anybody could read that it runs. */
const SENDING_AFTER_MS = 700;

/** The thin strip under the title: speaks only when the line matters, and says "all sent" once before it goes. */
export function LineStrip() {
  const shown = useSettled();
  const { state, waiting } = line.value;
  const urgent = shown === "stuck" || shown === "sign_in" || shown === "upgrade" || shown === "full";
  // What lasts gets a place of its own; what passes is laid over the page, so that nothing jumps.
  const stays = urgent || shown === "offline" || restored.value;
  return (
    <div class="strip" role="status" data-state={shown ?? undefined} data-stays={stays ? "" : undefined}>
      {shown && (
        <a
          class="strip-words"
          href={shown === "sign_in" ? "/login" : "/you/sync"}
          data-urgent={urgent ? "" : undefined}
        >
          <Icon name={icons[shown] ?? "info"} size={16} />
          <span>{t(`app-line-${shown.replace("_", "-")}`, { waiting: state === "sent" ? 0 : waiting })}</span>
        </a>
      )}
      {restored.value && (
        <button type="button" class="strip-words" onClick={() => (restored.value = false)}>
          <Icon name="download" size={16} />
          <span>{t("app-restored")}</span>
          <Icon name="close" size={16} label={t("ui-close")} />
        </button>
      )}
    </div>
  );
}

/** The line's state as worth showing: "sending" only when it takes a while, "sent" only after that, and then gone. */
function useSettled() {
  const { state } = line.value;
  const [shown, show] = useState<typeof state | null>(null);
  useEffect(() => {
    if (state === "sent") {
      if (shown === null) return;
      show("sent");
      const timer = setTimeout(() => show(null), SENT_SHOWN_MS);
      return () => clearTimeout(timer);
    }
    if (state === "sending" && shown === null) {
      const timer = setTimeout(() => show(state), SENDING_AFTER_MS);
      return () => clearTimeout(timer);
    }
    show(state);
    return undefined;
  }, [state]);
  return shown;
}

/** A newer build waits; it is put on by a tap, never in the middle of a checkout. */
export function UpdatePrompt() {
  if (!updateReady.value || location.pathname === "/checkout") return null;
  return (
    <div class="update" role="status">
      <span>{t("app-update")}</span>
      <button
        type="button"
        class="button"
        onClick={() => void import("./update").then(({ applyUpdate }) => applyUpdate())}
      >
        {t("app-update-now")}
      </button>
    </div>
  );
}
