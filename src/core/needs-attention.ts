import type { Attention } from '#contract/bridge.ts';
import { preparedAfterCancel } from '#contract/prepared-after-cancel.ts';
import type { QueueStore } from './stores.ts';

/** Of the list in one status; a screen shows two at a time, and the next come as those are dismissed. */
const TOLD_AT_ONCE = 10;

export type NeedsAttention = ReturnType<typeof createNeedsAttention>;

/** The commands that were refused and that no person has dismissed yet (C4), as the queue's disk has them. */
export function createNeedsAttention(store: Pick<QueueStore, 'attention'>) {
  let all: readonly Attention[] = [];
  let told: Attention[] = [];

  /** It has changed on the disk. */
  function reload(): void {
    all = store.attention();
    const worst = all.filter(preparedAfterCancel);
    told = [...worst, ...all.filter((one) => !worst.includes(one))].slice(0, TOLD_AT_ONCE);
  }
  reload();

  return {
    reload,
    /** Oldest first. */
    all: (): readonly Attention[] => all,
    /** What the status says of it: hundreds that nobody reads must not make each push heavy. */
    status: () => ({ attention: told, attentionCount: all.length }),
  };
}
