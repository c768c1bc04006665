import { accessSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Log, type Storage, StorageError } from '#core/ports.ts';
import { checkWal } from '#sqlite/check-wal.ts';
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
  const openQueue = () => {
    const wal = checkWal(queueFile);
    const db = openDatabase({ file: queueFile, migrations: QUEUE_MIGRATIONS, synchronous: 'FULL' });
    return { store: sqliteQueue(db), wal };
  };

  return {
    openCache() {
      const store = unlessCorrupt(dataDir, openCache);
      if (!(store instanceof StorageError)) return { store, rebuilt: false };
      log.warn('the cache is damaged and is rebuilt', { error: store.message });
      for (const part of PARTS) rmSync(cacheFile + part, { force: true });
      return { store: openCache(), rebuilt: true };
    },
    openQueue() {
      const opened = unlessCorrupt(dataDir, openQueue);
      const setAside = `${queueFile}.damaged-${Date.now()}`;
      if (opened instanceof StorageError) {
        for (const part of PARTS) if (existsSync(queueFile + part)) renameSync(queueFile + part, setAside + part);
        log.error('the queue is damaged; it is kept, and a new one is begun', { setAside, error: opened.message });
        return { store: openQueue().store, setAside };
      }
      const { store, wal } = opened;
      if (wal.state === 'whole') return { store, setAside: null };
      copyFileSync(queueFile, setAside);
      writeFileSync(`${setAside}-wal`, wal.bytes);
      log.error('the last writes to the queue are damaged; a copy is kept, and what can be read is used', {
        ...{ setAside, wal: wal.state },
      });
      return { store, setAside };
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
