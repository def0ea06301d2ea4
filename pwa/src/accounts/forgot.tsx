import { useState } from "preact/hooks";
import { isEmail } from "../checkout/draft";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { ButtonLink } from "../ui/button";
import { Field } from "../ui/field";
import { AccountForm, Done } from "./form";
import { forgotPassword } from "./queries";

/** Asks for a mail with a link to a new password; the answer is the same for every address. */
export default function ForgotScreen() {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  usePage({ title: t("account-forgot-title"), back: "/login" });
  if (sent)
    return (
      <Done title={t("account-forgot-sent")} text={t("account-forgot-sent-text", { email })}>
        <ButtonLink href="/login">{t("account-login")}</ButtonLink>
      </Done>
    );
  return (
    <AccountForm
      intro={t("account-forgot-intro")}
      submit={t("account-forgot-send")}
      check={() => (isEmail(email) ? null : t("account-email-invalid"))}
      send={async () => {
        await forgotPassword(email.trim());
        setSent(true);
      }}
    >
      <Field
        label={t("account-email")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        value={email}
        onInput={setEmail}
        required
      />
    </AccountForm>
  );
}
