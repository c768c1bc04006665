import type { SafeStorage } from 'electron';
import { fileConnection } from '#adapters/file-connection.ts';
import type { ConnectionStore } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { type TokenPlace, tokenPlace } from './policy/token-place.ts';
import { createSafeConnectionStore } from './safe-connection-store.ts';

/** Opens the safest token store of this system. Call it after `ready`. @returns `place` too, which the screen shows */
export async function openConnection(
  safeStorage: SafeStorage,
  dataDir: string,
  platform: NodeJS.Platform,
  log: Log,
): Promise<{ stored: ConnectionStore; place: TokenPlace }> {
  const place = tokenPlace({
    // The call exists only on Linux.
    backend: platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null,
    available: await safeStorage.isAsyncEncryptionAvailable(),
  });
  if (place === 'sealed') return { stored: createSafeConnectionStore(safeStorage, dataDir, log), place };
  log.warn('no key store on this system: the token is kept in a file that only this user can read');
  return { stored: fileConnection(dataDir), place };
}
