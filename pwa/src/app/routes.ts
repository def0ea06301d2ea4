import { lazy } from "preact-iso";

/** Every address of the app and the screen behind it, each a file of its own that is fetched when it is needed. */
export const routes = {
  "/": lazy(() => import("../catalog/home")),
  "/search": lazy(() => import("../catalog/search")),
  "/s/:slug": lazy(() => import("../catalog/shop")),
  "/p/:sku": lazy(() => import("../catalog/product")),
  "/cart": lazy(() => import("../cart/view")),
  "/checkout": lazy(() => import("../checkout/view")),
  "/orders": lazy(() => import("../orders/list")),
  "/orders/:id": lazy(() => import("../orders/order")),
  "/o/:token": lazy(() => import("../orders/linked")),
  "/wishlist": lazy(() => import("../catalog/wishlist")),
  "/you": lazy(() => import("../accounts/you")),
  "/you/sync": lazy(() => import("../sync/queue")),
  "/you/notifications": lazy(() => import("../orders/notices")),
  "/you/devices": lazy(() => import("../accounts/devices")),
  "/you/addresses": lazy(() => import("../accounts/addresses")),
  "/login": lazy(() => import("../accounts/login")),
  "/register": lazy(() => import("../accounts/register")),
  "/forgot": lazy(() => import("../accounts/forgot")),
  "/reset": lazy(() => import("../accounts/reset")),
  "/confirm-email": lazy(() => import("../accounts/confirm-email")),
  "/sell": lazy(() => import("../sell/batches")),
  "/sell/goods": lazy(() => import("../sell/goods")),
  "/sell/stock": lazy(() => import("../sell/stock")),
  "/sell/transfers": lazy(() => import("../sell/transfers")),
  "/sell/lanes": lazy(() => import("../sell/lanes")),
  "/sell/pick": lazy(() => import("../sell/pick")),
  "/sell/:batch/pack": lazy(() => import("../sell/pack")),
  "/sell/:batch": lazy(() => import("../sell/batch")),
  "/operate": lazy(() => import("../operate/overview")),
  "/operate/lanes": lazy(() => import("../operate/lanes")),
  "/operate/rules": lazy(() => import("../operate/rules")),
  "/operate/pushes": lazy(() => import("../operate/pushes")),
  "/operate/imports": lazy(() => import("../operate/imports")),
};

/** Starts fetching a path's screen before the router asks for it. */
export function preload(path: string): Promise<unknown> {
  const parts = path.split("/");
  const match = Object.entries(routes).find(([pattern]) => {
    const wanted = pattern.split("/");
    return wanted.length === parts.length && wanted.every((part, i) => part.startsWith(":") || part === parts[i]);
  });
  return match ? match[1].preload() : Promise.resolve();
}
