import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { AccountForm, Done } from "./form";
import { MIN_PASSWORD, resetPassword } from "./queries";

/** Where the mail's link leads: a new password. */
export default function ResetScreen() {
  const token = useLocation().query.token ?? "";
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  usePage({ title: t("account-reset-title"), back: "/login" });
  if (done)
    return (
      <Done title={t("account-reset-done")} text={t("account-reset-done-text")}>
        <ButtonLink href="/login" look="primary">
          {t("account-login")}
        </ButtonLink>
      </Done>
    );
  return (
    <AccountForm
      intro={t("account-reset-intro")}
      submit={t("account-reset-save")}
      check={() => (password.length < MIN_PASSWORD ? t("account-password-short", { count: MIN_PASSWORD }) : null)}
      send={async () => {
        await resetPassword(token, password);
        setDone(true);
      }}
      below={
        <p class="links">
          <a href="/forgot">{t("account-forgot-again")}</a>
        </p>
      }
    >
      <Field
        label={t("account-password-new")}
        name="password"
        type="password"
        autoComplete="new-password"
        value={password}
        hint={t("account-password-hint", { count: MIN_PASSWORD })}
        onInput={setPassword}
        required
      />
    </AccountForm>
  );
}
