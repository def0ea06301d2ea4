import { t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { Button, ButtonLink } from "../ui/button";
import { Icon } from "../ui/icon";
import { toast } from "../ui/toast";
import { dismiss, queued, refusals, withdraw } from "./queries";

/** Orders given offline: those on their way to being placed, and those that need the shopper after all. */
export function QueuedCheckouts() {
  const waiting = queued.value;
  const refused = refusals.value;
  if (waiting.length === 0 && refused.length === 0) return null;
  return (
    <section class="stack" aria-label={t("checkout-queued-title")} aria-live="polite">
      {waiting.map(({ intent, state, max_total }) => (
        <div class="notice" key={intent}>
          <Icon name="clock" />
          <div class="stack grow">
            <strong>{t(`checkout-queued-${state}`)}</strong>
            <p class="small">
              {t(`checkout-queued-${state}-text`)}{" "}
              {max_total && t("checkout-at-most", { amount: formatMoney(max_total) })}
            </p>
            {state !== "working" && (
              <Button
                onClick={() => {
                  void withdraw(intent);
                  toast(t("checkout-withdrawn"));
                }}
              >
                {t("checkout-withdraw")}
              </Button>
            )}
          </div>
        </div>
      ))}
      {refused.map(({ id, outcome }) => {
        const why = (outcome.why ?? "closed").replaceAll("_", "-");
        return (
          <div class="notice notice-vermilion" key={id}>
            <Icon name="alert" />
            <div class="stack grow">
              <strong>{t(`checkout-why-${why}`)}</strong>
              <p class="small">{t(`checkout-why-${why}-text`)}</p>
              <div class="wrap">
                <ButtonLink href="/checkout">{t("checkout-again")}</ButtonLink>
                <Button look="quiet" onClick={() => void dismiss(id)}>
                  {t("checkout-dismiss")}
                </Button>
              </div>
            </div>
          </div>
        );
      })}
    </section>
  );
}
