import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Undo } from '#contract/bridge.ts';
import type { GoTo } from '#contract/desktop.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Alert } from '#core/alerts/alert.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { alertActions } from './alert-actions.ts';
import { alertText } from './alert-text.ts';
import type { DesktopState } from './create-desktop-state.ts';
import { onStatus } from './on-status.ts';

/** A notification that nobody holds is collected, and its click with it; older ones than these are let go. */
const MOST_HELD = 20;

export interface AlertsOptions {
  Native: typeof Notification;
  display: Pick<Display, 'call' | 'onAlert' | 'onPush'>;
  desktop: DesktopState;
  platform: NodeJS.Platform;
  /** Brings the window forward, and the screen there; null: as it is. */
  show(goTo: GoTo | null): void;
  log: Log;
}

/**
 * One native notification for each alert of the core (A2), which has decided that and has it on disk. Silent: the sound
 * is the screen's own. It goes when nobody needs it any more. Whatever the system makes of it (no support, focus assist,
 * refused), the screen rings.
 */
export function setupAlerts({ Native, display, desktop, platform, show, log }: AlertsOptions): Undo {
  let { language } = DEFAULT_SETTINGS;
  const held = new Map<Notification, Alert>();
  if (!Native.isSupported()) desktop.set({ notifications: 'unsupported' });

  function takeAway(notification: Notification): void {
    held.delete(notification);
    notification.close();
  }

  const undoStatus = onStatus(display, ({ settings, alarm }) => {
    ({ language } = settings);
    for (const [notification, alert] of held) if (isOver(alert, alarm.orderIds)) takeAway(notification);
  });
  const undoAlerts = display.onAlert((alert) => {
    if (!Native.isSupported()) return log.warn('this system shows no notifications', { alert: alert.kind });
    const actions = alertActions(alert, language, platform);
    const options: NotificationConstructorOptions = { ...alertText(alert, language), silent: true };
    if (actions.length > 0) options.actions = actions.map(({ text }) => ({ type: 'button', text }));
    const notification = new Native(options);
    const where: GoTo | null =
      alert.kind !== 'link' && alert.orders.length === 1 ? { to: 'order', orderId: alert.orders[0].id } : null;

    notification.on('click', () => show(where));
    notification.on('action', ({ actionIndex }) => {
      const action = actions[actionIndex];
      if (!action) return show(where);
      void display.call('command', action.command).then((answer) => {
        // What could not be done, a person must see.
        if (!answer.ok) show(where);
      });
    });
    notification.on('show', () => desktop.set({ notifications: 'shown' }));
    notification.on('close', ({ reason }) => {
      // On Windows it has only moved into the list of notifications, where it can still be clicked.
      if (reason !== 'timedOut') held.delete(notification);
    });
    notification.on('failed', (_, error) => {
      held.delete(notification);
      desktop.set({ notifications: 'failed' });
      log.warn('a notification was not shown', { alert: alert.kind, error });
    });
    held.set(notification, alert);
    const [oldest] = held.keys();
    if (held.size > MOST_HELD && oldest) held.delete(oldest);
    notification.show();
  });
  return () => {
    undoStatus();
    undoAlerts();
    held.clear();
  };
}

/** It asked somebody to look, and somebody has: here, or on another display. */
const isOver = (alert: Alert, ringing: readonly string[]): boolean =>
  (alert.kind === 'new' || alert.kind === 'escalation') && !alert.orders.some(({ id }) => ringing.includes(id));
