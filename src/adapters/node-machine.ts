import { stat, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AsyncZippable } from 'fflate';
import type { MachineDiagnostics } from '#core/ports.ts';

const MB = 1024 * 1024;
const FILES = ['cache.db', 'cache.db-wal', 'queue.db', 'queue.db-wal', 'till.db', 'till.db-wal'];

/** Diagnostics of this machine, in Node or Electron's main process. */
export function nodeMachine(options: {
  host: 'electron' | 'browser';
  dataDir: string;
  lastLogLines(): Promise<string>;
}): MachineDiagnostics {
  const { host, dataDir, lastLogLines } = options;
  const bytesOf = (name: string) =>
    stat(join(dataDir, name)).then(
      ({ size }) => size,
      () => null,
    );
  return {
    async facts() {
      const disk = await statfs(dataDir).catch(() => null);
      const { node, electron, chrome, v8 } = process.versions;
      const { rss, heapUsed } = process.memoryUsage();
      return {
        host,
        platform: process.platform,
        arch: process.arch,
        release: release(),
        cores: availableParallelism(),
        versions: { node, electron, chrome, v8 },
        upSeconds: Math.round(process.uptime()),
        memoryMb: { rss: mb(rss), heap: mb(heapUsed), free: mb(freemem()), total: mb(totalmem()) },
        diskFreeMb: disk && mb(disk.bavail * disk.bsize),
        fileBytes: Object.fromEntries(await Promise.all(FILES.map(async (name) => [name, await bytesOf(name)]))),
      };
    },
    lastLogLines,
    async zip(files) {
      const { strToU8, zip } = await import('fflate');
      const contents = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
      // Compresses in worker threads, so that the board is not blocked.
      const archive = await promisify<AsyncZippable, Uint8Array>(zip)(contents);
      return Buffer.from(archive).toString('base64');
    },
  };
}

const mb = (bytes: number): number => Math.round(bytes / MB);
