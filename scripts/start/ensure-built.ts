import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from './builds.ts';
import { hashSources } from './hash-sources.ts';
import { takeLock } from './take-lock.ts';

/** The file in a built folder that holds the hash of what it was built from. */
export const STAMP = '.sources';
/** While another builds, ms. */
const LOOK_AGAIN_MS = 100;

/**
 * Makes sure that something is built as its sources are now. Of several that find it missing at once, one builds and the
 * others wait for it.
 *
 * @returns its folder
 * @throws when it had to be built and could not; the build has then said why on stderr
 */
export async function ensureBuilt(root: string, build: Build, say: (line: string) => void): Promise<string> {
  const dir = join(root, build.dir);
  const sources = await hashSources(root, build);
  const isBuilt = async () => sources === null || (await builtFrom(dir)) === sources;
  if (await isBuilt()) return dir;
  say(`Building ${build.what} (once, some seconds) …`);
  for (;;) {
    const taken = takeLock(`${dir}.building`);
    if ('lock' in taken) {
      try {
        if (!(await isBuilt())) await runBuild(root, build);
        return dir;
      } finally {
        taken.lock.release();
      }
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/** @throws when it fails; the build has then said why on stderr */
export async function runBuild(root: string, build: Build): Promise<void> {
  const builder = spawn(process.execPath, [join(root, build.script)], {
    cwd: root,
    // Whoever starts this may be a test, and React would build its slow self.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => builder.on('exit', resolve).on('error', reject));
  if (code !== 0) throw new Error(`Building ${build.what} failed; why is said above.`);
}

async function builtFrom(dir: string): Promise<string | null> {
  return (await readFile(join(dir, STAMP), 'utf8').catch(() => null))?.trim() ?? null;
}
