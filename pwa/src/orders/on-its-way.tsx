import { t } from "../platform/locale";
import { Picture } from "../ui/picture";
import "./orders.css";
import { isOver, needsYou, type Order, progress } from "./model";
import { whatHappened, whenExpected } from "./sentence";

/** One card for what is on its way: the first of them in full, the others counted. Nothing when nothing moves. */
export function OnItsWay({ orders }: { orders: readonly Order[] }) {
  const moving = orders.filter((order) => !isOver(order));
  const [first] = moving;
  if (!first) return null;
  const others = moving.length - 1;
  return (
    <section class="stack" aria-labelledby="on-its-way">
      <h2 id="on-its-way">{t("home-on-its-way")}</h2>
      <a class="card order-card" href={`/orders/${first.id}`}>
        <OrderSummary order={first} />
      </a>
      {others > 0 && (
        <a class="more-link" href="/orders">
          {t("home-others-on-the-way", { count: others })}
        </a>
      )}
    </section>
  );
}

/** Picture, sentence, date and progress of an order, for cards. */
export function OrderSummary({ order }: { order: Order }) {
  const when = whenExpected(order);
  return (
    <>
      <span class="order-head">
        <Picture src={order.lines[0]?.image} tint={order.shop.tint} alt="" />
        <span class="grow">
          <span class="small muted one-line">
            {order.shop.name} · <bdi>{order.number}</bdi>
          </span>
          <strong class={needsYou(order) ? "tone-vermilion" : undefined}>{whatHappened(order)}</strong>
          {when && <span class="small">{when}</span>}
        </span>
      </span>
      {!isOver(order) && <Progress value={progress(order)} />}
    </>
  );
}

/** A bar from the maker to the door. */
export function Progress({ value }: { value: number }) {
  const percent = Math.round(value * 100);
  return (
    <span
      class="progress"
      role="progressbar"
      aria-label={t("order-progress")}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </span>
  );
}
