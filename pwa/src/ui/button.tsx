import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

interface ButtonProps {
  children: ComponentChildren;
  /** One `primary` button a screen; `quiet` is text in the accent; `danger` is for what cannot be taken back. */
  look?: "primary" | "plain" | "quiet" | "danger" | undefined;
  icon?: IconName | undefined;
  wide?: boolean | undefined;
  /** Shows a turning ring and ignores taps; the words stay, so the button keeps its width. */
  busy?: boolean | undefined;
  disabled?: boolean | undefined;
  type?: "button" | "submit" | undefined;
  onClick?: ((event: MouseEvent) => void) | undefined;
}

const looks = {
  primary: "button button-primary",
  plain: "button",
  quiet: "button button-quiet",
  danger: "button button-danger",
};

export function Button({
  children,
  look = "plain",
  icon,
  wide,
  busy,
  disabled,
  type = "button",
  onClick,
}: ButtonProps) {
  return (
    <button
      type={type}
      class={wide ? `${looks[look]} button-wide` : looks[look]}
      disabled={disabled}
      aria-busy={busy ? "true" : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </button>
  );
}

/** A button that is only a picture; its `label` is spoken. */
export function IconButton({
  icon,
  label,
  pressed,
  onClick,
}: {
  icon: IconName;
  label: string;
  pressed?: boolean | undefined;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="button button-icon"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  href,
  children,
  look = "plain",
  icon,
  wide,
}: Pick<ButtonProps, "children" | "look" | "icon" | "wide"> & {
  href: string;
}) {
  return (
    <a href={href} class={wide ? `${looks[look]} button-wide` : looks[look]}>
      {icon && <Icon name={icon} size={20} />}
      <span>{children}</span>
    </a>
  );
}
