import { join } from 'node:path';
import type { Log, Storage } from '#core/ports.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { removeDatabase } from './mend-database.ts';
import { openMended } from './open-mended.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { repairCache, sqliteCache } from './sqlite-cache.ts';
import { repairQueue, sqliteQueue } from './sqlite-queue.ts';

/** Two SQLite files in `dataDir`: `cache.db`, which may be deleted, and `queue.db`, which may not. */
export function nodeStorage(dataDir: string, log: Log): Storage {
  return {
    openCache() {
      const options = { file: join(dataDir, 'cache.db'), migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' } as const;
      const { store, damaged } = openMended(options, sqliteCache, repairCache);
      if (damaged === null) return { store, rebuilt: false };
      log.warn('the cache was damaged; its whole rows are kept', { error: damaged.message });
      removeDatabase(damaged.file);
      return { store, rebuilt: true };
    },
    openQueue() {
      const options = { file: join(dataDir, 'queue.db'), migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' } as const;
      const { store, damaged } = openMended(options, sqliteQueue, repairQueue);
      if (damaged === null) return { store, setAside: null };
      log.error('the queue was damaged; it is kept, and its whole rows are in a new one', { ...damaged });
      return { store, setAside: damaged.file };
    },
  };
}
