import type { PublicOrder } from '#contract/public-order.ts';
import workerUrl from '../notices/worker.ts?worker&url';
import { type CustomerText, sayFor } from './customer-text.ts';
import type { NoticeState } from './page-state.ts';

/** Tells of an order that is ready, while its page is open, wherever the customer looks. */
export interface ReadyNotices {
  state(): NoticeState;
  /** Asks the customer, by a question of the browser. */
  ask(): void;
  /** @param before undefined: it was not shown */
  onOrder(before: PublicOrder | null | undefined, order: PublicOrder): void;
}

export function createReadyNotices(text: CustomerText, draw: () => void): ReadyNotices {
  const canNotify = 'Notification' in window && 'serviceWorker' in navigator;
  let asked = false;
  let worker: Promise<ServiceWorkerRegistration> | undefined;
  if (canNotify && Notification.permission === 'granted') register();
  function register(): void {
    worker ??= navigator.serviceWorker.register(workerUrl).then(whenActive);
    worker.catch(() => {});
  }

  return {
    state() {
      if (!canNotify) return 'none';
      if (Notification.permission === 'granted') return 'on';
      if (Notification.permission === 'denied') return asked ? 'blocked' : 'none';
      return 'ask';
    },
    async ask() {
      asked = true;
      if ((await Notification.requestPermission()) === 'granted') register();
      draw();
    },
    onOrder(before, order) {
      if (!before || before.status === 'ready' || order.status !== 'ready') return;
      navigator.vibrate?.([300, 150, 300]);
      if (!canNotify || Notification.permission !== 'granted') return;
      const title = sayFor(text, 'now.ready', order.fulfilment);
      worker
        ?.then((registration) =>
          registration.showNotification(title, {
            body: text.t('order.title', { number: order.number }),
            tag: order.id,
            lang: text.language,
            dir: text.dir,
            requireInteraction: true,
            data: location.href,
          }),
        )
        .catch(() => {});
    },
  };
}

/** A notification needs a worker that is active; a new one is not yet. */
function whenActive(registration: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const next = registration.installing ?? registration.waiting;
  if (registration.active || !next) return Promise.resolve(registration);
  return new Promise((resolve) => {
    next.addEventListener('statechange', () => next.state === 'activated' && resolve(registration));
  });
}
