import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { FIRST_LOAD_LIMIT, firstLoad } from './first-load.ts';

afterEach(() => vi.unstubAllEnvs());

test('loads at most 350 kB of script before the board, in every language', async () => {
  // Otherwise the build contains React's development version.
  vi.stubEnv('NODE_ENV', 'production');
  const { bytes, files } = await firstLoad(join(import.meta.dirname, '../..'));
  // The entry with its imports, the carrier, and two files of texts.
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_LIMIT);
});
