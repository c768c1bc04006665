import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** 128 bits, short enough to type on a tablet once. */
const KEY = /^[A-Za-z0-9_-]{22}$/;

/** Reads the browsers' key from the data folder, or creates one atomically. To lock every tablet out, delete the file `host-key`. */
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
