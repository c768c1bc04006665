import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';

/** How often a server is asked whether it is ready, and how long it has to answer, ms. */
const ASK_EVERY_MS = 500;
const ANSWER_WITHIN_MS = 1_000;

/**
 * A TCP load balancer, as in front of real nodes: each new connection goes to a random one of those that were ready when they
 * were last asked. A connection stays where it is, also when its node is paused.
 */
export async function startBalancer(urls: readonly string[], random: Random) {
  const sockets = new Set<Socket>();
  const ready = new Set(urls);
  let stopped = false;

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  }
  const server = createServer((socket) => {
    const near = keep(socket);
    const { hostname, port } = new URL(random.pick(ready.size > 0 ? [...ready] : urls));
    const far = keep(connect(Number(port), hostname));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function watch(url: string): Promise<void> {
    while (!stopped) {
      const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => null);
      await answer?.body?.cancel().catch(() => undefined);
      if (answer?.ok) ready.add(url);
      else ready.delete(url);
      await sleep(ASK_EVERY_MS);
    }
  }
  const watching = Promise.all(urls.map(watch));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop(): Promise<void> {
      stopped = true;
      for (const socket of sockets) socket.destroy();
      await Promise.all([watching, new Promise((resolve) => server.close(resolve))]);
    },
  };
}
