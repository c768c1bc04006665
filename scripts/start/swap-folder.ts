import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Puts the folder `fresh` in the place of `target`. Several processes may do this at once: each puts its own there, and
 * the last one stays. There is an instant without `target`, between two renames; whoever reads then must look again.
 */
export async function swapFolder(fresh: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  for (let tries = 0; ; tries++) {
    const old = `${target}.old-${randomUUID()}`;
    await rename(target, old).catch(ifMissing);
    try {
      await rename(fresh, target);
    } catch (error) {
      // Another process put its folder there in between. On Windows a file of it may be open for a moment.
      if (tries >= 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25 * tries));
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
