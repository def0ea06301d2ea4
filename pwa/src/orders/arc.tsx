import { countryName } from "../ui/country";
import type { Order } from "./model";
import { fromTo } from "./sentence";

const WIDTH = 320;
const HEIGHT = 88;
const FROM = { x: 20, y: 66 };
const TO = { x: 300, y: 66 };
const TOP = { x: 160, y: -22 };

/** A boat on the way from the maker's country to the buyer's: drawn, not a map, so it needs no network. */
export function Arc({ order, at }: { order: Order; at: number }) {
  const boat = pointAt(at);
  return (
    <figure class="arc">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={fromTo(order)}>
        <path class="arc-way" d={`M${FROM.x} ${FROM.y}Q${TOP.x} ${TOP.y} ${TO.x} ${TO.y}`} pathLength="100" />
        <path
          class="arc-done"
          d={`M${FROM.x} ${FROM.y}Q${TOP.x} ${TOP.y} ${TO.x} ${TO.y}`}
          pathLength="100"
          stroke-dasharray={`${at * 100} 100`}
        />
        <circle class="arc-end" cx={FROM.x} cy={FROM.y} r="5" />
        <circle class={at === 1 ? "arc-end arc-there" : "arc-end"} cx={TO.x} cy={TO.y} r="5" />
        <g transform={`translate(${boat.x} ${boat.y})`}>
          <circle class="arc-halo" r="14" />
          <path class="arc-boat" d="M-9 2h18c-1.5 4-4 5.5-7 5.5h-4c-3 0-5.5-1.5-7-5.5ZM-5 1v-3c0-3 2-5 5-5s5 2 5 5v3" />
        </g>
      </svg>
      <figcaption class="between small" aria-hidden="true">
        <span>{countryName(order.shop.country)}</span>
        <span>{countryName(order.ship_to.country)}</span>
      </figcaption>
    </figure>
  );
}

/** A point of the curve, by the share of its parameter; near enough to its length on so flat a curve. */
function pointAt(share: number): { x: number; y: number } {
  const rest = 1 - share;
  const mix = (from: number, top: number, to: number) =>
    rest * rest * from + 2 * rest * share * top + share * share * to;
  return { x: mix(FROM.x, TOP.x, TO.x), y: mix(FROM.y, TOP.y, TO.y) };
}
