import { createServer } from 'node:net';

/** How many ports above the wanted one are tried. */
const TRIES = 50;

/**
 * The first port from `wanted` on that nobody listens on here. Somebody may still take it before we do; then what we
 * start says so and is started again.
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
