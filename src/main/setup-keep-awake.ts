import { keepsAwake } from '#contract/keeps-awake.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Keeps the screen on while the shop is open, by the shop's clock; checked with each status. */
export function setupKeepAwake({ electron: { powerSaveBlocker: blocker }, display }: Shell): void {
  let blocking: number | null = null;
  function put(awake: boolean): void {
    if (awake) blocking ??= blocker.start('prevent-display-sleep');
    else if (blocking !== null) {
      blocker.stop(blocking);
      blocking = null;
    }
  }
  onStatus(display, ({ settings, serverNow, store }) => put(keepsAwake(settings.desktop, serverNow, store?.timeZone)));
}
