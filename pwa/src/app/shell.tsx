import type { ComponentChildren } from "preact";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { lineCount } from "../cart/queries";
import { ordersMoved } from "../orders/moved";
import { formatNumber, t } from "../platform/locale";
import { top } from "../platform/page";
import { needsYou } from "../sync/status";
import { view } from "../sync/view";
import { IconButton } from "../ui/button";
import { Empty } from "../ui/empty";
import { Icon, type IconName } from "../ui/icon";
import { Toasts } from "../ui/toast";
import { routes } from "./routes";
import { LineStrip, UpdatePrompt } from "./strips";
import "./shell.css";

/** The frame round every screen: title above, the five places below, and between them the state of the line. */
export function Shell() {
  return (
    <LocationProvider>
      <a class="skip button" href="#main">
        {t("app-skip")}
      </a>
      <div class="shell">
        <TopBar />
        <main id="main" tabIndex={-1}>
          <ErrorBoundary onError={(problem) => console.error(problem)}>
            <Router onRouteChange={toTop}>
              {Object.entries(routes).map(([path, screen]) => (
                <Route key={path} path={path} component={screen} />
              ))}
              <Route default component={NotFound} />
            </Router>
          </ErrorBoundary>
        </main>
        <BottomBar />
      </div>
      <UpdatePrompt />
      <Toasts />
    </LocationProvider>
  );
}

function TopBar() {
  const { title, field, back, action } = top.value;
  const { route } = useLocation();
  const goBack = () => (history.length > 1 && document.referrer !== "" ? history.back() : route(back ?? "/"));
  return (
    <header class="top">
      <div class="top-row">
        {back && <IconButton icon="back" label={t("ui-back")} onClick={navigated ? () => history.back() : goBack} />}
        {field ? <div class="top-field">{field}</div> : <h1 class="top-title">{title}</h1>}
        {action}
      </div>
      <LineStrip />
    </header>
  );
}

interface Place {
  href: string;
  icon: IconName;
  label: string;
  /** Paths that belong to the place, so that its mark stays lit. */
  covers: RegExp;
  mark?: () => ComponentChildren;
}

const places: Place[] = [
  { href: "/", icon: "home", label: "app-home", covers: /^\/($|s\/|p\/)/ },
  { href: "/search", icon: "search", label: "app-search", covers: /^\/search/ },
  { href: "/cart", icon: "cart", label: "app-cart", covers: /^\/(cart|checkout)/, mark: CartMark },
  { href: "/orders", icon: "parcel", label: "app-orders", covers: /^\/(orders|o\/)/, mark: OrdersMark },
  {
    href: "/you",
    icon: "you",
    label: "app-you",
    covers: /^\/(you|wishlist|login|register|forgot|reset|confirm|sell)/,
    mark: YouMark,
  },
];

function BottomBar() {
  const { path } = useLocation();
  return (
    <nav class="bar" aria-label={t("app-places")}>
      {places.map(({ href, icon, label, covers, mark: Mark }) => (
        <a key={href} href={href} class="bar-place" aria-current={covers.test(path) ? "page" : undefined}>
          <span class="bar-icon">
            <Icon name={icon} />
            {Mark && <Mark />}
          </span>
          <span class="bar-label">{t(label)}</span>
        </a>
      ))}
    </nav>
  );
}

function CartMark() {
  const count = lineCount.value;
  if (!count) return null;
  return (
    <span class="bar-count">
      <span aria-hidden="true">{formatNumber(Math.min(count, 99))}</span>
      <span class="visually-hidden">{t("app-cart-count", { count })}</span>
    </span>
  );
}

function OrdersMark() {
  return ordersMoved(view.value) ? <Dot words={t("app-orders-moved")} /> : null;
}

function YouMark() {
  return needsYou.value ? <Dot words={t("app-needs-you", { count: needsYou.value })} urgent /> : null;
}

function Dot({ words, urgent }: { words: string; urgent?: boolean }) {
  return (
    <span class="bar-dot" data-urgent={urgent ? "" : undefined}>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

function NotFound() {
  top.value = { title: t("app-not-found") };
  return (
    <div class="screen">
      <Empty title={t("app-not-found")} text={t("app-not-found-text")}>
        <a class="button button-primary" href="/">
          {t("app-to-home")}
        </a>
      </Empty>
    </div>
  );
}

/** True once the shopper has moved inside the app: then "back" is history's. */
let navigated = false;
let here = "";

function toTop(url: string): void {
  const path = url.split("?")[0] ?? url;
  if (here && path !== here) {
    navigated = true;
    window.scrollTo(0, 0);
  }
  here = path;
}
