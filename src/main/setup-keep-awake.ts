import { keepsAwake } from '#contract/keeps-awake.ts';
import { onStatus } from './on-status.ts';
import type { Shell } from './shell.ts';

/** Keeps the screen on during the shop's hours, as the settings say; checked with each status. */
export function setupKeepAwake({ electron: { powerSaveBlocker: blocker }, display }: Shell): void {
  let blocking: number | null = null;
  function apply(awake: boolean): void {
    if (awake) blocking ??= blocker.start('prevent-display-sleep');
    else if (blocking !== null) {
      blocker.stop(blocking);
      blocking = null;
    }
  }
  onStatus(display, ({ settings, serverNow, store }) =>
    apply(keepsAwake(settings.desktop, serverNow, store?.timeZone)),
  );
}
