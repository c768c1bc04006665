import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 128 bits: not to be guessed, and short enough to be typed on a tablet once. */
const KEY = /^[A-Za-z0-9_-]{22}$/;

/**
 * The key that lets a browser in, kept in the data folder so that tablets survive a restart. Readable by its owner only;
 * made when missing or damaged, put in place whole so that a kill leaves the old one or the new one. To lock every
 * tablet out, delete the file `host-key`.
 */
export async function readHostKey(dataDir: string): Promise<string> {
  const file = join(dataDir, 'host-key');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (KEY.test(kept.trim())) return kept.trim();
  const key = randomBytes(16).toString('base64url');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${key}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return key;
}
