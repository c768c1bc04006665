import type { Ports } from './ports.ts';

/** Both databases, or none. @throws StorageError when one cannot be had; the other is closed then */
export function openStores({ storage }: Pick<Ports, 'storage'>) {
  const { store: queueStore, setAside } = storage.openQueue();
  try {
    const { store: cache, rebuilt } = storage.openCache();
    return { cache, rebuilt, queueStore, setAside };
  } catch (error) {
    queueStore.close();
    throw error;
  }
}
