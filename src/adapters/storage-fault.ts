import { StorageError, type StorageFault } from '#core/ports.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html) as the four faults that the core tells apart. */
const FAULTS: [prefix: string, fault: StorageFault][] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
];

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whatever a database threw, as a {@link StorageError}; what is none of SQLite's or the file system's is passed through. */
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

/** Runs `action`, throwing what goes wrong in it as a {@link StorageError}. */
export function faultsOf<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageFault(error, what);
  }
}
