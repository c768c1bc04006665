import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SafeStorage } from 'electron';
import type { ConnectionStore } from '#core/display.ts';

interface Kept {
  serverUrl: string;
  /** Base64. */
  sealedToken: string;
}

/**
 * The token sealed by the system's key store, in a file of ours. A seal that cannot be opened any more (another user,
 * a new key) reads as no connection: the screen asks to pair again, and the queue, which is not sealed, waits.
 */
export function createSafeConnectionStore(safeStorage: SafeStorage, file: string): ConnectionStore {
  return {
    async read() {
      try {
        const { serverUrl, sealedToken } = JSON.parse(await readFile(file, 'utf8')) as Kept;
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealedToken, 'base64'));
        return { serverUrl: String(serverUrl), token: result };
      } catch {
        return null;
      }
    },
    async write({ serverUrl, token }) {
      const sealedToken = (await safeStorage.encryptStringAsync(token)).toString('base64');
      await mkdir(dirname(file), { recursive: true });
      const kept: Kept = { serverUrl, sealedToken };
      await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}

/**
 * Whether the key store is worth the name: on a Linux desktop without one, Electron seals with a password that is in
 * its source.
 */
export async function canSeal(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return false;
  return safeStorage.isAsyncEncryptionAvailable();
}
