import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { wordsFor } from "./queries";
import "./accounts.css";

interface AccountFormProps {
  /** Says what is wrong with what was typed, or null to go on. */
  check: () => string | null;
  send: () => Promise<void>;
  submit: string;
  intro?: string;
  children: ComponentChildren;
  below?: ComponentChildren;
}

/** A short form with one button, one error line above it, and nothing lost when the line breaks. */
export function AccountForm({ check, send, submit, intro, children, below }: AccountFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const go = async () => {
    const wrong = check();
    setProblem(wrong);
    if (wrong) return;
    setBusy(true);
    try {
      await send();
    } catch (error) {
      setProblem(wordsFor(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="screen account-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void go();
      }}
    >
      {intro && <p>{intro}</p>}
      {children}
      {problem && (
        <p class="notice notice-vermilion" role="alert">
          <Icon name="alert" size={20} />
          <span>{problem}</span>
        </p>
      )}
      <Button look="primary" wide type="submit" busy={busy}>
        {submit}
      </Button>
      {below}
    </form>
  );
}

/** A screen that has nothing more to ask: what was done, and where to go. */
export function Done({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="screen account-form" role="status">
      <p class="row tone-leaf strong">
        <Icon name="done" />
        <span class="grow">{title}</span>
      </p>
      <p>{text}</p>
      {children}
    </div>
  );
}
