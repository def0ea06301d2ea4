import { formatNumber, t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { OutcomeNote } from "../sync/outcome-card";
import { StateMark } from "../sync/state-mark";
import { cards } from "../sync/status";
import { Button, IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { Picture } from "../ui/picture";
import { Stepper } from "../ui/stepper";
import { toastUndo } from "../ui/toast";
import { answersOf } from "./answers";
import type { Line } from "./model";
import { add, lineState, remove, set, step } from "./queries";
import { lineTotal, stepFrom, unitPrice } from "./reckoning";
import { useSwipe } from "./swipe";
import { unwish, wish, wished } from "./wishlist";

/** One line of the cart. Swiping it away and the button beside it do the same, and both can be taken back. */
export function CartLineView({ line }: { line: Line }) {
  const { sku, product, quantity, market } = line;
  const title = product?.title ?? sku;
  const swipe = useSwipe(() => removeLine(line));
  const total = lineTotal(line);
  const price = unitPrice(line);
  const limits = market ?? product?.limits ?? null;

  const tap = (direction: 1 | -1) => {
    const delta = stepFrom(quantity, direction, limits);
    if (quantity + delta <= 0) removeLine(line);
    else void step(sku, delta, product ?? undefined);
  };

  return (
    <li class="cart-line">
      <span class="cart-swiped" aria-hidden="true">
        <Icon name="bin" />
      </span>
      <article class="cart-card" ref={swipe} aria-label={title}>
        <div class="cart-picture">
          <Picture src={product?.image} tint={product?.shop.tint} alt="" />
        </div>
        <div class="cart-words">
          <div class="cart-head">
            <a class="cart-name" href={`/p/${encodeURIComponent(sku)}`}>
              {title}
            </a>
            <IconButton
              icon="heart"
              label={t("cart-to-wishlist", { title })}
              pressed={wished.value.has(sku)}
              onClick={() => moveToWishlist(line)}
            />
          </div>
          <p class="small muted cart-price">
            <StateMark state={lineState(sku)} />
            <span>{price ? t("cart-a-piece", { price: formatMoney(price) }) : t("cart-price-later")}</span>
          </p>
          <Answers line={line} />
        </div>
        <div class="cart-controls">
          <Stepper
            value={quantity}
            step={limits?.pack_step ?? 1}
            onStep={(delta) => tap(delta < 0 ? -1 : 1)}
            onSet={(typed) => (typed > 0 ? void set(sku, typed, product ?? undefined) : removeLine(line))}
            label={t("cart-quantity", { title })}
          />
          <strong class="number cart-total">{total ? formatMoney(total) : ""}</strong>
          <IconButton icon="bin" label={t("cart-remove", { title })} onClick={() => removeLine(line)} />
        </div>
        <Outcomes sku={sku} />
      </article>
    </li>
  );
}

/** What the market answers to the quantity, in plain words, with the tap that makes it right. */
function Answers({ line }: { line: Line }) {
  return (
    <>
      {answersOf(line).map(({ id, tone, args, quantity }) => (
        <p key={id} class={`small cart-answer tone-${tone}`}>
          <span>{t(id, args)}</span>
          {quantity !== undefined && (
            <Button look="quiet" onClick={() => void set(line.sku, quantity, line.product ?? undefined)}>
              {t("cart-make-it", { quantity: formatNumber(quantity) })}
            </Button>
          )}
        </p>
      ))}
    </>
  );
}

/** What became of earlier taps on this line, e.g. what another phone had added meanwhile. */
function Outcomes({ sku }: { sku: string }) {
  const mine = cards.value.filter(
    ({ op, outcome }) => (outcome.line ?? op?.line) === sku && (op?.kind ?? outcome.kind ?? "").startsWith("cart."),
  );
  if (!mine.length) return null;
  return (
    <div class="stack cart-outcomes">
      {mine.map((card) => (
        <OutcomeNote key={card.id} card={card} />
      ))}
    </div>
  );
}

/** Removes a line and offers the inverse tap. */
function removeLine({ sku, quantity, product }: Line): void {
  void remove(sku);
  toastUndo(t("cart-removed", { title: product?.title ?? sku }), () => void add(sku, quantity, product ?? undefined));
}

function moveToWishlist(line: Line): void {
  const { sku, quantity, product } = line;
  const before = wished.peek().has(sku);
  if (!before) void wish(sku, product ?? undefined);
  void remove(sku);
  toastUndo(t("cart-moved-to-wishlist", { title: product?.title ?? sku }), () => {
    if (!before) void unwish(sku);
    void add(sku, quantity, product ?? undefined);
  });
}
