import { t } from "../platform/locale";

/** A grey bar that holds the place of words to come. Sizes are any CSS length. */
export function Skeleton({ width = "100%", height = "1rem" }: { width?: string; height?: string }) {
  return <div class="skeleton" style={{ inlineSize: width, blockSize: height }} />;
}

/** The shape of a list of cards while it loads; spoken once as "Loading". */
export function SkeletonList({ rows = 4, height = "5.5rem" }: { rows?: number; height?: string }) {
  return (
    <div class="stack" role="status">
      <span class="visually-hidden">{t("ui-loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} />
      ))}
    </div>
  );
}

/** The shape of a grid of products while it loads. */
export function SkeletonGrid({ cards = 6 }: { cards?: number }) {
  return (
    <div class="product-grid" role="status">
      <span class="visually-hidden">{t("ui-loading")}</span>
      {Array.from({ length: cards }, (_, card) => (
        <div class="product-card" key={card}>
          <div class="picture skeleton" />
          <Skeleton height="2.75rem" />
          <Skeleton width="60%" />
        </div>
      ))}
    </div>
  );
}
