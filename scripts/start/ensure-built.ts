import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from './builds.ts';
import { hashSources } from './hash-sources.ts';
import { takeLock } from './take-lock.ts';

/** The file in a built folder that holds the hash of its sources. */
export const STAMP = '.sources';
/** Polling interval while another process builds, ms. */
const LOOK_AGAIN_MS = 100;

/**
 * Builds something unless it is up to date with its sources. Of several processes that need it at once, one builds and the
 * others wait.
 *
 * @returns its folder
 * @throws when the build fails; the build prints the reason to stderr
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

/** @throws when the build fails; the build prints the reason to stderr */
export async function runBuild(root: string, build: Build): Promise<void> {
  const builder = spawn(process.execPath, [join(root, build.script)], {
    cwd: root,
    // A test may start this, and NODE_ENV=test would build React's slow development version.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => builder.on('exit', resolve).on('error', reject));
  if (code !== 0) throw new Error(`Building ${build.what} failed; why is said above.`);
}

async function builtFrom(dir: string): Promise<string | null> {
  return (await readFile(join(dir, STAMP), 'utf8').catch(() => null))?.trim() ?? null;
}
