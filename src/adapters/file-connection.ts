import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, ConnectionStore } from '#core/display.ts';

function isConnection(value: unknown): value is Connection {
  const { serverUrl, token } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof serverUrl === 'string' && typeof token === 'string';
}

/** `<name>.json` in the data folder: readable by its owner only, replaced atomically. */
export function fileConnection(dataDir: string, name = 'connection'): ConnectionStore {
  const file = join(dataDir, `${name}.json`);
  return {
    async read() {
      try {
        const value: unknown = JSON.parse(await readFile(file, 'utf8'));
        return isConnection(value) ? { serverUrl: value.serverUrl, token: value.token } : null;
      } catch {
        // Missing or unreadable: either way somebody has to connect this display.
        return null;
      }
    },
    async write(connection) {
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      const fresh = `${file}.${randomUUID()}`;
      try {
        const handle = await open(fresh, 'wx', 0o600);
        try {
          await handle.writeFile(JSON.stringify(connection));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(fresh, file);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
    },
  };
}
