import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileConnection } from '#adapters/file-connection.ts';
import type { Desktop } from '#contract/desktop.ts';
import type { Connection, ConnectionStore } from '#core/display.ts';
import type { Log } from '#core/ports.ts';
import { type TokenPlace, tokenPlace } from './policy/token-place.ts';
import { type Encryption, sealedConnection } from './sealed-connection.ts';

/** How long to wait for the key store, ms: it may ask a person, and nobody may be there. */
export const KEY_STORE_WITHIN_MS = 5_000;

export interface SafeConnectionOptions {
  safeStorage: Encryption;
  dataDir: string;
  /** Of its file. */
  name?: string;
  platform: NodeJS.Platform;
  /** Called when it is known where the token is, or that it cannot be read now. */
  report(token: Desktop['token']): void;
  log: Log;
}

/**
 * Stores the token, encrypted if the system can do that. Call it after `ready`. A plain token is from a time without a key store
 * and newer than an encrypted one: it is encrypted and its file removed.
 *
 * The first `read` waits for a locked key store without limit; meanwhile others return null. A token that cannot be decrypted is
 * null too: for now (`locked`, until the program starts again), or for good (another user, a new key).
 */
export function createSafeConnectionStore(options: SafeConnectionOptions): ConnectionStore {
  const { safeStorage, dataDir, name = 'connection', platform, report, log } = options;
  const plain = fileConnection(dataDir, name);
  const sealed = sealedConnection(safeStorage, dataDir, name);
  let writes = 0;
  let isReading = false;

  /** Holds until the program ends, since Electron asks the key store only once. */
  const place: Promise<TokenPlace> = safeStorage.encryptStringAsync('probe').then(
    (probe) => tokenPlace(platform, probe),
    () => tokenPlace(platform, null),
  );
  void place.then(async (found) => {
    report(found);
    if (found === 'file') return log.warn('no key store: the token is kept in a file that only this user can read');
    const old = await plain.read();
    if (old) await seal(old).catch(notWritten);
  });
  const notWritten = (error: unknown) => log.warn('the token could not be written', { error: String(error) });

  async function seal(connection: Connection): Promise<void> {
    await sealed.write(connection);
    await rm(join(dataDir, `${name}.json`), { force: true });
  }
  async function write(connection: Connection): Promise<void> {
    writes++;
    const where = await Promise.race([place, sleep(KEY_STORE_WITHIN_MS, 'file' as const, { ref: false })]);
    if (where === 'sealed') await seal(connection);
    else await plain.write(connection).then(sealed.remove);
    report(where);
  }
  async function read(): Promise<Connection | null> {
    const before = writes;
    const reportLocked = () => writes === before && report('locked');
    const late = setTimeout(reportLocked, KEY_STORE_WITHIN_MS);
    try {
      const found = (await plain.read()) ?? (await sealed.read());
      if (!found || 'token' in found) return found;
      // Somebody has connected this display meanwhile.
      if (writes !== before) return null;
      if (found.isStale || (await place) === 'file') await write(found.connection).catch(notWritten);
      return found.connection;
    } catch (error) {
      log.warn('the stored token could not be decrypted', { error: String(error) });
      if (/temporarily unavailable/.test(String(error))) reportLocked();
      return null;
    } finally {
      clearTimeout(late);
    }
  }
  return {
    write,
    async read() {
      if (isReading) return null;
      isReading = true;
      return read().finally(() => {
        isReading = false;
      });
    },
  };
}
