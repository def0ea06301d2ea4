import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  /** What is wrong and what to do; shown under the field and spoken with it. */
  error?: string | undefined;
  hint?: string | undefined;
  type?: "text" | "email" | "password" | "tel" | "search" | "date" | undefined;
  autoComplete?: string | undefined;
  inputMode?: "text" | "numeric" | "email" | "tel" | "search" | undefined;
  required?: boolean | undefined;
  maxLength?: number | undefined;
}

/** A text input with its label always in sight. */
export function Field({
  label,
  name,
  value,
  onInput,
  error,
  hint,
  type = "text",
  autoComplete,
  inputMode,
  required,
  maxLength = 200,
}: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        name={name}
        type={type as "text"}
        value={value}
        dir={type === "email" || type === "tel" ? "ltr" : "auto"}
        autoComplete={autoComplete ?? "off"}
        inputMode={inputMode}
        required={required}
        maxLength={maxLength}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Note id={`${id}-note`} error={error} hint={hint} />
    </div>
  );
}

interface SelectProps {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
  error?: string | undefined;
  hint?: string | undefined;
  autoComplete?: string | undefined;
}

/** A choice from a list, by the phone's own wheel. */
export function Select({ label, name, value, onChange, options, error, hint, autoComplete }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        name={name}
        autoComplete={autoComplete}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <Note id={`${id}-note`} error={error} hint={hint} />
    </div>
  );
}

/** Several choices of which one holds, each a whole row to tap. */
export function Choices({
  legend,
  name,
  value,
  onChange,
  options,
}: {
  legend: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly {
    value: string;
    label: string;
    hint?: string | undefined;
  }[];
}) {
  return (
    <fieldset class="choices">
      <legend class="label">{legend}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class="small muted choice-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Note({
  id,
  error,
  hint,
}: {
  id: string;
  error?: string | undefined;
  hint?: string | undefined;
}): ComponentChildren {
  if (error)
    return (
      <p id={id} class="small tone-vermilion" role="alert">
        {error}
      </p>
    );
  return hint ? (
    <p id={id} class="small muted">
      {hint}
    </p>
  ) : null;
}
