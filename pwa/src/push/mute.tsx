import { api } from "../platform/http";
import { t } from "../platform/locale";
import { useLoad } from "../ui/load";
import { toast } from "../ui/toast";
import { pushState } from "./subscription";

/** Whether an order rings on the shopper's phones; shown where this phone can ring at all. */
export function MuteOrder({ id }: { id: string }) {
  const path = `/api/v1/push/orders/${id}`;
  const asked = useLoad(pushState() === "on" ? path : null, () => api<{ muted: boolean }>("GET", path));
  if (!asked.data) return null;
  const mute = async (muted: boolean) => {
    asked.put({ muted });
    try {
      await api("PUT", path, { muted });
      toast(t(muted ? "push-muted" : "push-unmuted"));
    } catch {
      asked.put({ muted: !muted });
      toast(t("push-ask-failed"));
    }
  };
  return (
    <label class="card choice">
      <input
        type="checkbox"
        name="mute"
        checked={asked.data.muted}
        onChange={({ currentTarget: { checked } }) => void mute(checked)}
      />
      <span>
        {t("push-mute")}
        <span class="small muted choice-hint">{t("push-mute-hint")}</span>
      </span>
    </label>
  );
}
