import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useLanded } from "../catalog/landed";
import { useLandedSheets } from "../catalog/sheets";
import { t } from "../platform/locale";
import { formatMoney } from "../platform/money";
import { usePage } from "../platform/page";
import { line as connection } from "../sync/status";
import { view } from "../sync/view";
import { ButtonLink } from "../ui/button";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { SkeletonList } from "../ui/skeleton";
import { CartLineView } from "./line";
import type { Line } from "./model";
import { cartLoaded, lineCount, lines, refreshMarket } from "./queries";
import { goods, type Maker, makers } from "./reckoning";
import { MakerSums, Totals } from "./totals";
import "./view.css";

/** The cart: whole on the phone, by maker, as parcels will leave. */
export default function CartView() {
  usePage({ title: t("cart-title") });
  useEffect(() => {
    void refreshMarket();
    const again = () => document.visibilityState === "visible" && void refreshMarket();
    document.addEventListener("visibilitychange", again);
    return () => document.removeEventListener("visibilitychange", again);
  }, []);

  if (!cartLoaded.value) {
    return (
      <div class="screen">
        <SkeletonList rows={3} height="8.5rem" />
      </div>
    );
  }
  return lineCount.value ? <FullCart /> : <EmptyCart />;
}

function FullCart() {
  const landed = useLanded(lines.value.filter((line) => line.market?.problem !== "unlisted").map(askedOf));
  const { show, sheets } = useLandedSheets(landed.quote);
  const isOne = makers.value.length === 1;
  return (
    <div class="screen cart">
      <Queued />
      <div class="cart-makers">
        {makers.value.map((maker) => (
          <MakerView key={maker.slug} maker={maker}>
            {!isOne && maker.slug && <MakerSums maker={maker} landed={landed} show={show} />}
          </MakerView>
        ))}
      </div>
      <Totals landed={landed} goods={goods.value} show={show} />
      <ToCheckout />
      {sheets}
    </div>
  );
}

const askedOf = ({ sku, quantity }: Line) => ({ sku, quantity });

function MakerView({ maker, children }: { maker: Maker; children: ComponentChildren }) {
  const heading = `maker-${maker.slug || "unknown"}`;
  return (
    <section class="stack" aria-labelledby={heading}>
      <div class="between">
        <h2 id={heading}>
          {maker.slug ? (
            <a class="cart-maker" href={`/s/${maker.slug}`}>
              <Icon name="shop" size={20} />
              {maker.name}
            </a>
          ) : (
            t("cart-maker-unknown")
          )}
        </h2>
        {maker.goods && <span class="small muted number">{formatMoney(maker.goods)}</span>}
      </div>
      <ul class="list">
        {maker.lines.map((each) => (
          <CartLineView key={each.sku} line={each} />
        ))}
      </ul>
      {children}
    </section>
  );
}

/** Stays at the bottom; says the amount, or that the order will be placed when the phone is back online. */
function ToCheckout() {
  const total = goods.value;
  const offline = connection.value.state === "offline";
  return (
    <div class="action-bar cart-bar">
      <div class="cart-bar-sum">
        <span class="small muted">{t("cart-goods-of", { count: lineCount.value })}</span>
        <strong class="number cart-bar-total">{total ? formatMoney(total) : t("cart-price-later")}</strong>
      </div>
      <ButtonLink href="/checkout" look="primary">
        {t(offline ? "cart-order-later" : "cart-checkout")}
      </ButtonLink>
    </div>
  );
}

/** An order placed without a network still waits here. */
function Queued() {
  const waiting = [...view.value.all<{ state: string } | null>("checkout").values()].some(
    (each) => each?.state === "queued",
  );
  if (!waiting) return null;
  return (
    <a class="notice notice-river cart-queued" href="/checkout">
      <Icon name="clock" size={20} />
      <span>{t("cart-queued")}</span>
    </a>
  );
}

function EmptyCart() {
  return (
    <div class="screen">
      <Queued />
      <Empty drawing="cargo" title={t("cart-empty")} text={t("cart-empty-text")}>
        <ButtonLink href="/" look="primary">
          {t("cart-empty-shops")}
        </ButtonLink>
        <ButtonLink href="/wishlist" look="quiet" icon="heart">
          {t("cart-empty-wishlist")}
        </ButtonLink>
      </Empty>
    </div>
  );
}
