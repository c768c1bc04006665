import Database from 'better-sqlite3';
import { CACHE_MIGRATIONS } from '#adapters/cache-migrations.ts';
import { openDatabase } from '#adapters/open-database.ts';
import { QUEUE_MIGRATIONS } from '#adapters/queue-migrations.ts';
import { sqliteCache } from '#adapters/sqlite-cache.ts';
import { sqliteQueue } from '#adapters/sqlite-queue.ts';
import { addRowChecksum } from '#sqlite/row-checksum.ts';
import { type Storage, StorageError, type StorageFault } from '../ports.ts';
import type { CacheStore, QueueStore } from '../stores.ts';
import { guardStore } from './guarded-store.ts';

const images = new Map<readonly string[], Buffer>();

/** A new in-memory database; its tables are created once per process. */
function emptyImage(migrations: readonly string[]): Buffer {
  const image =
    images.get(migrations) ?? openDatabase({ file: ':memory:', migrations, synchronous: 'NORMAL' }).serialize();
  images.set(migrations, image);
  return image;
}

/** One store over in-memory SQLite, on a disk that can fail, be copied and be restored. */
function memoryDisk<S extends CacheStore | QueueStore>(
  migrations: readonly string[],
  overDatabase: (db: Database.Database) => S,
) {
  let db: Database.Database;
  let current: S;
  let fault: StorageFault | null = null;
  let closed = false;

  function restore(image: Buffer): void {
    db = new Database(image);
    db.pragma('foreign_keys = ON');
    addRowChecksum(db);
    current = overDatabase(db);
  }
  restore(emptyImage(migrations));

  function checkOpen(): void {
    if (closed) throw new StorageError('failed', 'the store is closed');
  }
  const store = guardStore(() => current, {
    onWrite(stage) {
      checkOpen();
      if (fault && stage === 'before') throw new StorageError(fault, `made to fail: ${fault}`);
    },
    onRead: checkOpen,
    onClose() {
      closed = true;
      return false;
    },
  });
  return {
    store,
    disk: {
      /** From now on every write fails with this fault; null: writes work again. */
      failWrites(with_: StorageFault | null): void {
        fault = with_;
      },
      reopen(): void {
        closed = false;
      },
      /** A copy of the disk, for `restore`. */
      image: (): Buffer => db.serialize(),
      restore,
    },
  };
}

export const memoryCache = () => memoryDisk(CACHE_MIGRATIONS, sqliteCache);
export const memoryQueue = () => memoryDisk(QUEUE_MIGRATIONS, sqliteQueue);

/** A display's two disks, which survive a restart of the display. Only one display at a time may open them. */
export function memoryStorage() {
  const cache = memoryCache();
  const queue = memoryQueue();
  let open = 0;
  /** Counts the store as open until it is closed, once. */
  function hold<S extends CacheStore | QueueStore>(store: S): S {
    let held = true;
    open++;
    return new Proxy(store, {
      get: (target, name) => {
        if (name !== 'close') return Reflect.get(target, name);
        return () => {
          if (held) open--;
          held = false;
          target.close();
        };
      },
    });
  }

  const storage: Storage = {
    openCache() {
      cache.disk.reopen();
      return { store: hold(cache.store), rebuilt: false };
    },
    openQueue() {
      if (open > 0) throw new StorageError('locked', 'another display uses this folder');
      queue.disk.reopen();
      return { store: hold(queue.store), setAside: null };
    },
  };
  return {
    storage,
    cache,
    queue,
    /** Kills the program, which frees its disks. */
    crash(): void {
      open = 0;
      cache.store.close();
      queue.store.close();
    },
  };
}
export type MemoryStorage = ReturnType<typeof memoryStorage>;
