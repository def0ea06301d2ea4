import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { install, installWay } from "./install";
import "./push.css";

/** Offers the app for the home screen, once there is a reason to: an order to follow. */
export function InstallHint() {
  const way = installWay();
  if (!way) return null;
  return (
    <section class="card stack" aria-labelledby="install">
      <div class="row">
        <Icon name="phone" />
        <h2 class="grow" id="install">
          {t("install-title")}
        </h2>
      </div>
      <p>{t("install-text")}</p>
      {way === "prompt" ? (
        <Button icon="download" onClick={() => void install()}>
          {t("install-now")}
        </Button>
      ) : (
        <ol class="steps">
          <li>{t("install-step-share")}</li>
          <li>{t("install-step-add")}</li>
          <li>{t("install-step-open")}</li>
        </ol>
      )}
    </section>
  );
}
