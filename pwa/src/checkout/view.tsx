import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { type Address, addresses, filled, oneLine, problemsOf, saveAddress } from "../accounts/address";
import { AddressForm } from "../accounts/address-form";
import { buyer, buyerWords } from "../accounts/buyer";
import { country } from "../accounts/preferences";
import { cartLoaded, lines } from "../cart/queries";
import { useLandedSheets } from "../catalog/sheets";
import { t } from "../platform/locale";
import { formatMoney, type Money } from "../platform/money";
import { usePage } from "../platform/page";
import { account } from "../platform/session";
import { online } from "../sync/status";
import { Button, ButtonLink } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty } from "../ui/empty";
import { Choices, Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { later } from "../ui/later";
import { SkeletonList } from "../ui/skeleton";
import { Challenge } from "./challenge";
import "./checkout.css";
import { type Draft, dropDraft, isEmail, keepDraft, readDraft } from "./draft";
import { SpendingLimit, useLimit, useOwnReckoning } from "./limit";
import { type Placing, usePlacing, type Why } from "./placing";
import { orderLater, type Placement, sandboxCards } from "./queries";
import { QueuedCheckouts } from "./queued";
import { useCartQuote } from "./quote";

/** Below the first screen, and the largest part of this one. */
const Bill = later(() => import("./bill").then((room) => room.Bill), "30rem");

/** Checkout on one page: who, where, what it costs, how it is paid, and one button that says the amount. */
export default function CheckoutScreen() {
  usePage({ title: t("checkout-title"), back: "/cart" });
  const placing = usePlacing();
  if (!cartLoaded.value) return <SkeletonList rows={4} height="6rem" />;
  // An order being placed has left the cart already: the form stays for the bank's question and for a refusal.
  if (lines.value.length === 0 && !placing.busy && !placing.problem)
    return (
      <div class="screen">
        <QueuedCheckouts />
        <Empty title={t("checkout-empty-title")} text={t("checkout-empty-text")}>
          <ButtonLink href="/search">{t("order-none-browse")}</ButtonLink>
        </Empty>
      </div>
    );
  return <CheckoutForm placing={placing} />;
}

function CheckoutForm({ placing }: { placing: Placing }) {
  const { route } = useLocation();
  const saved = addresses.value;
  const [draft, setDraft] = useState<Draft>(() =>
    readDraft(account.value?.email ?? "", saved[0]?.id ?? null, country.value ?? ""),
  );
  const [strict, setStrict] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  useEffect(() => keepDraft(draft), [draft]);

  const known = saved.find((each) => each.id === draft.saved);
  const address: Address = known ?? draft.address;
  const to = address.country
    ? { country: address.country, ...(address.postcode && { postcode: address.postcode }) }
    : null;
  const quote = useCartQuote(to);
  const own = useOwnReckoning(quote.last, to?.country ?? null);
  const limit = useLimit(quote.last, own);
  const { show, sheets } = useLandedSheets(quote.last ?? own);

  const placement = (): Placement => ({
    ship_to: withoutId(address),
    contact: { email: draft.email.trim(), ...(address.phone && { phone: address.phone }) },
    payment_method: { provider: "sandbox", token: draft.card },
  });

  const ready = (): boolean => {
    const good = isEmail(draft.email) && (known !== undefined || Object.keys(problemsOf(draft.address)).length === 0);
    setStrict(!good);
    if (!good) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    return good;
  };

  const done = () => {
    if (!known && draft.keep) void saveAddress(draft.address);
    dropDraft();
  };

  const pay = async () => {
    if (!ready()) return;
    const placed = await placing.place(draft, placement(), quote);
    if (placed === "new intent") change(readFresh());
    if (placed === null || placed === "new intent") return;
    done();
    const [first, ...others] = placed.orders;
    route(first ? `/orders/${first.id}?placed=${others.length + 1}` : "/orders", true);
  };

  const later = async () => {
    if (!ready() || !limit.value) return;
    if (!(await orderLater(placement(), limit.value, quote.last))) return;
    done();
    route("/orders", true);
  };

  return (
    <>
      <form
        class="screen checkout"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void (online.value ? pay() : later());
        }}
      >
        <section class="card stack" aria-labelledby="deliver">
          <h2 id="deliver">{t("checkout-deliver")}</h2>
          {saved.length > 0 && (
            <Choices
              legend={t("checkout-which")}
              name="saved"
              value={known ? known.id : ""}
              onChange={(id) => change({ saved: id || null })}
              options={[
                ...saved.map((each) => ({
                  value: each.id,
                  label: each.name,
                  hint: oneLine(each, countryName(each.country)),
                })),
                { value: "", label: t("checkout-elsewhere") },
              ]}
            />
          )}
          {!known && (
            <>
              <AddressForm address={draft.address} strict={strict} onChange={(next) => change({ address: next })} />
              <label class="choice">
                <input
                  type="checkbox"
                  name="keep"
                  checked={draft.keep}
                  onChange={() => change({ keep: !draft.keep })}
                />
                <span>{t("checkout-keep")}</span>
              </label>
            </>
          )}
          <Field
            label={t("checkout-email")}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="email"
            required
            value={draft.email}
            hint={t("checkout-email-hint")}
            error={strict && !isEmail(draft.email) ? t("account-email-invalid") : undefined}
            onInput={(email) => change({ email })}
          />
        </section>

        <section class="card stack" aria-labelledby="payment">
          <h2 id="payment">{t("checkout-payment")}</h2>
          <p class="notice notice-river small">
            <Icon name="info" size={20} />
            <span>{t("checkout-sandbox")}</span>
          </p>
          <Choices
            legend={t("checkout-card")}
            name="card"
            value={draft.card}
            onChange={(card) => change({ card: card as Draft["card"] })}
            options={sandboxCards.map((value) => ({ value, label: t(`checkout-card-${value}`) }))}
          />
        </section>

        <WhoBuys onChange={() => show("buyer")} />
        <Bill quote={quote} own={own} to={to?.country ?? null} show={show} />
        <SpendingLimit limit={limit} />
        {placing.problem && <WhyNot key={placing.problem} why={placing.problem} />}
        <PayBar
          busy={placing.busy}
          total={quote.last?.total ?? null}
          asking={quote.state === "asking"}
          limit={limit.value}
          goTo={to !== null}
        />
        <Challenge placing={placing} />
      </form>
      {/* Beside the form, so that a key in a sheet never sends it. */}
      {sheets}
    </>
  );
}

