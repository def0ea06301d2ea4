import sprite from "./icons.svg";

/** The icons of `icons.svg`, the one stroke family of the app: a file of its own, so that no screen waits for it. */
export type IconName =
  | "home"
  | "search"
  | "cart"
  | "parcel"
  | "you"
  | "back"
  | "forward"
  | "down"
  | "close"
  | "plus"
  | "minus"
  | "check"
  | "done"
  | "alert"
  | "truck"
  | "heart"
  | "place"
  | "bell"
  | "offline"
  | "share"
  | "bin"
  | "globe"
  | "mail"
  | "key"
  | "phone"
  | "leave"
  | "download"
  | "shop"
  | "clock"
  | "sync"
  | "filter"
  | "shield"
  | "info"
  | "card"
  | "undo"
  | "theme"
  | "coins"
  | "warehouse"
  | "sent"
  | "pencil"
  | "installed"
  | "saver"
  | "lock";

/** Icons that point along the line of reading and so turn round in right-to-left languages. */
const directional: ReadonlySet<IconName> = new Set(["back", "forward", "leave", "undo"]);

/** A 24 px stroke icon. Give `label` only when no words stand beside it. */
export function Icon({ name, label, size = 24 }: { name: IconName; label?: string | undefined; size?: number }) {
  return (
    <svg
      class={directional.has(name) ? "icon icon-turns" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
