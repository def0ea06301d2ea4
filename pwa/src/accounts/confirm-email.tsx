import { useLocation } from "preact-iso";
import { t } from "../platform/locale";
import { usePage } from "../platform/page";
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/empty";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { Done } from "./form";
import { confirmEmail, wordsFor } from "./queries";

/** Where the mail's link leads: the new address is confirmed by opening it. */
export default function ConfirmEmailScreen() {
  const token = useLocation().query.token ?? "";
  const confirmed = useLoad(`confirm ${token}`, async () => {
    await confirmEmail(token);
    return true;
  });
  usePage({ title: t("account-confirm-title"), back: "/you" });
  if (confirmed.data)
    return (
      <Done title={t("account-confirm-done")} text={t("account-confirm-done-text")}>
        <ButtonLink href="/you">{t("account-to-you")}</ButtonLink>
      </Done>
    );
  if (confirmed.error)
    return (
      <Empty drawing="search" title={t("account-confirm-failed")} text={wordsFor(confirmed.error)}>
        <ButtonLink href="/you">{t("account-to-you")}</ButtonLink>
      </Empty>
    );
  return (
    <div class="screen">
      <SkeletonList rows={1} />
    </div>
  );
}
