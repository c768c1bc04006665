import type { PowerSaveBlocker } from 'electron';
import type { Undo } from '#contract/bridge.ts';
import { keepsAwake } from '#contract/keeps-awake.ts';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';

/** The screen does not go dark while the shop is open: looked at with each status, by the shop's clock. */
export function setupKeepAwake(blocker: PowerSaveBlocker, display: Pick<Display, 'onPush'>): Undo {
  let blocking: number | null = null;
  function put(awake: boolean): void {
    if (awake) blocking ??= blocker.start('prevent-display-sleep');
    else if (blocking !== null) {
      blocker.stop(blocking);
      blocking = null;
    }
  }
  const undo = onStatus(display, ({ settings, serverNow, store }) =>
    put(keepsAwake(settings.desktop, serverNow, store?.timeZone)),
  );
  return () => {
    undo();
    put(false);
  };
}