/** A person or a business: some rules of customs and tax are for persons alone. */
function WhoBuys({ onChange }: { onChange: () => void }) {
  const business = buyer.value;
  return (
    <section class="card row row-wraps" aria-labelledby="buyer">
      <div class="grow">
        <h2 id="buyer">{t("buyer-title")}</h2>
        <p>{business ? buyerWords(business) || t("buyer-business") : t("buyer-person")}</p>
      </div>
      <Button look="quiet" onClick={onChange}>
        {t("landed-change")}
      </Button>
    </section>
  );
}

/** Why nothing was ordered, brought into view when it appears. */
function WhyNot({ why }: { why: Why }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div class="notice notice-vermilion" role="alert" ref={card}>
      <Icon name="alert" />
      <div class="stack">
        <strong>{t(`checkout-why-${why}`)}</strong>
        <p>{t(`checkout-why-${why}-text`)}</p>
      </div>
    </div>
  );
}

/** The one button of the screen, with the amount on it. */
function PayBar({
  busy,
  total,
  asking,
  limit,
  goTo,
}: {
  busy: boolean;
  total: Money | null;
  asking: boolean;
  limit: Money | null;
  goTo: boolean;
}) {
  if (!online.value)
    return (
      <div class="action-bar stack">
        <p class="small">{limit ? t("checkout-at-most", { amount: formatMoney(limit) }) : t("checkout-no-price")}</p>
        <Button look="primary" wide type="submit" icon="clock" disabled={!limit}>
          {t("checkout-later")}
        </Button>
      </div>
    );
  return (
    <div class="action-bar">
      <Button look="primary" wide type="submit" icon="lock" busy={busy} disabled={!total}>
        {total
          ? t("checkout-pay", { amount: formatMoney(total) })
          : t(asking ? "checkout-reckoning" : goTo ? "checkout-no-price" : "checkout-where-first")}
      </Button>
    </div>
  );
}

function withoutId(address: Address): Address {
  const { id: _, address_id: __, ...fields } = address as Address & { id?: string; address_id?: string };
  return filled(fields);
}

/** After a refusal the next try is another order: it must not share the old one's key. */
function readFresh(): Pick<Draft, "intent"> {
  return { intent: crypto.randomUUID() };
}
