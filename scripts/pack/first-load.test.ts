import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { FIRST_LOAD_LIMIT, firstLoad } from './first-load.ts';

afterEach(() => vi.unstubAllEnvs());

test('loads at most 350 kB of script before the board, in every language', async () => {
  // Else React is built for debugging.
  vi.stubEnv('NODE_ENV', 'production');
  const { bytes, files } = await firstLoad(join(import.meta.dirname, '../..'));
  // The entry with what it imports, the carrier, and two files of words.
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_LIMIT);
});
