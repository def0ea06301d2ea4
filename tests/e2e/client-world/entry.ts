/// <reference types="../../../pwa/node_modules/vite/client" />
// What the harness uses of the app: its own modules, bundled as they are.
export * as address from "../../../pwa/src/accounts/address";
export * as preferences from "../../../pwa/src/accounts/preferences";
export { rooms } from "../../../pwa/src/app/rooms";
export * as cart from "../../../pwa/src/cart/queries";
export * as wishlist from "../../../pwa/src/cart/wishlist";
export * as mirror from "../../../pwa/src/db/mirror";
export * as reader from "../../../pwa/src/db/reader";
export * as locks from "../../../pwa/src/platform/locks";
export * as session from "../../../pwa/src/platform/session";
export * as exchange from "../../../pwa/src/sync/exchange";
export * as outcomes from "../../../pwa/src/sync/outcomes";
export { pushByDevice } from "../../../pwa/src/sync/push-by-device";
export * as status from "../../../pwa/src/sync/status";
export * as view from "../../../pwa/src/sync/view";
