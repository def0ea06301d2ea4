import { useState } from "preact/hooks";
import { clock } from "../platform/clock";
import { locale, t } from "../platform/locale";
import { usePage } from "../platform/page";
import { Empty } from "../ui/empty";
import { time } from "./model";
import { orders } from "./queries";
import { ago } from "./sentence";
import "./orders.css";
import { Letters } from "../push/letters";
import { PushSettings } from "../push/settings";
import { lookedAt, type News, newsOf } from "./news";

/** What happened to all orders, newest first, as this phone knows it; and what of it rings. */
export default function NoticesScreen() {
  usePage({ title: t("notices-title"), back: "/you" });
  const news = newsOf(orders.value);
  // What was new when the screen opened stays marked while it is open.
  const [seenBefore] = useState(() => lookedAt(news[0]));
  return (
    <div class="screen">
      <section class="stack" aria-labelledby="news">
        <h2 id="news">{t("notices-news")}</h2>
        {news.length === 0 ? (
          <Empty drawing="boat" title={t("notices-none")} text={t("notices-none-text")} />
        ) : (
          <ol class="stack">
            {news.map((one) => (
              <Row key={one.id} one={one} isNew={time(one.at) > seenBefore} />
            ))}
          </ol>
        )}
      </section>
      <section class="card stack" aria-labelledby="rings">
        <h2 id="rings">{t("notices-rings")}</h2>
        <PushSettings />
      </section>
      <section class="card stack" aria-labelledby="letters">
        <h2 id="letters">{t("push-mail-title")}</h2>
        <Letters />
      </section>
    </div>
  );
}

function Row({ one, isNew }: { one: News; isNew: boolean }) {
  return (
    <li>
      <a class={isNew ? "card notice-row notice-new" : "card notice-row"} href={`/orders/${one.order}`}>
        <span class="between">
          <bdi class="strong">{one.shop}</bdi>
          <span class="small muted">{ago(one.at, clock.now(), locale.value)}</span>
        </span>
        <span>
          {one.says}
          {isNew && <span class="visually-hidden"> {t("notices-new")}</span>}
        </span>
      </a>
    </li>
  );
}
