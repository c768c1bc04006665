import type { SafeStorage } from 'electron';
import { fileConnection } from '#adapters/file-connection.ts';
import type { ConnectionStore } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { type TokenPlace, tokenPlace } from './policy/token-place.ts';
import { createSafeConnectionStore } from './safe-connection-store.ts';

/** The best place for the token that this system has, and which it is; the screen says so. After `ready`. */
export async function openConnection(
  safeStorage: SafeStorage,
  dataDir: string,
  platform: NodeJS.Platform,
  log: Log,
): Promise<{ kept: ConnectionStore; place: TokenPlace }> {
  const place = tokenPlace({
    // Only there does the call exist.
    backend: platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null,
    available: await safeStorage.isAsyncEncryptionAvailable(),
  });
  if (place === 'sealed') return { kept: createSafeConnectionStore(safeStorage, dataDir, log), place };
  log.warn('no key store on this system: the token is kept in a file that only this user can read');
  return { kept: fileConnection(dataDir), place };
}
