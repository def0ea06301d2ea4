import { scope } from "../db/mirror";
import { keepConfirmed } from "../db/scopes";
import { announce } from "../platform/channel";
import { clock } from "../platform/clock";
import { api } from "../platform/http";
import { signedOut } from "../platform/session";
import { GUEST_ORDER, type Order } from "./model";

const PAGE = 100;
const MAX_PAGES = 5;
const AGAIN_MS = 30_000;
let asked = { key: "", at: 0 };

/**
 * Asks for the orders that the shopper placed as a guest, before they logged in. These stay in the guest's scope and never
 * come by sync, so they are kept beside what does, for when there is no network. Fails when there is none.
 */
export async function refreshGuestOrders(): Promise<void> {
  const open = scope.peek();
  if (!open?.account || signedOut.peek()) return;
  if (asked.key === open.key && clock.now() - asked.at < AGAIN_MS) return;
  const found = new Map<string, Order>();
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const reply: OrderPage = await api("GET", "/api/v1/orders", undefined, {
      query: { linked: "true", limit: PAGE, cursor },
    });
    for (const order of reply.items) found.set(order.id, order);
    cursor = reply.next_cursor;
    if (!cursor) break;
  }
  asked = { key: open.key, at: clock.now() };
  await keepConfirmed(open.key, GUEST_ORDER, found);
  announce({ type: "changed" });
}

interface OrderPage {
  items: Order[];
  next_cursor: string | null;
}
