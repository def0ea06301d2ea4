import { formatNumber, t, type Words } from "../platform/locale";
import { Button } from "../ui/button";
import { type Action, act, actionsOf } from "./outcomes";
import { asksForYou, type Card } from "./status";

/** One outcome in plain words, with what can be done about it. */
export function OutcomeNote({ card }: { card: Card }) {
  return (
    <div class={asksForYou(card.outcome) ? "notice notice-vermilion" : "notice"}>
      <div class="stack">
        <p>{outcomeWords(card)}</p>
        <OutcomeActions card={card} />
      </div>
    </div>
  );
}

function OutcomeActions({ card }: { card: Card }) {
  if (card.outcome.code === "working") return null;
  const actions = actionsOf(card);
  return (
    <div class="wrap">
      {actions.map((action) => (
        <Button key={action} onClick={() => void act(card, action)}>
          {words(action, card)}
        </Button>
      ))}
    </div>
  );
}

function words(action: Action, { outcome }: Card): string {
  if (action === "dismiss") return t("sync-dismiss");
  return t(`sync-action-${action}`, { kept: formatNumber(outcome.kept ?? 0) });
}

const REASONS = [
  "old",
  "sign_in",
  "cart_ordered",
  "price_changed",
  "stock",
  "authenticate",
  "declined",
  "quote_expired",
  "cart_changed",
  "closed",
  "unknown_kind",
  "unknown_line",
  "unknown_cart",
  "too_late",
  "too_many_lines",
];

/** What became of the op, for people. A reason that this build does not know is still told, by its code. */
export function outcomeWords({ outcome, op }: Card): string {
  const args: Words = {
    kept: outcome.kept ?? 0,
    asked: formatNumber(Number(outcome.asked ?? op?.quantity ?? 0)),
    got: formatNumber(Number(outcome.got ?? 0)),
  };
  const why = outcome.why ?? "";
  switch (outcome.code) {
    case "merged":
      return t(op?.kind === "cart.remove" ? "sync-merged-remove" : "sync-merged", args);
    case "superseded":
      return t(why === "too_old" ? "sync-superseded-too-old" : "sync-superseded", args);
    case "moved":
      return t("sync-moved", args);
    case "working":
      return t("sync-working", args);
    case "applied":
      return t("sync-applied", args);
    case "rejected":
    case "needs_you":
      return REASONS.includes(why)
        ? t(`sync-why-${why.replaceAll("_", "-")}`, args)
        : t("sync-why-other", { why: why || outcome.code });
  }
}
