/** The service worker behind notifications: some phones show none without one. A tap brings the page of the order back. */

interface NoticeEvent extends Event {
  notification: { close(): void; data: unknown };
  waitUntil(done: Promise<unknown>): void;
}
interface OpenPage {
  url: string;
  focus(): Promise<unknown>;
}
/** What is used of a service worker's global scope. */
interface Scope {
  addEventListener(type: 'notificationclick', listener: (event: NoticeEvent) => void): void;
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
  };
}
const scope = self as unknown as Scope;

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(String(event.notification.data)));
});

async function show(url: string): Promise<unknown> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.find((page) => page.url === url)?.focus() ?? scope.clients.openWindow(url);
}
