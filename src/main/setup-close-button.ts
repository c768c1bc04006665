import type { BrowserWindow } from 'electron';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';
import { closeAction } from './policy/close-action.ts';
import type { Kiosk } from './setup-kiosk.ts';

/**
 * Does what `closeAction` decides when a person closes a window.
 *
 * @param reopen brings a station's hidden window back: the tray, from which a person could do so, is gone
 */
export function setupCloseButton(
  display: Pick<Display, 'onPush'>,
  kiosk: Pick<Kiosk, 'isLocked'>,
  reopen: (station: string | null) => void,
) {
  /** Stations whose windows the close button has hidden. */
  const hidden = new Set<string | null>();
  let status: DisplayStatus | null = null;
  let quitting = false;

  const actionFor = (station: string | null) =>
    closeAction({
      quitting,
      locked: kiosk.isLocked(),
      toTray: status?.settings.desktop.closeToTray ?? false,
      tray: status?.desktop?.tray ?? 'missing',
      second: station !== null,
    });

  onStatus(display, (now) => {
    status = now;
    if (now.desktop?.tray === 'missing') for (const station of hidden) reopen(station);
  });

  return {
    follow(station: string | null, window: BrowserWindow): void {
      window.on('show', () => hidden.delete(station));
      window.on('close', (event) => {
        const action = actionFor(station);
        if (action !== 'close') event.preventDefault();
        if (action === 'minimize') window.minimize();
        if (action !== 'hide') return;
        hidden.add(station);
        window.hide();
      });
    },
    /** From now on it closes every window. */
    letClose(): void {
      quitting = true;
    },
  };
}
