import { EventEmitter } from 'node:events';
import type { Notification, NotificationConstructorOptions } from 'electron';

/** How the system treats notifications: `mute` accepts them and shows nothing, as focus assist does. */
export type Notifications = 'shown' | 'mute' | 'failed' | 'unsupported';

/** A notification that a person sees. */
export interface FakeNotification extends NotificationConstructorOptions {
  click(): void;
  /** Moves it from the screen to Windows' notification list. */
  timeOut(): void;
  /** Presses one of its buttons. */
  press(label: string): void;
}

/** What a Linux notification server makes of a body. */
function rendered(body: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return body.replaceAll(/<[^>]*>/g, '').replaceAll(/&(\w+);/g, (_, name) => entities[name] ?? '');
}

/** `Notification`, all requested notifications, and those on the screen. */
export function fakeNotifications(system: Notifications, platform: NodeJS.Platform) {
  const asked: FakeNotification[] = [];
  const shown: FakeNotification[] = [];

  function construct(options: NotificationConstructorOptions) {
    const events = new EventEmitter();
    const fake: FakeNotification = {
      ...options,
      ...(platform === 'linux' && { body: rendered(options.body ?? '') }),
      click: () => void events.emit('click', {}),
      timeOut: () => void events.emit('close', { reason: 'timedOut' }),
      press(label) {
        const actionIndex = (options.actions ?? []).findIndex(({ text }) => text === label);
        if (actionIndex < 0) throw new Error(`the notification has no button "${label}"`);
        events.emit('action', { actionIndex }, actionIndex);
      },
    };
    const methods = {
      show() {
        asked.push(fake);
        if (system === 'shown') shown.push(fake);
        if (system === 'shown') events.emit('show', {});
        if (system === 'failed') events.emit('failed', {}, 'the system refused');
      },
      close() {
        if (shown.includes(fake)) shown.splice(shown.indexOf(fake), 1);
        events.emit('close', { reason: 'applicationHidden' });
      },
    } satisfies Partial<Notification>;
    return Object.assign(events, methods);
  }
  const Native = Object.assign(construct, { isSupported: () => system !== 'unsupported' });
  return { Notification: Native as unknown as typeof Notification, asked, shown };
}
