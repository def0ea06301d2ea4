/** What a push carries, for every engine alike (Declarative Web Push and classic). */
interface Payload {
  app_badge?: number;
  notification?: {
    title?: string;
    body?: string;
    navigate?: string;
    lang?: string;
    dir?: NotificationDirection;
    tag?: string;
    icon?: string;
    silent?: boolean;
    app_badge?: string;
    data?: unknown;
  };
}

/** Shows exactly one notification, whatever came: a push that shows nothing costs the permission. */
export async function announcePush(worker: ServiceWorkerGlobalScope, data: PushMessageData | null): Promise<void> {
  const { notification: told = {}, app_badge } = read(data);
  const count = Number(app_badge ?? told.app_badge ?? Number.NaN);
  const badge = worker.navigator as WorkerNavigator & { setAppBadge?(count: number): Promise<void> };
  if (Number.isInteger(count)) await badge.setAppBadge?.(count).catch(() => undefined);
  await worker.registration.showNotification(told.title ?? "Sampan", {
    body: told.body ?? "",
    lang: told.lang ?? "",
    dir: told.dir ?? "auto",
    ...(told.tag && { tag: told.tag, renotify: true }),
    icon: told.icon ?? "/icons/icon-192.png",
    badge: "/icons/badge.png",
    silent: told.silent ?? false,
    data: { navigate: told.navigate ?? "/orders", more: told.data ?? null },
  } as NotificationOptions);
}

/** A tap on it: an open window is brought forward and led there, else a new one opens. */
export async function openNotified(worker: ServiceWorkerGlobalScope, notification: Notification): Promise<void> {
  notification.close();
  const wanted = new URL(String(notification.data?.navigate ?? "/orders"), worker.location.origin);
  const url = wanted.origin === worker.location.origin ? wanted.href : worker.location.origin;
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((each) => each.url === url) ?? windows[0];
  if (!open) {
    await worker.clients.openWindow(url);
    return;
  }
  await open.focus().catch(() => open);
  if (open.url !== url) await open.navigate(url).catch(() => worker.clients.openWindow(url));
}

function read(data: PushMessageData | null): Payload {
  try {
    return (data?.json() as Payload) ?? {};
  } catch {
    return { notification: { body: data?.text() ?? "" } };
  }
}
