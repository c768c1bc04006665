import { type Storage, StorageError } from '../ports.ts';
import { memoryCache } from './memory-cache.ts';
import { memoryQueue } from './memory-queue.ts';

/**
 * A display's two disks, which outlive the display: opening finds what the one before left. One display at a time.
 */
export function memoryStorage() {
  const cache = memoryCache();
  const queue = memoryQueue();
  let open = 0;
  const hold = <T extends { close(): void }>(store: T): T => {
    let held = true;
    open++;
    return {
      ...store,
      close() {
        if (held) open--;
        held = false;
        store.close();
      },
    };
  };

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
    /** The program is gone without a word; its disks are free. */
    crash(): void {
      open = 0;
      cache.disk.close();
      queue.disk.close();
    },
  };
}
export type MemoryStorage = ReturnType<typeof memoryStorage>;
