import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { clock } from "../platform/clock";
import { Problem } from "../platform/http";
import { formatDay, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Button, ButtonLink } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { Field } from "../ui/field";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { Sheet } from "../ui/sheet";
import { SkeletonList } from "../ui/skeleton";
import { wholeNumber } from "../ui/stepper";
import { toast, toastUndo } from "../ui/toast";
import { SendOn } from "./send-on";
import { StockFile } from "./stock-file";
import { type Counted, count, fetchStock, type SellerStock, type StockPlace, type Warehouse } from "./stock-queries";
import "./sell.css";

/** From so many days on, what has lain longest is worth a word. */
const LONG_DAYS = 90;

interface Chosen {
  variant: SellerStock;
  place: StockPlace;
}

/** What lies where: with the maker and in warehouses near the buyers. */
export default function StockScreen() {
  const [low, setLow] = useState(false);
  const { query } = useLocation();
  const [words, setWords] = useState(query.q ?? "");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [busy, setBusy] = useState(false);
  const [file, setFile] = useState(false);
  usePage({ title: t("stock-title"), back: "/sell" });
  const page = useLoad(`${low} ${words}`, () => fetchStock(low, words));
  const warehouses = page.data?.warehouses ?? [];

  const more = async () => {
    if (!page.data) return;
    setBusy(true);
    const next = await fetchStock(low, words, page.data.next_cursor).catch(() => null);
    if (next) page.put({ ...next, items: [...page.data.items, ...next.items] });
    setBusy(false);
  };
  const save = async ({ variant, place }: Chosen, next: Omit<Counted, "warehouse">) => {
    const { warehouse, on_hand, low_mark, promise } = place;
    await count(variant.sku, { warehouse, ...next });
    setChosen(null);
    toastUndo(t("stock-counted", { title: variant.title, count: next.on_hand }), () => {
      count(variant.sku, { warehouse, on_hand, low_mark, ...asBefore(promise) }).then(page.retry, () =>
        toast(t("sell-failed")),
      );
    });
    page.retry();
  };

  return (
    <div class="screen">
      <div class="wrap">
        <ButtonLink href="/sell/transfers">{t("transfers-title")}</ButtonLink>
        <Button onClick={() => setFile(true)}>{t("stock-file")}</Button>
      </div>
      <Search words={words} onSearch={setWords} />
      {/* biome-ignore lint/a11y/useSemanticElements: a row of chips, not fields of a form. */}
      <div class="chips" role="group" aria-label={t("codes-which")}>
        {[false, true].map((only) => (
          <button
            type="button"
            class="chip"
            key={String(only)}
            aria-pressed={only === low}
            onClick={() => setLow(only)}
          >
            {t(only ? "stock-low" : "codes-all")}{" "}
            {only && page.data && <span class="number small">{formatNumber(page.data.low)}</span>}
          </button>
        ))}
      </div>
      {page.error ? (
        <LoadError error={page.error} retry={page.retry} />
      ) : !page.data ? (
        <SkeletonList rows={5} height="7rem" />
      ) : page.data.items.length === 0 ? (
        <Empty drawing="cargo" title={t(low ? "stock-none-low" : "stock-none")} text={t("stock-none-text")} />
      ) : (
        <ul class="stack">
          {page.data.items.map((variant) => (
            <Variant
              key={variant.sku}
              variant={variant}
              warehouses={warehouses}
              onChoose={(place) => setChosen({ variant, place })}
            />
          ))}
        </ul>
      )}
      {page.data?.next_cursor && (
        <Button wide busy={busy} onClick={more}>
          {t("search-more")}
        </Button>
      )}
      <Sheet open={file} onClose={() => setFile(false)} title={t("stock-file")}>
        <StockFile
          onDone={() => {
            setFile(false);
            page.retry();
          }}
        />
      </Sheet>
      <Sheet open={chosen !== null} onClose={() => setChosen(null)} title={chosen?.variant.title ?? ""}>
        {chosen && (
          <>
            <p class="muted">{placeName(chosen.place.warehouse, warehouses)}</p>
            <Lain place={chosen.place} />
            <Count place={chosen.place} onSave={(next) => save(chosen, next)} />
            {chosen.place.warehouse === null && chosen.place.free > 0 && (
              <SendOn
                variant={chosen.variant}
                free={chosen.place.free}
                warehouses={warehouses}
                onDone={() => {
                  setChosen(null);
                  toast(t("transfers-sent"));
                  page.retry();
                }}
              />
            )}
          </>
        )}
      </Sheet>
    </div>
  );
}

/** "Maas Store, Rotterdam, Netherlands", or the maker's own room. */
export function placeName(slug: string | null, warehouses: readonly Warehouse[]): string {
  if (slug === null) return t("stock-with-maker");
  const warehouse = warehouses.find((each) => each.slug === slug);
  return warehouse ? [warehouse.name, warehouse.place, countryName(warehouse.country)].join(", ") : slug;
}

