import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Display } from '#core/display.ts';

/** The display's status whenever it is told: when something in it changed, and at least every 5 s. */
export function onStatus(display: Pick<Display, 'onPush'>, listener: (status: DisplayStatus) => void): Undo {
  return display.onPush((name, payload) => {
    if (name === 'status') listener(payload as DisplayStatus);
  });
}
