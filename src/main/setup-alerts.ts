import type { Notification } from 'electron';
import type { DisplayStatus, Undo } from '#contract/bridge.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Display } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { alertText } from './alert-text.ts';

/** A notification that nobody holds is collected, and its click with it; older ones than these are let go. */
const MOST_HELD = 20;

/**
 * One native notification for each alert of the core (A2), which has decided that and has it on disk. Silent: the sound
 * is the screen's own. Whatever the system makes of it (no support, focus assist, refused) the screen rings.
 *
 * @param open shows the window
 */
export function setupAlerts(Native: typeof Notification, display: Display, open: () => void, log: Log): Undo {
  let { language } = DEFAULT_SETTINGS;
  const held = new Set<Notification>();

  const undoLanguage = display.onPush((name, payload) => {
    if (name === 'status') ({ language } = (payload as DisplayStatus).settings);
  });
  const undoAlerts = display.onAlert((alert) => {
    if (!Native.isSupported()) return log.warn('this system shows no notifications', { alert: alert.kind });
    const notification = new Native({ ...alertText(alert, language), silent: true });
    const release = () => held.delete(notification);
    notification.on('click', open);
    notification.on('close', release);
    notification.on('failed', (_, error) => {
      release();
      log.warn('a notification was not shown', { alert: alert.kind, error });
    });
    held.add(notification);
    const [oldest] = held;
    if (held.size > MOST_HELD && oldest) held.delete(oldest);
    notification.show();
  });
  return () => {
    undoLanguage();
    undoAlerts();
    held.clear();
  };
}
