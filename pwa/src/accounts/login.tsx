import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { isEmail } from "../checkout/draft";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { login } from "../platform/session";
import { Field } from "../ui/field";
import { toast } from "../ui/toast";
import { AccountForm } from "./form";

/** Logs in on this phone; a guest's cart comes along. */
export default function LoginScreen() {
  const { query, route } = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  usePage({ title: t("account-login"), back: "/you" });
  return (
    <AccountForm
      intro={t("account-login-intro")}
      submit={t("account-login")}
      check={() => (isEmail(email) ? (password ? null : t("account-password-missing")) : t("account-email-invalid"))}
      send={async () => {
        const { absorbed } = await login(email, password);
        toast(absorbed > 0 ? t("account-absorbed", { count: absorbed }) : t("account-welcome-back"));
        route(safePath(query.next) ?? "/you", true);
      }}
      below={
        <p class="links">
          <a href="/forgot">{t("account-forgot")}</a>
          <a href="/register">{t("account-register-instead")}</a>
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
        autoComplete="current-password"
        value={password}
        onInput={setPassword}
        required
      />
    </AccountForm>
  );
}

/** Only ever leads back into the app. */
export function safePath(path: string | undefined): string | null {
  return path?.startsWith("/") && !path.startsWith("//") ? path : null;
}
