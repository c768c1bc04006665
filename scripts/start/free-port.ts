import { createServer } from 'node:net';

/** How many ports to try, from the wanted one. */
const TRIES = 50;

/**
 * The first port from `wanted` on that is free. Another program may still take it first; then the program that we start
 * fails and is restarted.
 *
 * @throws when none of fifty is free
 */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + TRIES; port++) if (await isFree(port)) return port;
  throw new Error(`No port from ${wanted} to ${wanted + TRIES - 1} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
