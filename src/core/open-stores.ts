import type { Ports } from './ports.ts';

/** Opens both databases, or neither. */
export function openStores({ storage }: Pick<Ports, 'storage'>) {
  const { store: queueStore, setAside } = storage.openQueue();
  try {
    const { store: cache, rebuilt } = storage.openCache();
    return { queueStore, setAside, cache, rebuilt };
  } catch (error) {
    queueStore.close();
    throw error;
  }
}
