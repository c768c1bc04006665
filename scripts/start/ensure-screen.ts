import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashScreenSources } from './screen-sources.ts';

/**
 * Makes sure that `dist/renderer` holds the screen as its sources are now, building it when not: by hash, since times
 * of files say nothing after a checkout.
 *
 * @returns the folder
 * @throws when it had to be built and could not; the build has then said why on stderr
 */
export async function ensureScreen(root: string, say: (line: string) => void): Promise<string> {
  const dir = join(root, 'dist', 'renderer');
  const sources = await hashScreenSources(root);
  if (sources === null || (await builtFrom(dir)) === sources) return dir;
  say('Building the screen (once, some seconds) …');
  const script = join(root, 'scripts', 'build-renderer.ts');
  const build = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => build.on('exit', resolve).on('error', reject));
  if (code !== 0) throw new Error('The screen could not be built; why is said above.');
  return dir;
}

async function builtFrom(dir: string): Promise<string | null> {
  return (await readFile(join(dir, '.sources'), 'utf8').catch(() => null))?.trim() ?? null;
}
