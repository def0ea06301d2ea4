import { useState } from "preact/hooks";
import { api } from "../platform/http";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Choices } from "../ui/field";
import { useLoad } from "../ui/load";
import { Skeleton } from "../ui/skeleton";
import { toast } from "../ui/toast";

type MailLevel = "important" | "none";
const levels: readonly MailLevel[] = ["important", "none"];
const PATH = "/api/v1/push/mail";

/** Whether a letter goes out when an important step reaches no phone. It is the person's choice, kept by the server. */
export function Letters() {
  const { data, error, retry, put } = useLoad(PATH, () => api<{ level: MailLevel }>("GET", PATH));
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (error)
    return (
      <div class="stack" role="alert">
        <p class="small muted">{t("push-mail-unknown")}</p>
        <Button icon="sync" look="quiet" onClick={retry}>
          {t("ui-retry")}
        </Button>
      </div>
    );
  if (!data)
    return (
      <div aria-busy="true">
        <Skeleton height="6rem" />
      </div>
    );

  const choose = async (level: MailLevel) => {
    const before = data;
    put({ level });
    setBusy(true);
    setFailed(false);
    try {
      await api("PUT", PATH, { level });
      toast(t("push-saved"));
    } catch {
      put(before);
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <div class="stack" aria-busy={busy}>
      <Choices
        legend={t("push-mail-legend")}
        name="push-mail"
        value={data.level}
        onChange={(level) => void choose(level as MailLevel)}
        options={levels.map((value) => ({
          value,
          label: t(`push-mail-${value}`),
          hint: t(`push-mail-${value}-hint`),
        }))}
      />
      {failed && (
        <p class="small tone-vermilion" role="alert">
          {t("push-ask-failed")}
        </p>
      )}
    </div>
  );
}
