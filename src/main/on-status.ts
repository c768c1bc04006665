import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Display } from '#core/display.ts';

/** Calls `listener` with each status push: after a change, and at least every 5 s. */
export function onStatus(display: Pick<Display, 'onPush'>, listener: (status: DisplayStatus) => void): Undo {
  return display.onPush((name, payload) => {
    if (name === 'status') listener(payload as DisplayStatus);
  });
}
