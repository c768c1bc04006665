import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { fileConnection } from '#adapters/file-connection.ts';
import type { Connection, ConnectionStore } from '#core/display.ts';
import type { Log } from '#core/ports.ts';

interface SealedConnection {
  serverUrl: string;
  /** Base64. */
  sealedToken: string;
}

/**
 * Stores the token in a file, encrypted by the system's key store. If it can no longer be decrypted (another user, a new
 * key), `read` returns null and the screen asks to pair again; the queue is not encrypted and waits. A plain token, from a
 * time without a key store, is newer: it is encrypted and its file removed.
 */
export function createSafeConnectionStore(safeStorage: SafeStorage, dataDir: string, log: Log): ConnectionStore {
  const file = join(dataDir, 'connection.sealed.json');
  const plainStore = fileConnection(dataDir);

  async function write({ serverUrl, token }: Connection): Promise<void> {
    const sealedToken = (await safeStorage.encryptStringAsync(token)).toString('base64');
    await mkdir(dataDir, { recursive: true });
    const sealed: SealedConnection = { serverUrl, sealedToken };
    await writeFile(`${file}.new`, JSON.stringify(sealed), { mode: 0o600 });
    await rename(`${file}.new`, file);
    await rm(join(dataDir, 'connection.json'), { force: true });
  }
  /** Encrypts a connection that was read; it is usable even if that fails. */
  async function sealed(connection: Connection): Promise<Connection> {
    await write(connection).catch((error) => log.warn('the token could not be sealed', { error: String(error) }));
    return connection;
  }

  return {
    write,
    async read() {
      const plain = await plainStore.read();
      if (plain) return sealed(plain);
      try {
        const { serverUrl, sealedToken } = JSON.parse(await readFile(file, 'utf8')) as SealedConnection;
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealedToken, 'base64'));
        const connection = { serverUrl: String(serverUrl), token: result };
        return shouldReEncrypt ? sealed(connection) : connection;
      } catch {
        return null;
      }
    },
  };
}
