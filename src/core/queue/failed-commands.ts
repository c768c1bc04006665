import type { FailedCommand } from '#contract/failed-command.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { QueueStore } from '../stores.ts';

/** Of the list in one status; a screen shows two at a time, and the next come as those are dismissed. */
const SHOWN_AT_ONCE = 10;

export type FailedCommands = ReturnType<typeof createFailedCommands>;

/** The commands that were refused and that no person has dismissed yet (C4), as the queue's disk has them. */
export function createFailedCommands(store: Pick<QueueStore, 'failedCommands'>) {
  let all: readonly FailedCommand[] = [];
  let shown: FailedCommand[] = [];

  /** It has changed on the disk. */
  function reload(): void {
    all = store.failedCommands();
    const worst = all.filter(preparedAfterCancel);
    shown = [...worst, ...all.filter((one) => !worst.includes(one))].slice(0, SHOWN_AT_ONCE);
  }
  reload();

  return {
    reload,
    /** Oldest first. */
    all: (): readonly FailedCommand[] => all,
    /** What the status says of it: hundreds that nobody reads must not make each push heavy. */
    status: () => ({ failedCommands: shown, failedCommandCount: all.length }),
  };
}
