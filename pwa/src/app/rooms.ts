import { cartRoom } from "../cart/model";
import { wishlistRoom } from "../cart/wishlist";
import type { Op } from "../db/schema";
import type { Room } from "../sync/project";

/** The rooms whose ops the phone can show before the server has answered. */
export const rooms: readonly Room[] = [
  cartRoom,
  wishlistRoom,
  {
    ops: {
      "address.put": (draft, op) => draft.put("address", String(op.address_id), fields(op)),
      "address.remove": (draft, op) => draft.remove("address", String(op.address_id)),
      "prefs.set": (draft, op) => draft.put("prefs", String(op.name), { value: op.value }),
      "checkout.place": (draft, op) =>
        draft.put("checkout", String(op.intent), {
          state: "queued",
          order_group: null,
          quote: null,
          asked: fields(op),
        }),
      "checkout.withdraw": (draft, op) => {
        const checkout = draft.one<{ state: string }>("checkout", String(op.intent));
        if (checkout?.state === "queued") draft.remove("checkout", String(op.intent));
      },
      "message.send": (draft, op) =>
        draft.put("message", op.id, {
          thread: op.thread,
          text: op.text,
          at: new Date(op.at).toISOString(),
          mine: true,
        }),
    },
  },
];

/** What is the op's own, without the fields that every op has. */
function fields({ id, seq, at, base, base_at, epoch, kind, ...own }: Op): Record<string, unknown> {
  return own;
}
