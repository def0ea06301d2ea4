import { useState } from "preact/hooks";
import { t } from "../platform/locale";
import { Button } from "../ui/button";
import { Choices } from "../ui/field";
import { toast } from "../ui/toast";
import "./push.css";
import {
  change,
  chosenLevel,
  chosenSteps,
  type Level,
  levels,
  type PushProblem,
  pushState,
  type QuietHours,
  quietHours,
  type Step,
  sendTest,
  steps,
  USUAL_HOURS,
} from "./subscription";

/** How much rings on this phone, of which steps, and in which hours not; with a way to try it. */
export function PushSettings() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PushProblem | null>(null);
  const state = pushState();
  const level = state === "on" ? (chosenLevel() ?? "none") : "none";
  if (state === "unsupported" || state === "install_first")
    return <p class="small muted">{t(state === "unsupported" ? "push-ask-unsupported" : "push-ask-install-first")}</p>;

  const choose = async (wish: Parameters<typeof change>[0], said: string) => {
    setBusy(true);
    const failed = await change(wish);
    setBusy(false);
    setProblem(failed);
    if (!failed) toast(said);
  };

  return (
    <div class="stack" aria-busy={busy}>
      <Choices
        legend={t("push-ask-how-much")}
        name="push-settings"
        value={level}
        onChange={(value) =>
          void choose({ level: value as Level }, t(value === "none" ? "push-ask-off" : "push-ask-on"))
        }
        options={levels.map((value) => ({
          value,
          label: t(`push-ask-${value.replace("_", "-")}`),
          hint: t(`push-ask-${value.replace("_", "-")}-hint`),
        }))}
      />
      {state === "on" && level === "chosen" && (
        <Steps chosen={chosenSteps()} onChange={(chosen) => void choose({ steps: chosen }, t("push-saved"))} />
      )}
      {state === "on" && level !== "none" && (
        <Hours quiet={quietHours()} onChange={(quiet) => void choose({ quiet }, t("push-saved"))} />
      )}
      {(problem || state === "blocked") && (
        <p class="small tone-vermilion" role="alert">
          {t(`push-ask-${state === "blocked" ? "blocked" : problem}`)}
        </p>
      )}
      {state === "on" && (
        <Button
          look="quiet"
          onClick={() =>
            void sendTest().then(
              () => toast(t("push-ask-test-sent")),
              () => toast(t("ui-error-title")),
            )
          }
        >
          {t("push-ask-test")}
        </Button>
      )}
    </div>
  );
}

/** A box a step. */
function Steps({ chosen, onChange }: { chosen: readonly Step[]; onChange: (steps: Step[]) => void }) {
  const own = ["delayed", "packed", "shipped", "cancelled"];
  return (
    <fieldset class="choices">
      <legend class="label">{t("push-steps")}</legend>
      {steps.map((step) => (
        <label class="choice" key={step}>
          <input
            type="checkbox"
            name={`step-${step}`}
            checked={chosen.includes(step)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(steps.filter((each) => (each === step ? checked : chosen.includes(each))))
            }
          />
          <span>{t(own.includes(step) ? `push-step-${step}` : `parcel-${step}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const MINUTES = /^(\d{2}):(\d{2})$/;

/** From when to when the phone keeps still, on its own clock. */
function Hours({ quiet, onChange }: { quiet: QuietHours; onChange: (quiet: QuietHours) => void }) {
  const isOn = quiet.from !== quiet.to;
  const field = (end: "from" | "to") => (
    <label class="field">
      <span>{t(`push-quiet-${end}`)}</span>
      <input
        class="input"
        type="time"
        name={`quiet-${end}`}
        value={clockOf(quiet[end])}
        onChange={({ currentTarget: { value } }) => {
          const [, hours, minutes] = MINUTES.exec(value) ?? [];
          if (hours && minutes) onChange({ ...quiet, [end]: Number(hours) * 60 + Number(minutes) });
        }}
      />
    </label>
  );
  return (
    <fieldset class="choices">
      <legend class="label">{t("push-quiet")}</legend>
      <label class="choice">
        <input
          type="checkbox"
          name="quiet"
          checked={isOn}
          onChange={({ currentTarget: { checked } }) => onChange(checked ? USUAL_HOURS : { from: 0, to: 0 })}
        />
        <span>
          {t("push-quiet-keep")}
          <span class="small muted choice-hint">{t("push-quiet-hint")}</span>
        </span>
      </label>
      {isOn && (
        <div class="push-hours">
          {field("from")}
          {field("to")}
        </div>
      )}
    </fieldset>
  );
}

const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
