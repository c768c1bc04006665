import type { Notification, NotificationConstructorOptions } from 'electron';
import type { GoTo } from '#contract/desktop.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Alert } from '#core/alerts/alert.ts';
import { alertActions } from './alert-actions.ts';
import { alertText } from './alert-text.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** An unreferenced notification is garbage-collected and loses its click handler, so the newest ones are referenced. */
const MAX_SHOWN = 20;

/**
 * Shows one native notification for each alert of the core (A2). It is silent, since the screen makes the sound, and closes
 * when the alert is over. The screen rings whether or not the system shows it.
 *
 * @param show brings the window forward and navigates the screen; null: only brings it forward
 */
export function setupAlerts(
  { electron, display, desktop, platform, log }: Shell,
  show: (goTo: GoTo | null) => void,
): void {
  const { Notification: Native } = electron;
  let { language } = DEFAULT_SETTINGS;
  const shown = new Map<Notification, Alert>();
  if (!Native.isSupported()) desktop.set({ notifications: 'unsupported' });

  function closeNotification(notification: Notification): void {
    shown.delete(notification);
    notification.close();
  }

  onStatus(display, ({ settings, alarm }) => {
    ({ language } = settings);
    for (const [notification, alert] of shown) if (isOver(alert, alarm.orderIds)) closeNotification(notification);
  });
  display.onAlert((alert) => {
    if (!Native.isSupported()) return log.warn('this system shows no notifications', { alert: alert.kind });
    const actions = alertActions(alert, language, platform);
    const options: NotificationConstructorOptions = { ...alertText(alert, language, platform), silent: true };
    if (actions.length > 0) options.actions = actions.map(({ text }) => ({ type: 'button', text }));
    const notification = new Native(options);
    const where: GoTo | null =
      alert.kind !== 'link' && alert.orders.length === 1 ? { to: 'order', orderId: alert.orders[0].id } : null;

    notification.on('click', () => show(where));
    notification.on('action', ({ actionIndex }) => {
      const action = actions[actionIndex];
      if (!action) return show(where);
      void display.call('command', action.command).then((answer) => {
        // A person must see that it failed.
        if (!answer.ok) show(where);
      });
    });
    notification.on('show', () => desktop.set({ notifications: 'shown' }));
    notification.on('close', ({ reason }) => {
      // On Windows a notification that timed out moves to the notification centre, where a click still works.
      if (reason !== 'timedOut') shown.delete(notification);
    });
    notification.on('failed', (_, error) => {
      shown.delete(notification);
      desktop.set({ notifications: 'failed' });
      log.warn('a notification was not shown', { alert: alert.kind, error });
    });
    shown.set(notification, alert);
    const [oldest] = shown.keys();
    if (shown.size > MAX_SHOWN && oldest) shown.delete(oldest);
    notification.show();
  });
}

/** Somebody has seen the orders, here or on another display. */
const isOver = (alert: Alert, ringing: readonly string[]): boolean =>
  (alert.kind === 'new' || alert.kind === 'escalation') && !alert.orders.some(({ id }) => ringing.includes(id));
