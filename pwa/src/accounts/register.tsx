import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isEmail } from "../checkout/draft";
import { locale, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { register } from "../platform/session";
import { Field } from "../ui/field";
import { toast } from "../ui/toast";
import { AccountForm } from "./form";
import { safePath } from "./login";
import { country } from "./preferences";
import { MIN_PASSWORD } from "./queries";

/** Turns the guest into an account: cart and orders stay as they are. */
export default function RegisterScreen() {
  const { query, route } = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  usePage({ title: t("account-register"), back: "/you" });
  return (
    <AccountForm
      intro={t("account-register-intro")}
      submit={t("account-register")}
      check={() => {
        if (!isEmail(email)) return t("account-email-invalid");
        return password.length < MIN_PASSWORD ? t("account-password-short", { count: MIN_PASSWORD }) : null;
      }}
      send={async () => {
        await register({
          email: email.trim(),
          password,
          locale: locale.peek(),
          ...(country.peek() && { country: country.peek() as string }),
        });
        toast(t("account-registered"));
        route(safePath(query.next) ?? "/you", true);
      }}
      below={
        <p class="links">
          <a href="/login">{t("account-login-instead")}</a>
        </p>
      }
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
      <Field
        label={t("account-password")}
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
