import { formatDay, formatNumber, type Words } from "../platform/locale";
import { formatMoney } from "../platform/money";
import type { Line } from "./model";
import { problemOf, unitPrice } from "./reckoning";

/** One sentence under a line. `quantity` is what one tap would make of it. */
export interface Answer {
  id: string;
  tone: "vermilion" | "amber" | "leaf" | "river";
  args: Words;
  quantity?: number;
}

/** What the market says to a line: what stands in the way first, then the price, then what a little more would save. */
export function answersOf(line: Line): Answer[] {
  const answers = [problem(line), price(line)].filter((each): each is Answer => each !== null);
  const tier = answers.length ? null : nextTier(line);
  return tier ? [tier] : answers;
}

function problem({ quantity, market }: Line): Answer | null {
  if (!market) return { id: "cart-answer-later", tone: "amber", args: {} };
  const { minimum_quantity: minimum, pack_step, max_per_order, available } = market;
  const step = Math.max(1, pack_step);
  switch (problemOf(quantity, market)) {
    case "unlisted":
      return { id: "cart-answer-unlisted", tone: "vermilion", args: {} };
    case "below_minimum":
      return { id: "cart-answer-minimum", tone: "amber", args: { minimum: formatNumber(minimum) }, quantity: minimum };
    case "not_in_steps": {
      const next = quantity + step - ((quantity - minimum) % step);
      return { id: "cart-answer-steps", tone: "amber", args: { step: formatNumber(step) }, quantity: next };
    }
    case "above_maximum": {
      const most = max_per_order ?? quantity;
      return { id: "cart-answer-maximum", tone: "amber", args: { maximum: formatNumber(most) }, quantity: most };
    }
    case "short_stock": {
      const left = Math.max(available ?? 0, market.coming?.available ?? 0);
      if (left < minimum) return { id: "cart-answer-sold-out", tone: "vermilion", args: { available: left } };
      const most = left - ((left - minimum) % step);
      return {
        id: "cart-answer-short",
        tone: "amber",
        args: { available: formatNumber(left), missing: formatNumber(quantity - left) },
        quantity: most,
      };
    }
    case null:
      return market.coming && available !== null && quantity > available
        ? { id: "ships-from-day", tone: "amber", args: { day: formatDay(market.coming.on) } }
        : null;
  }
}

function price(line: Line): Answer | null {
  const before = line.market?.price_changed_from;
  const now = unitPrice(line);
  if (!before || !now || before.currency !== now.currency || before.minor === now.minor) return null;
  const fell = now.minor < before.minor;
  return {
    id: fell ? "cart-answer-fell" : "cart-answer-rose",
    tone: fell ? "vermilion" : "amber",
    args: { price: formatMoney(now), before: formatMoney(before) },
  };
}

/** Says what a little more would cost a piece, when the next tier is near: at most half as much again. */
function nextTier(line: Line): Answer | null {
  const now = unitPrice(line);
  const tier = line.product?.tiers
    .filter((each) => each.minimum_quantity > line.quantity && each.minimum_quantity <= line.quantity * 1.5)
    .sort((a, b) => a.minimum_quantity - b.minimum_quantity)[0];
  if (!tier || !now || tier.price.minor >= now.minor) return null;
  return {
    id: "cart-answer-tier",
    tone: "leaf",
    args: { more: formatNumber(tier.minimum_quantity - line.quantity), price: formatMoney(tier.price) },
  };
}
