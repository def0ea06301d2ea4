import { t } from "../platform/locale";
import { toast } from "./toast";

/** Hands an address to the phone's share sheet; copies it where there is none. */
export async function sharePage(title: string, url: string = location.href): Promise<void> {
  if (navigator.share) {
    await navigator.share({ title, url }).catch(() => undefined);
    return;
  }
  try {
    await navigator.clipboard.writeText(url);
    toast(t("ui-copied"));
  } catch {
    toast(url);
  }
}
