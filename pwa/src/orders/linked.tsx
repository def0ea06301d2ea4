import { useRoute } from "preact-iso";
import { Problem } from "../platform/http";
import { formatDate, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Empty, LoadError } from "../ui/empty";
import { useLoad } from "../ui/load";
import { SkeletonList } from "../ui/skeleton";
import { fetchOrderByLink } from "./queries";
import { Tracking } from "./tracking";

/** The page behind a private link: tracking without a log-in, without name or address. */
export default function LinkedOrderScreen() {
  const token = useRoute().params.token ?? "";
  const { data: order, error, retry } = useLoad(token, () => fetchOrderByLink(token));
  usePage({ title: order ? t("order-title", { number: order.number }) : t("order-list-title") });

  if (order)
    return (
      <Tracking
        order={order}
        after={
          <p class="small muted">
            {t("order-link-note")}{" "}
            {order.link_until && t("order-link-until", { date: formatDate(order.link_until, "date") })}
          </p>
        }
      />
    );
  if (error instanceof Problem && error.status === 410)
    return <Empty drawing="search" title={t("order-link-ended-title")} text={t("order-link-ended-text")} />;
  if (error instanceof Problem && error.status === 404)
    return <Empty drawing="search" title={t("order-link-gone-title")} text={t("order-link-gone-text")} />;
  if (error) return <LoadError error={error} retry={retry} />;
  return (
    <div class="screen">
      <SkeletonList rows={3} height="9rem" />
    </div>
  );
}