function Search({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const [typed, setTyped] = useState(words);
  return (
    <form
      class="row stock-search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <div class="grow">
        <Field label={t("stock-search")} name="q" type="search" inputMode="search" value={typed} onInput={setTyped} />
      </div>
      <Button type="submit">{t("stock-search-go")}</Button>
    </form>
  );
}

function Variant({
  variant,
  warehouses,
  onChoose,
}: {
  variant: SellerStock;
  warehouses: readonly Warehouse[];
  onChoose: (place: StockPlace) => void;
}) {
  return (
    <li class="card stack sell-line">
      <div class="row">
        <Picture src={variant.image} alt="" />
        <span class="grow">
          {variant.title}
          <span class="small muted sell-number">
            <bdi>{variant.sku}</bdi> · {variant.shop}
          </span>
        </span>
      </div>
      <ul class="stack stock-places">
        {variant.places.map((place) => (
          <li key={place.warehouse ?? ""}>
            <button type="button" class="stock-place" onClick={() => onChoose(place)}>
              <span class="grow">
                {placeName(place.warehouse, warehouses)}
                {place.promise && (
                  <span class="small muted sell-number">
                    {t("stock-coming", {
                      count: place.promise.pieces,
                      day: formatDay(place.promise.expected_on),
                      waiting: place.promise.waiting,
                    })}
                  </span>
                )}
                {place.ages.oldest_days > LONG_DAYS && (
                  <span class="small tone-amber sell-number">
                    {t("stock-oldest", { days: place.ages.oldest_days })}
                  </span>
                )}
              </span>
              <span class={place.is_low ? "tone-vermilion" : undefined}>
                <strong class="number">{formatNumber(place.free)}</strong>{" "}
                <span class="small">{t(place.is_low ? "stock-free-low" : "stock-free")}</span>
                {place.reserved > 0 && (
                  <span class="small muted sell-number">{t("stock-held", { count: place.reserved })}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** Pieces by age, longest first is what costs storage. */
function Lain({ place: { ages, on_hand } }: { place: StockPlace }) {
  const groups = [
    ["stock-age-30", ages.up_to_30_days],
    ["stock-age-90", ages.up_to_90_days],
    ["stock-age-180", ages.up_to_180_days],
    ["stock-age-more", ages.older],
  ] as const;
  if (on_hand === 0) return null;
  return (
    <dl class="stock-ages">
      {groups
        .filter(([, pieces]) => pieces > 0)
        .map(([name, pieces]) => (
          <div key={name}>
            <dt class="small muted">{t(name)}</dt>
            <dd>
              <meter min={0} max={on_hand} value={pieces} aria-label={t(name)} />{" "}
              <span class="number">{formatNumber(pieces)}</span>
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Counting anew; what is held for orders must stay. */
function Count({ place, onSave }: { place: StockPlace; onSave: (next: Omit<Counted, "warehouse">) => Promise<void> }) {
  const [onHand, setOnHand] = useState(String(place.on_hand));
  const [mark, setMark] = useState(String(place.low_mark));
  const [day, setDay] = useState(place.promise?.expected_on ?? "");
  const [coming, setComing] = useState(String(place.promise?.pieces ?? ""));
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const next = { on_hand: wholeNumber(onHand), low_mark: wholeNumber(mark) };
    if (next.on_hand === null || next.low_mark === null) return setError(t("stock-whole"));
    if (next.on_hand < place.reserved) return setError(t("stock-held-more", { count: place.reserved }));
    const more = promisedAnew(place.promise, day, coming);
    if (more === null) return setError(t("stock-whole"));
    setBusy(true);
    setError("");
    try {
      await onSave({ on_hand: next.on_hand, low_mark: next.low_mark, ...more });
    } catch (problem) {
      setError(problem instanceof Problem ? problem.message : t("sell-failed"));
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t("stock-on-hand")}
        name="on_hand"
        inputMode="numeric"
        value={onHand}
        maxLength={8}
        error={error || undefined}
        hint={place.reserved > 0 ? t("stock-held", { count: place.reserved }) : undefined}
        onInput={setOnHand}
      />
      <Field
        label={t("stock-low-mark")}
        name="low_mark"
        inputMode="numeric"
        value={mark}
        maxLength={8}
        hint={t("stock-low-mark-hint")}
        onInput={setMark}
      />
      <Field label={t("stock-coming-day")} name="expected_on" type="date" value={day} onInput={setDay} />
      <Field
        label={t("stock-coming-pieces")}
        name="coming"
        inputMode="numeric"
        value={coming}
        maxLength={8}
        hint={t("stock-coming-hint", { waiting: place.promise?.waiting ?? 0 })}
        onInput={setComing}
      />
      <Button look="primary" wide type="submit" busy={busy}>
        {t("stock-save")}
      </Button>
    </form>
  );
}

/** What came meanwhile was taken off what comes; a day that has passed cannot be promised again. */
export function asBefore(promise: StockPlace["promise"]): Pick<Counted, "expected_on" | "coming"> {
  if (!promise) return { coming: 0 };
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  return promise.expected_on > today ? { expected_on: promise.expected_on, coming: promise.pieces } : {};
}

/** What the form says of what comes, if that is anything new; null when the pieces are no number. */
export function promisedAnew(
  before: StockPlace["promise"],
  day: string,
  coming: string,
): Pick<Counted, "expected_on" | "coming"> | null {
  const typed = coming.trim();
  if (day === (before?.expected_on ?? "") && typed === String(before?.pieces ?? "")) return {};
  const pieces = typed === "" ? 0 : wholeNumber(typed);
  if (pieces === null) return null;
  return pieces === 0 || !day ? { coming: pieces } : { expected_on: day, coming: pieces };
}
