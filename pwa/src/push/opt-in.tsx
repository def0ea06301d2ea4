import { useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Choices } from "../ui/field";
import { Icon } from "../ui/icon";
import { toast } from "../ui/toast";
import "./push.css";
import { changeLevel, chosenLevel, type Level, levels, type PushProblem, pushState, turnOn } from "./subscription";

/** After an order: what a message would look like, and one tap to get them. Nothing once that was answered. */
export function PushOptIn({ shop }: { shop: string }) {
  const [level, setLevel] = useState<Level>("important");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PushProblem | null>(null);
  const [declined, setDeclined] = useState(false);
  const state = pushState();
  if (state === "unsupported" || state === "on" || declined || chosenLevel() === "none") return null;

  const yes = async () => {
    setBusy(true);
    const failed = await turnOn(level);
    setBusy(false);
    setProblem(failed);
    if (!failed) toast(t("push-ask-on"));
  };

  return (
    <section class="card stack" aria-labelledby="push">
      <div class="row">
        <Icon name="bell" />
        <h2 class="grow" id="push">
          {t("push-ask-title")}
        </h2>
      </div>
      <Preview shop={shop} />
      {state === "install_first" ? (
        <p class="small muted">{t("push-ask-install-first")}</p>
      ) : state === "blocked" || problem === "blocked" ? (
        <p class="small muted">{t("push-ask-blocked")}</p>
      ) : (
        <>
          <Choices
            legend={t("push-ask-how-much")}
            name="push-level"
            value={level}
            onChange={(value) => setLevel(value as Level)}
            options={levels
              .filter((value) => value === "important" || value === "every_step")
              .map((value) => ({
                value,
                label: t(`push-ask-${value.replace("_", "-")}`),
                hint: t(`push-ask-${value.replace("_", "-")}-hint`),
              }))}
          />
          {problem && (
            <p class="small tone-vermilion" role="alert">
              {t(`push-ask-${problem}`)}
            </p>
          )}
          <div class="wrap">
            <Button icon="bell" busy={busy} onClick={yes}>
              {t("push-ask-yes")}
            </Button>
            <Button
              look="quiet"
              onClick={() => {
                setDeclined(true);
                void changeLevel("none");
              }}
            >
              {t("push-ask-no")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** A message as it will look on the lock screen. */
function Preview({ shop }: { shop: string }) {
  return (
    <figure class="push-preview" aria-label={t("push-ask-example")}>
      <img src="/icons/icon.svg" alt="" width={36} height={36} />
      <figcaption>
        <strong>{t("push-ask-example-title", { shop })}</strong>
        <span class="small muted">{t("push-ask-example-body")}</span>
      </figcaption>
    </figure>
  );
}
