import { createHash, randomUUID, scrypt } from 'node:crypto';
import type { Log, Ports } from '#core/ports.ts';
import { nodeClock } from './node-clock.ts';
import { nodeHttp } from './node-http.ts';
import { nodePaper } from './node-paper.ts';
import { nodeSockets } from './node-sockets.ts';
import { nodeStorage } from './node-storage.ts';

/**
 * The core's ports in Node and in Electron's main process.
 *
 * @param options.dataDir folder for `cache.db` and `queue.db`; created if missing; one process at a time
 */
export function createNodePorts(options: { dataDir: string; log: Log }): Ports {
  return {
    clock: nodeClock,
    random: Math.random,
    uuid: randomUUID,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    slowHash,
    storage: nodeStorage(options.dataDir, options.log),
    sockets: nodeSockets,
    http: nodeHttp,
    paper: nodePaper(options.log),
    log: options.log,
  };
}

/** scrypt with Node's default cost (N 16,384, r 8, p 1: 16 MB and about 50 ms), in the thread pool. */
function slowHash(secret: string, salt: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, (error, key) => (error ? reject(error) : resolve(key.toString('hex'))));
  });
}
