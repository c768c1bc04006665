import { createFaultProxy } from '#test/faults/fault-proxy.ts';

export type CuttableLink = Awaited<ReturnType<typeof createCuttableLink>>;

/** A fault proxy with only the faults that other tests need. */
export async function createCuttableLink(serverUrl: string) {
  const proxy = await createFaultProxy(serverUrl);
  return {
    /** The server's address for the display. */
    url: proxy.url,
    /** Breaks the connections and refuses new ones. */
    async cut(): Promise<void> {
      await proxy.set({ refuse: true });
      proxy.cut('reset');
    },
    /** Nothing breaks and nothing arrives, as behind a dead router; only a heartbeat detects it. */
    freeze: () => proxy.set({ up: { flow: 'lose' }, down: { flow: 'lose' } }),
    /** Ends the fault; connections that were frozen break. */
    async repair(): Promise<void> {
      proxy.cut('reset');
      await proxy.set({});
    },
    close: proxy.close,
  };
}
