import { StorageError } from '#core/ports.ts';

/**
 * Parses the JSON of a row. A disk may damage a row after it was checked, until the next check of all rows finds it.
 *
 * @throws StorageError `corrupt` if it is not JSON
 */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StorageError('corrupt', 'a stored row is not JSON', { cause });
  }
}
