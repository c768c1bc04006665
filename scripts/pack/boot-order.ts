import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Loaded {
  /** The file, relative to the shell's folder or its package, or the built-in module. */
  name: string;
  /** Loaded before the window opened, so it delays the start. */
  early: boolean;
}

const SUPPORT = join(import.meta.dirname, '../../test/support/electron');

/**
 * Starts the built shell on the Electron fake in a separate process, and reports what it loads before and after the window
 * opens.
 *
 * @param shell the folder of `main.js`
 */
export async function bootOrder(shell: string): Promise<Loaded[]> {
  const data = mkdtempSync(join(tmpdir(), 'boot-order-'));
  const imports = ['register-electron.ts', 'record-loads.ts'].flatMap((name) => [
    '--import',
    pathToFileURL(join(SUPPORT, name)).href,
  ]);
  const program = spawn(process.execPath, [...imports, join(shell, 'main.js')], {
    env: { ...process.env, TICKETRAIL_DATA: data, RECORD_LOADS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  program.stderr.on('data', (text) => {
    printed += text;
  });
  program.stdout.on('data', (text) => {
    printed += text;
    if (printed.includes('display ready')) program.kill('SIGTERM');
  });
  await new Promise((resolve) => program.on('exit', resolve));
  rmSync(data, { recursive: true, force: true });
  if (!printed.includes('display ready')) throw new Error(`the built shell did not start: ${printed}`);
  const lines = printed.split('\n').filter((line) => /^(loads|window)\b/.test(line));
  const window = lines.indexOf('window');
  const loaded = new Map<string, Loaded>();
  lines.forEach((line, at) => {
    const name = line
      .replace('loads ', '')
      .replace(`${pathToFileURL(shell).href}/`, '')
      .replace(/^file:.*node_modules\//, '');
    if (at !== window && !loaded.has(name)) loaded.set(name, { name, early: at < window });
  });
  return [...loaded.values()];
}
