import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build } from './builds.ts';
import { hashSources } from './hash-sources.ts';

/** The file in a built folder that holds the hash of what it was built from. */
export const STAMP = '.sources';

/**
 * Makes sure that something is built as its sources are now.
 *
 * @returns its folder
 * @throws when it had to be built and could not; the build has then said why on stderr
 */
export async function ensureBuilt(root: string, build: Build, say: (line: string) => void): Promise<string> {
  const dir = join(root, build.dir);
  const sources = await hashSources(root, build);
  if (sources === null || (await builtFrom(dir)) === sources) return dir;
  say(`Building ${build.what} (once, some seconds) …`);
  await runBuild(root, build);
  return dir;
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
