import { computed } from "@preact/signals";
import { enqueue } from "../db/outbox";
import type { Room } from "../sync/project";
import { view } from "../sync/view";

/** Things to remember. Works offline like the cart. */
export const wishlistRoom: Room = {
  ops: {
    "wishlist.put": (draft, op, at) => {
      const sku = String(op.sku);
      if (!draft.one("wishlist_item", sku)) draft.put("wishlist_item", sku, { sku, product: at.shown ?? null });
    },
    "wishlist.remove": (draft, op) => draft.remove("wishlist_item", String(op.sku)),
  },
};

/** SKUs on the wishlist. */
export const wished = computed(() => new Set(view.value.all("wishlist_item").keys()));

/** `shown` is what the list draws until the server has answered: `{title, image, price, shop}`. */
export const wish = (sku: string, shown?: unknown) => enqueue({ kind: "wishlist.put", sku }, shown);
export const unwish = (sku: string) => enqueue({ kind: "wishlist.remove", sku });
