import { createFaultProxy } from '#test/faults/fault-proxy.ts';

/** A wire that can be pulled out: the simple end of the fault proxy, for those who test something else than the wire. */
export interface CuttableLink {
  /** What the display is told instead of the server's own address. */
  url: string;
  /** The cable is pulled: connections break, new ones are refused. */
  cut(): Promise<void>;
  /** Nothing breaks and nothing arrives, as behind a router that died: only a heartbeat can tell. */
  freeze(): Promise<void>;
  /** As new. What was frozen is broken, as it would be after a minute. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function createCuttableLink(serverUrl: string): Promise<CuttableLink> {
  const proxy = await createFaultProxy(serverUrl);
  return {
    url: proxy.url,
    cut: async () => {
      await proxy.set({ refuse: true });
      proxy.cut('reset');
    },
    freeze: () => proxy.set({ up: { flow: 'lose' }, down: { flow: 'lose' } }),
    mend: async () => {
      proxy.cut('reset');
      await proxy.set({});
    },
    close: proxy.close,
  };
}
