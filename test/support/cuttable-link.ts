import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A wire that can be pulled out: a TCP relay between a display and its server, both real. */
export interface CuttableLink {
  /** What the display is told instead of the server's own address. */
  url: string;
  /** The cable is pulled: connections break, new ones are refused. */
  cut(): Promise<void>;
  /** Nothing breaks and nothing arrives, as behind a router that died: only a heartbeat can tell. */
  freeze(): void;
  /** As new. What was frozen is broken, as it would be after a minute. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function createCuttableLink(serverUrl: string): Promise<CuttableLink> {
  const target = new URL(serverUrl);
  const pairs = new Set<[Socket, Socket]>();
  let frozen = false;

  const relay = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => !frozen && to.write(bytes));
      from.on('error', end);
      from.on('close', () => !frozen && end());
    }
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      relay.once('error', reject);
      relay.listen(port, '127.0.0.1', () => resolve((relay.address() as AddressInfo).port));
    });
  const breakAll = (): void => {
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      relay.close(() => resolve());
      breakAll();
    });

  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}`,
    cut: stop,
    freeze: () => {
      frozen = true;
    },
    mend: async () => {
      breakAll();
      frozen = false;
      if (!relay.listening) await listen(port);
    },
    close: () => (relay.listening ? stop() : Promise.resolve()),
  };
}
