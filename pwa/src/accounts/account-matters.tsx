import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isEmail } from "../checkout/draft";
import { t } from "../platform/locale";
import { logout } from "../platform/session";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { useLoad } from "../ui/load";
import { Sheet } from "../ui/sheet";
import { toast } from "../ui/toast";
import { changeEmail, deleteMine, exportMine, fetchMe, wordsFor } from "./queries";

/** A new address counts once the mail sent to it was opened. */
export function ChangeEmail() {
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const me = useLoad("me", fetchMe);
  const pending = me.data?.email_pending;
  const send = async () => {
    if (!isEmail(email)) return setProblem(t("account-email-invalid"));
    try {
      await changeEmail(email.trim(), password);
      setOpen(false);
      setPassword("");
      me.retry();
      toast(t("you-email-sent", { email: email.trim() }));
    } catch (error) {
      setProblem(wordsFor(error));
    }
  };
  return (
    <li>
      <button type="button" class="list-row" onClick={() => setOpen(true)}>
        <Icon name="mail" size={20} />
        <span class="grow">
          {t("you-email")}
          {pending && <span class="small tone-amber device-line">{t("you-email-pending", { email: pending })}</span>}
        </span>
        <Icon name="forward" size={20} />
      </button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t("you-email")}>
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <p>{t("you-email-text")}</p>
          <Field
            label={t("you-email-new")}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            value={email}
            onInput={setEmail}
          />
          <Field
            label={t("account-password")}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            error={problem ?? undefined}
            onInput={setPassword}
          />
          <Button look="primary" wide type="submit">
            {t("you-email-send")}
          </Button>
        </form>
      </Sheet>
    </li>
  );
}

/** Everything the server holds about the person, as one file. */
export function ExportData() {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const file = new Blob([JSON.stringify(await exportMine(), null, 2)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = "sampan-export.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      toast(wordsFor(error));
    }
    setBusy(false);
  };
  return (
    <li>
      <button type="button" class="list-row" aria-busy={busy} onClick={() => void save()}>
        <Icon name="download" size={20} />
        <span class="grow">{t("you-export")}</span>
        {busy && <span class="spinner" />}
      </button>
    </li>
  );
}

/** Erasure, said plainly and asked twice. */
export function DeleteAccount() {
  const { route } = useLocation();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const erase = async () => {
    setBusy(true);
    try {
      await deleteMine();
      await logout("discard");
      setOpen(false);
      toast(t("you-deleted"));
      route("/", true);
    } catch (error) {
      setProblem(wordsFor(error));
    }
    setBusy(false);
  };
  return (
    <li>
      <button type="button" class="list-row tone-vermilion" onClick={() => setOpen(true)}>
        <Icon name="bin" size={20} />
        <span class="grow">{t("you-delete")}</span>
      </button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t("you-delete-sure")}>
        <p>{t("you-delete-text")}</p>
        {problem && (
          <p class="tone-vermilion" role="alert">
            {problem}
          </p>
        )}
        <Button look="danger" wide busy={busy} onClick={() => void erase()}>
          {t("you-delete-yes")}
        </Button>
        <Button wide onClick={() => setOpen(false)}>
          {t("ui-cancel")}
        </Button>
      </Sheet>
    </li>
  );
}
