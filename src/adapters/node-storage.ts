import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, type Storage, StorageError } from '#core/ports.ts';
import { CACHE_MIGRATIONS } from './cache-migrations.ts';
import { openDatabase } from './open-database.ts';
import { QUEUE_MIGRATIONS } from './queue-migrations.ts';
import { sqliteCache } from './sqlite-cache.ts';
import { sqliteQueue } from './sqlite-queue.ts';
import { faultsOf } from './storage-fault.ts';

const PARTS = ['', '-wal', '-shm'];

/** Two SQLite files in `dataDir`: `cache.db`, which may be deleted, and `queue.db`, which may not. */
export function nodeStorage(dataDir: string, log: Log): Storage {
  const cacheFile = join(dataDir, 'cache.db');
  const queueFile = join(dataDir, 'queue.db');
  const openCache = () =>
    sqliteCache(openDatabase({ file: cacheFile, migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' }));
  const openQueue = () =>
    sqliteQueue(openDatabase({ file: queueFile, migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' }));

  return {
    openCache() {
      const store = unlessCorrupt(dataDir, openCache);
      if (!(store instanceof StorageError)) return { store, rebuilt: false };
      log.warn('the cache is damaged and is rebuilt', { error: store.message });
      for (const part of PARTS) rmSync(cacheFile + part, { force: true });
      return { store: openCache(), rebuilt: true };
    },
    openQueue() {
      const store = unlessCorrupt(dataDir, openQueue);
      if (!(store instanceof StorageError)) return { store, setAside: null };
      const setAside = `${queueFile}.damaged-${Date.now()}`;
      for (const part of PARTS) if (existsSync(queueFile + part)) renameSync(queueFile + part, setAside + part);
      log.error('the queue is damaged; it is kept, and a new one is begun', { setAside, error: store.message });
      return { store: openQueue(), setAside };
    },
  };
}

/** Returns what `open` returns, or its error if the file is damaged; throws any other error. */
function unlessCorrupt<S>(dataDir: string, open: () => S): S | StorageError {
  try {
    faultsOf(dataDir, () => {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      // SQLite reports a read-only disk as an I/O error; this check gives a precise one.
      accessSync(dataDir, constants.W_OK);
    });
    return open();
  } catch (error) {
    if (error instanceof StorageError && error.fault === 'corrupt') return error;
    throw error;
  }
}
