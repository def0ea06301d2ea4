import { useState } from "preact/hooks";
import { wished } from "../cart/wishlist";
import { formatNumber, languages, locale, setLocale, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { account, isSeller, isStaff, signedOut } from "../platform/session";
import { InstallHint } from "../push/install-hint";
import { line, needsYou } from "../sync/status";
import { ButtonLink } from "../ui/button";
import { destinationOptions } from "../ui/country";
import { Icon, type IconName } from "../ui/icon";
import "./accounts.css";
import { ChangeEmail, DeleteAccount, ExportData } from "./account-matters";
import { buyer, buyerWords } from "./buyer";
import type { BuyerSheet } from "./buyer-sheet";
import { currencyOptions } from "./currency";
import { LogOut } from "./log-out";
import {
  chooseCountry,
  chooseCurrency,
  chooseDataSaver,
  chooseTheme,
  country,
  currency,
  dataSaver,
  type Theme,
  tellLanguage,
  theme,
} from "./preferences";

/** The shopper's own corner: who they are, what they set, and everything about their data. */
export default function YouScreen() {
  usePage({ title: t("you-title") });
  const me = account.value;
  return (
    <div class="screen account-form">
      <Who />
      <ul class="list">
        {isStaff.value && <Door href="/operate" icon="shield" name={t("operate-title")} />}
        {isSeller.value && <Door href="/sell" icon="shop" name={t("you-sell")} />}
        <Door href="/wishlist" icon="heart" name={t("wishlist-title")} note={count(wished.value.size)} />
        <Door href="/you/addresses" icon="place" name={t("address-title")} />
        <Door
          href="/you/sync"
          icon="sync"
          name={t("you-sync")}
          note={needsYou.value ? count(needsYou.value) : count(line.value.waiting)}
          urgent={needsYou.value > 0}
        />
        <Door href="/you/notifications" icon="bell" name={t("notices-title")} />
        {me && <Door href="/you/devices" icon="installed" name={t("devices-title")} />}
      </ul>
      <Settings />
      <InstallHint />
      <section class="stack" aria-labelledby="you-data">
        <h2 id="you-data">{t("you-data")}</h2>
        <p class="small muted">{t("you-data-text")}</p>
        <ul class="list">
          {me && <ChangeEmail />}
          <ExportData />
          <DeleteAccount />
        </ul>
      </section>
      {me && <LogOut />}
      <p class="small muted version">{t("you-version")}</p>
    </div>
  );
}

function Who() {
  const me = account.value;
  if (me && !signedOut.value)
    return (
      <p class="row">
        <Icon name="you" size={40} />
        <span class="grow you-name">
          <strong>{me.email}</strong>
          {me.shops.length > 0 && (
            <span class="small muted">
              {me.shops.length > 3
                ? t("you-shops", { count: me.shops.length })
                : me.shops.map((shop) => shop.name).join(", ")}
            </span>
          )}
        </span>
      </p>
    );
  return (
    <section class="card stack" aria-labelledby="who">
      <h2 id="who">{t(signedOut.value ? "you-signed-out" : "you-guest")}</h2>
      <p>{t(signedOut.value ? "you-signed-out-text" : "you-guest-text")}</p>
      <div class="wrap">
        {!signedOut.value && (
          <ButtonLink href="/register" look="primary">
            {t("account-register")}
          </ButtonLink>
        )}
        <ButtonLink href="/login" look={signedOut.value ? "primary" : "plain"}>
          {t("account-login")}
        </ButtonLink>
      </div>
    </section>
  );
}

function Settings() {
  const speak = async (language: string) => {
    await setLocale(language);
    tellLanguage(language);
  };
  return (
    <section class="stack" aria-labelledby="you-settings">
      <h2 id="you-settings">{t("you-settings")}</h2>
      <ul class="list">
        <Pick
          icon="globe"
          name={t("you-language")}
          value={locale.value}
          onChange={(value) => void speak(value)}
          options={languages.map((value) => ({ value, label: languageName(value) }))}
        />
        <Pick
          icon="place"
          name={t("you-country")}
          value={country.value ?? ""}
          onChange={chooseCountry}
          options={[...(country.value ? [] : [{ value: "", label: "–" }]), ...destinationOptions()]}
        />
        <Pick
          icon="coins"
          name={t("you-currency")}
          value={currency.value}
          onChange={chooseCurrency}
          options={currencyOptions()}
        />
        <BuyerRow />
        <Pick
          icon="theme"
          name={t("you-theme")}
          value={theme.value}
          onChange={(value) => chooseTheme(value as Theme)}
          options={(["system", "light", "dark"] as const).map((value) => ({ value, label: t(`you-theme-${value}`) }))}
        />
        <li>
          <label class="list-row">
            <Icon name="saver" size={20} />
            <span class="grow">
              {t("you-saver")}
              <span class="small muted device-line">{t("you-saver-text")}</span>
            </span>
            <input
              type="checkbox"
              class="switch"
              checked={dataSaver.value}
              onChange={(event) => chooseDataSaver(event.currentTarget.checked)}
            />
          </label>
        </li>
      </ul>
    </section>
  );
}

/** Who buys; the form comes with the tap. */
function BuyerRow() {
  const [Open, open] = useState<typeof BuyerSheet | null>(null);
  const business = buyer.value;
  const show = async () => {
    const { BuyerSheet } = await import("./buyer-sheet");
    open(() => BuyerSheet);
  };
  return (
    <li>
      <button type="button" class="list-row" aria-haspopup="dialog" onClick={() => void show()}>
        <Icon name="card" size={20} />
        <span class="grow">
          {t("buyer-title")}
          <span class="small muted device-line">
            {business ? buyerWords(business) || t("buyer-business") : t("buyer-person")}
          </span>
        </span>
        <Icon name="forward" size={20} />
      </button>
      {Open && <Open onClose={() => open(null)} />}
    </li>
  );
}

interface PickProps {
  icon: IconName;
  name: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

function Pick({ icon, name, value, onChange, options }: PickProps) {
  return (
    <li>
      <label class="list-row">
        <Icon name={icon} size={20} />
        <span class="grow">{name}</span>
        <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
    </li>
  );
}

function Door({
  href,
  icon,
  name,
  note,
  urgent,
}: {
  href: string;
  icon: IconName;
  name: string;
  note?: string;
  urgent?: boolean;
}) {
  return (
    <li>
      <a class="list-row" href={href}>
        <Icon name={icon} size={20} />
        <span class="grow">{name}</span>
        {note && <span class={urgent ? "number strong tone-vermilion" : "number muted"}>{note}</span>}
        <Icon name="forward" size={20} />
      </a>
    </li>
  );
}

const count = (number: number) => (number > 0 ? formatNumber(number) : "");

/** A language in its own words: "Español". */
function languageName(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
