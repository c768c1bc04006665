import type { Troubles } from './diagnosis/troubles.ts';
import type { DiskGuard } from './disk-guard.ts';
import type { CacheStore, QueueStore } from './stores.ts';

interface CheckRowsOptions {
  cache: Pick<CacheStore, 'mendNextRows'>;
  queue: Pick<QueueStore, 'mendNextRows'>;
  disks: DiskGuard;
  troubles: Troubles;
  /** Fetches a snapshot; until then, the screen stays as it is. */
  startOver(): void;
  reload(): void;
}

/** Checks some rows of both databases, and so all of them in time. */
export function checkRows({ cache, queue, disks, troubles, startOver, reload }: CheckRowsOptions): void {
  disks.check('cache', () => {
    if (!cache.mendNextRows()) return;
    troubles.begin('cache_rebuilt');
    startOver();
  });
  disks.check('queue', () => {
    if (!queue.mendNextRows()) return;
    troubles.begin('queue_set_aside');
    reload();
  });
}
