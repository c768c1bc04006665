import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from './builds.ts';
import { STAMP } from './ensure-built.ts';
import { hashSources } from './hash-sources.ts';

/** Builds into a new folder and swaps it in when complete, so that others always use a complete build, old or new. */
export async function buildIntoPlace(
  root: string,
  build: Build,
  make: (outDir: string) => Promise<unknown>,
): Promise<void> {
  const target = join(root, build.dir);
  const fresh = join(dirname(target), `.new-${process.pid}`);
  // Hash before the build, so that an edit during the build makes it out of date.
  const sources = await hashSources(root, build);
  try {
    await make(fresh);
    await writeFile(join(fresh, STAMP), `${sources}\n`);
    await swapFolder(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/**
 * Replaces the folder `target` with `fresh`. Several processes may do this at once; the last one wins. Between the two renames
 * `target` is missing for an instant: readers must try again.
 */
export async function swapFolder(fresh: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  for (let tries = 0; ; tries++) {
    const old = `${target}.old-${randomUUID()}`;
    await rename(target, old).catch(ifMissing);
    try {
      await rename(fresh, target);
    } catch (error) {
      // Another process has put its folder there or, on Windows, one of the files is briefly open.
      if (tries >= 20) throw error;
      await sleep(25 * tries);
      continue;
    } finally {
      await rm(old, { recursive: true, force: true });
    }
    return;
  }
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (!['ENOENT', 'EPERM', 'EACCES', 'EBUSY'].includes(error.code ?? '')) throw error;
}
