import { StorageError, type StorageFault } from '#core/ports.ts';

/** Maps SQLite's primary result codes (sqlite.org/rescode.html) to the core's faults; any other code is `failed`. */
const FAULTS: [prefix: string, fault: StorageFault][] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
];

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Turns an error of SQLite or the file system into a {@link StorageError}; returns any other error unchanged. */
export function storageFault(error: unknown, what: string): unknown {
  if (error instanceof StorageError) return error;
  if (error instanceof TypeError && error.message === 'The database connection is not open')
    return new StorageError('failed', `${what}: it is closed`, { cause: error });
  const code = codeOf(error);
  if (code === 'ENOSPC') return new StorageError('full', `${what}: no space left on the disk`, { cause: error });
  if (!code.startsWith('SQLITE_') && !/^E[A-Z]+$/.test(code)) return error;
  const fault = FAULTS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'failed';
  return new StorageError(fault, `${what}: ${(error as Error).message} (${code})`, { cause: error });
}

/** Runs `action` and throws its storage errors as {@link StorageError}. */
export function faultsOf<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageFault(error, what);
  }
}
