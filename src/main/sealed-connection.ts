import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import type { Connection } from '#core/display.ts';

export type Encryption = Pick<SafeStorage, 'encryptStringAsync' | 'decryptStringAsync'>;

interface SealedFile {
  serverUrl: string;
  /** Base64. */
  sealedToken: string;
}

/** `<name>.sealed.json` in the data folder: the server's address, and the token encrypted by the system's key store. */
export function sealedConnection(safeStorage: Encryption, dataDir: string, name: string) {
  const file = join(dataDir, `${name}.sealed.json`);
  return {
    /** Replaces the file. Rejects if the token cannot be encrypted. */
    async write({ serverUrl, token }: Connection): Promise<void> {
      const sealedToken = (await safeStorage.encryptStringAsync(token)).toString('base64');
      await mkdir(dataDir, { recursive: true });
      const sealed: SealedFile = { serverUrl, sealedToken };
      await writeFile(`${file}.new`, JSON.stringify(sealed), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
    /**
     * Waits for the key store without limit. Null without a file; rejects if the token cannot be decrypted.
     *
     * @returns `isStale`: the system has a newer key, and the token should be written again
     */
    async read(): Promise<{ connection: Connection; isStale: boolean } | null> {
      const text = await readFile(file, 'utf8').catch(() => null);
      if (text === null) return null;
      const { serverUrl, sealedToken } = JSON.parse(text) as SealedFile;
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealedToken, 'base64'));
      return { connection: { serverUrl: String(serverUrl), token: result }, isStale: shouldReEncrypt };
    },
    remove: (): Promise<void> => rm(file, { force: true }),
  };
}
