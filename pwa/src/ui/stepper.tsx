import { t } from "../platform/locale";
import { Icon } from "./icon";

interface StepperProps {
  value: number;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
  /** A tap on − or +: the change, never the result, so that two phones can both count. */
  onStep: (delta: number) => void;
  /** A number typed and left. */
  onSet: (value: number) => void;
  /** What is counted, for a screen reader. */
  label: string;
}

/** A quantity between − and +, by taps or typed. */
export function Stepper({ value, min = 0, max = 1_000_000, step = 1, onStep, onSet, label }: StepperProps) {
  const less = Math.max(min, value - step) - value;
  const more = Math.min(max, value + step) - value;
  return (
    <fieldset class="stepper" aria-label={label}>
      <button
        type="button"
        aria-label={t("ui-less", { step: Math.abs(less) || step })}
        disabled={less >= 0}
        onClick={() => onStep(less)}
      >
        <Icon name="minus" size={20} />
      </button>
      <input
        type="text"
        inputMode="numeric"
        pattern="[0-9]*"
        autoComplete="off"
        aria-label={label}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        onChange={(event) => {
          const typed = wholeNumber(event.currentTarget.value);
          event.currentTarget.value = String(value);
          if (typed !== null && typed !== value) onSet(Math.min(max, typed));
        }}
      />
      <button
        type="button"
        aria-label={t("ui-more", { step: more || step })}
        disabled={more <= 0}
        onClick={() => onStep(more)}
      >
        <Icon name="plus" size={20} />
      </button>
    </fieldset>
  );
}

/** Reads a typed whole number in Western or Arabic digits; null when it is none. */
export function wholeNumber(text: string): number | null {
  const western = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
  return /^\d{1,7}$/.test(western) ? Number(western) : null;
}
