import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { fileConnection } from '#adapters/file-connection.ts';
import type { Connection, ConnectionStore } from '#core/display.ts';
import type { Log } from '#core/ports.ts';

interface Kept {
  serverUrl: string;
  /** Base64. */
  sealedToken: string;
}

/**
 * The token sealed by the system's key store, in a file of ours. A seal that cannot be opened any more (another user,
 * a new key) reads as no connection: the screen asks to pair again, and the queue, which is not sealed, waits. A token
 * that lies open, from a time without a key store, is the newer one: it is sealed, and its file removed.
 */
export function createSafeConnectionStore(safeStorage: SafeStorage, dataDir: string, log: Log): ConnectionStore {
  const file = join(dataDir, 'connection.sealed.json');
  const open = fileConnection(dataDir);

  async function write({ serverUrl, token }: Connection): Promise<void> {
    const sealedToken = (await safeStorage.encryptStringAsync(token)).toString('base64');
    await mkdir(dataDir, { recursive: true });
    const kept: Kept = { serverUrl, sealedToken };
    await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
    await rename(`${file}.new`, file);
    await rm(join(dataDir, 'connection.json'), { force: true });
  }
  /** What was read is good, whether or not it can be sealed (anew) now. */
  async function sealed(connection: Connection): Promise<Connection> {
    await write(connection).catch((error) => log.warn('the token could not be sealed', { error: String(error) }));
    return connection;
  }

  return {
    write,
    async read() {
      const lying = await open.read();
      if (lying) return sealed(lying);
      try {
        const { serverUrl, sealedToken } = JSON.parse(await readFile(file, 'utf8')) as Kept;
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealedToken, 'base64'));
        const connection = { serverUrl: String(serverUrl), token: result };
        return shouldReEncrypt ? sealed(connection) : connection;
      } catch {
        return null;
      }
    },
  };
}
