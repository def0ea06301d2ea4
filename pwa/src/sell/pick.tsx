import { useEffect, useState } from "preact/hooks";
import { formatDate, formatNumber, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { online } from "../sync/status";
import { ButtonLink } from "../ui/button";
import { countryName } from "../ui/country";
import { Empty, LoadError } from "../ui/empty";
import { useLoad } from "../ui/load";
import { Picture } from "../ui/picture";
import { SkeletonList } from "../ui/skeleton";
import { useKeptList } from "./kept-list";
import { fetchPicks, type PickLine, type PickPlace } from "./picks";
import "./sell.css";

/** What to take from the shelves, one place at a time; ticks stay on this phone and nothing is sent. */
export default function PickScreen() {
  usePage({ title: t("pick-title"), back: "/sell" });
  const [chosen, setChosen] = useState("");
  const loaded = useLoad("picks", fetchPicks);
  const picks = loaded.data;
  // What was kept is asked for anew as soon as there is signal.
  useEffect(() => {
    if (picks?.kept_at && online.value) loaded.retry();
  }, [online.value]);
  if (!picks)
    return loaded.error ? (
      <LoadError error={loaded.error} retry={loaded.retry} />
    ) : (
      <div class="screen">
        <SkeletonList rows={5} height="5rem" />
      </div>
    );
  const place = picks.places.find(({ id }) => id === chosen) ?? picks.places[0];
  if (!place) return <Empty drawing="cargo" title={t("sell-none-paid")} text={t("sell-none-text")} />;
  return (
    <div class="screen sell-batch">
      {picks.kept_at && (
        <p class="small tone-amber" role="status">
          {t("pick-kept", { when: formatDate(picks.kept_at, "moment") })}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a row of chips, not fields of a form. */}
      <div class="chips" role="group" aria-label={t("pick-place")}>
        {picks.places.map(({ id, name, country, pieces }) => (
          <button type="button" class="chip" key={id} aria-pressed={id === place.id} onClick={() => setChosen(id)}>
            {name}, {countryName(country)} <span class="number small">{formatNumber(pieces)}</span>
          </button>
        ))}
      </div>
      {picks.more && <p class="small muted">{t("pick-more")}</p>}
      <Walk key={place.id} place={place} />
    </div>
  );
}

function Walk({ place }: { place: PickPlace }) {
  const [ticked, setTicked] = useKeptList(`pick:${place.id}`);
  // A tick stands for a number of pieces for these batches: when another order joins, the line is open again.
  const mark = ({ sku, wanted_by }: PickLine) => `${sku} ${wanted_by.map(({ batch_id }) => batch_id).join(" ")}`;
  const marks = new Set(place.lines.map(mark));
  const standing = ticked.filter((each) => marks.has(each));
  return (
    <>
      <p role="status">
        {t("pick-progress", { done: formatNumber(standing.length), all: formatNumber(place.lines.length) })}
      </p>
      <ul class="stack">
        {place.lines.map((line) => {
          const isTicked = standing.includes(mark(line));
          const rest = standing.filter((each) => each !== mark(line));
          return (
            <li key={line.sku}>
              <label class="card row sell-line pick-line">
                <input
                  type="checkbox"
                  checked={isTicked}
                  onChange={() => setTicked(isTicked ? rest : [...standing, mark(line)])}
                />
                <Picture src={line.image} alt="" />
                <span class="grow">
                  {line.title}
                  <span class="small muted sell-number">
                    <bdi>{line.sku}</bdi>
                  </span>
                  <span class="small muted sell-note">
                    {line.wanted_by.map(({ batch_id, order_number, pieces }) => (
                      <span class="sell-number" key={batch_id}>
                        <bdi>{order_number}</bdi> × {formatNumber(pieces)}
                      </span>
                    ))}
                  </span>
                </span>
                <strong class="big">{formatNumber(line.pieces)}</strong>
              </label>
            </li>
          );
        })}
      </ul>
      <div class="action-bar">
        <ButtonLink
          look={standing.length === place.lines.length ? "primary" : "plain"}
          wide
          icon="parcel"
          href={`/sell/${place.batches[0]}/pack`}
        >
          {t(standing.length === place.lines.length ? "pick-done" : "pick-pack")}
        </ButtonLink>
      </div>
    </>
  );
}
