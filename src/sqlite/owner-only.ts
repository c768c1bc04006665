import { chmodSync, existsSync, statSync } from 'node:fs';

const OTHERS = 0o077;

/**
 * Lets only their owner read a database and the files that SQLite keeps beside it: they hold customers' names, and whoever can open
 * them can also lock them. Windows has no such modes; a file of another owner stays as it is.
 */
export function ownerOnly(file: string): void {
  if (process.platform === 'win32') return;
  for (const path of ['', '-wal', '-shm'].map((part) => file + part)) {
    if (!existsSync(path)) continue;
    const { mode, uid } = statSync(path);
    if ((mode & OTHERS) !== 0 && uid === process.getuid?.()) chmodSync(path, mode & 0o700);
  }
}
