import type { FailedCommand } from '#contract/failed-command.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { QueueStore } from '../stores.ts';

/** Most entries in one status. A screen shows two at a time; dismissing them brings up the next. */
const SHOWN_AT_ONCE = 10;

export type FailedCommands = ReturnType<typeof createFailedCommands>;

/** The refused commands that nobody has dismissed yet (C4), read from the queue's disk. */
export function createFailedCommands(store: Pick<QueueStore, 'failedCommands'>) {
  let all: readonly FailedCommand[] = [];
  let shown: FailedCommand[] = [];

  /** Call when the list on disk has changed. */
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
    /** The part for the status, limited so that hundreds of entries do not bloat each push. */
    status: () => ({ failedCommands: shown, failedCommandCount: all.length }),
  };
}
