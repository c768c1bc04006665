import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build } from './builds.ts';
import { STAMP } from './ensure-built.ts';
import { hashSources } from './hash-sources.ts';
import { swapFolder } from './swap-folder.ts';

/**
 * Runs a build into a folder of its own and swaps that in when it is whole, so that what others use is always one build,
 * the old or the new.
 */
export async function buildIntoPlace(
  root: string,
  build: Build,
  make: (outDir: string) => Promise<unknown>,
): Promise<void> {
  const target = join(root, build.dir);
  const fresh = join(dirname(target), `.new-${process.pid}`);
  // Before the build: what is edited while it runs shows as not built.
  const sources = await hashSources(root, build);
  try {
    await make(fresh);
    await writeFile(join(fresh, STAMP), `${sources}\n`);
    await swapFolder(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
