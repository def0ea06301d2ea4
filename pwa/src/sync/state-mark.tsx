import "./state-mark.css";
import { t } from "../platform/locale";
import { Icon, type IconName } from "../ui/icon";
import type { OpState } from "./status";

const icons: Record<OpState, IconName> = { waiting: "phone", sent: "sent", confirmed: "check", needs_you: "alert" };

/** How far a tap has come: a small mark, and its word for screen readers or, with `words`, for everybody. */
export function StateMark({ state, words }: { state: OpState; words?: boolean }) {
  const word = t(`sync-state-${state.replace("_", "-")}`);
  return (
    <span class="state-mark" data-state={state} title={word}>
      <Icon name={icons[state]} size={16} />
      <span class={words ? undefined : "visually-hidden"}>{word}</span>
    </span>
  );
}
