import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections and to whoever listens on port 0: there another program of a
 * test run might get the port before the one that it is for.
 */
const FIRST = 10_000;
const COUNT = 22_000;
const TRIES = 20;

/** A port of 127.0.0.1 that was free just now; for processes that need a fixed port and keep it over a restart. */
export async function freePort(): Promise<number> {
  for (let n = 0; n < TRIES; n++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
