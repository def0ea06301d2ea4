import { useState } from "preact/hooks";
import { t } from "../platform/locale";
import { logout, type Unsent, unsentOnLogout } from "../platform/session";
import { exportOps } from "../sync/export";
import { Button } from "../ui/button";
import { Sheet } from "../ui/sheet";
import { toast } from "../ui/toast";

/** Logs out, but never silently past taps that could not be sent: they wait, are saved, or are thrown away on a second yes. */
export function LogOut() {
  const [unsent, setUnsent] = useState(0);
  const [asked, ask] = useState<"unsent" | "discard" | null>(null);
  const [busy, setBusy] = useState(false);

  const leave = async (what: Unsent) => {
    ask(null);
    setBusy(true);
    await logout(what);
    setBusy(false);
    toast(t("you-logged-out"));
  };
  const start = async () => {
    const waiting = await unsentOnLogout();
    setUnsent(waiting);
    if (waiting > 0) ask("unsent");
    else await leave("keep");
  };

  return (
    <>
      <Button wide icon="leave" busy={busy} onClick={() => void start()}>
        {t("you-logout")}
      </Button>
      <Sheet open={asked === "unsent"} onClose={() => ask(null)} title={t("you-unsent", { count: unsent })}>
        <p>{t("you-unsent-text")}</p>
        <Button look="primary" wide onClick={() => ask(null)}>
          {t("you-stay")}
        </Button>
        <Button wide icon="download" onClick={() => void exportOps()}>
          {t("sync-export")}
        </Button>
        <Button wide icon="leave" onClick={() => void leave("keep")}>
          {t("you-logout-keep")}
        </Button>
        <Button look="danger" wide icon="bin" onClick={() => ask("discard")}>
          {t("you-logout-discard")}
        </Button>
      </Sheet>
      <Sheet open={asked === "discard"} onClose={() => ask(null)} title={t("you-discard-sure", { count: unsent })}>
        <p>{t("you-discard-text")}</p>
        <Button look="danger" wide onClick={() => void leave("discard")}>
          {t("you-discard-yes")}
        </Button>
        <Button wide onClick={() => ask(null)}>
          {t("ui-cancel")}
        </Button>
      </Sheet>
    </>
  );
}
