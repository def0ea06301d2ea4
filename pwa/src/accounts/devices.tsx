import { useState } from "preact/hooks";
import { ago } from "../orders/sentence";
import { clock } from "../platform/clock";
import { formatDate, locale, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button } from "../ui/button";
import { LoadError } from "../ui/empty";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { Sheet } from "../ui/sheet";
import { SkeletonList } from "../ui/skeleton";
import { toast } from "../ui/toast";
import "./accounts.css";
import { type Device, fetchDevices, signOut, signOutOthers, wordsFor } from "./queries";

/** The phones and browsers that hold this account, and the way to sign them out. */
export default function DevicesScreen() {
  const devices = useLoad("devices", fetchDevices);
  const [asking, setAsking] = useState<Device | "others" | null>(null);
  usePage({ title: t("devices-title"), back: "/you" });

  if (!devices.data)
    return devices.error ? (
      <LoadError error={devices.error} retry={devices.retry} />
    ) : (
      <div class="screen">
        <SkeletonList rows={3} height="4rem" />
      </div>
    );

  const items = [...devices.data.items].sort((a, b) => Number(b.current) - Number(a.current));
  const others = items.filter((device) => !device.current);
  const go = async () => {
    const which = asking;
    setAsking(null);
    try {
      if (which === "others") await signOutOthers();
      else if (which) await signOut(which.device_id);
      toast(t(which === "others" ? "devices-others-out" : "devices-out"));
      devices.retry();
    } catch (error) {
      toast(wordsFor(error));
    }
  };

  return (
    <div class="screen">
      <p class="muted">{t("devices-text")}</p>
      <ul class="list">
        {items.map((device) => (
          <li class="list-row" key={device.device_id}>
            <Icon name={device.current ? "phone" : "installed"} />
            <span class="grow">
              <strong>{device.name || t("devices-unnamed")}</strong>
              <span class="small muted device-line">
                {device.current
                  ? t("devices-this")
                  : t("devices-seen", {
                      when: device.last_seen_at
                        ? ago(device.last_seen_at, clock.now(), locale.value)
                        : formatDate(device.created_at, "date"),
                    })}
              </span>
            </span>
            {!device.current && (
              <Button look="quiet" onClick={() => setAsking(device)}>
                {t("devices-sign-out")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <Button look="danger" wide onClick={() => setAsking("others")}>
          {t("devices-sign-out-others")}
        </Button>
      )}
      <Sheet open={asking !== null} onClose={() => setAsking(null)} title={t("devices-sure")}>
        <p>{t("devices-sure-text")}</p>
        <Button look="danger" wide onClick={() => void go()}>
          {t("devices-sure-yes")}
        </Button>
        <Button wide onClick={() => setAsking(null)}>
          {t("ui-cancel")}
        </Button>
      </Sheet>
    </div>
  );
}
