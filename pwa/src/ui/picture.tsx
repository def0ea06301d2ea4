import { useState } from "preact/hooks";
import { Icon } from "./icon";

interface PictureProps {
  src: string | null | undefined;
  /** The shop's light tint, shown behind and while the picture loads. */
  tint?: string | null | undefined;
  /** What the picture shows; empty when words beside it say so already. */
  alt: string;
  /** Sellers' photos fill the square; demo pictures take 60 % of it. */
  fills?: boolean | undefined;
  /** The first picture of a page: fetched at once and first, with the data saver on too. */
  eager?: boolean | undefined;
}

/** A square picture that keeps its place before, while and after it loads. */
export function Picture({ src, tint, alt, fills, eager }: PictureProps) {
  const [failed, setFailed] = useState<string | null>(null);
  const saved = !eager && document.documentElement.dataset.saver === "on";
  return (
    <span
      class="picture"
      data-tinted={tint ? "" : undefined}
      data-fills={fills ? "" : undefined}
      style={tint ? { "--tint": tint } : undefined}
    >
      {src && failed !== src && !saved ? (
        <img
          src={src}
          alt={alt}
          width={480}
          height={480}
          loading={eager ? "eager" : "lazy"}
          fetchpriority={eager ? "high" : undefined}
          decoding={eager ? "sync" : "async"}
          onError={() => setFailed(src)}
        />
      ) : (
        <Icon name="parcel" size={32} label={alt || undefined} />
      )}
    </span>
  );
}
