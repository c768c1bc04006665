import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readHostOptions } from '#node-host/host-options.ts';
import { SCREEN, SHELL } from './start/builds.ts';
import { electronBinary } from './start/electron-binary.ts';
import { ensureBuilt } from './start/ensure-built.ts';

/**
 * `npm run display`: the Electron display alone, with the arguments of `display:web`. Falls back to the browser host where
 * Electron is not available or does not start.
 */
const root = join(import.meta.dirname, '..');
const say = (line: string) => console.error(line);
const args = process.argv.slice(2);

try {
  const options = readHostOptions(args, process.env);
  const electron = options === 'help' ? null : await electronBinary(root, say);
  if (options === 'help' || electron === null || !(await showWindow(electron, options))) {
    if (options !== 'help') say('There is no Electron here, so the display is for a browser, at this address:');
    await import('./display-web.ts');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns false when Electron does not start; else the program ends with the window */
async function showWindow(
  electron: string,
  options: Exclude<ReturnType<typeof readHostOptions>, 'help'>,
): Promise<boolean> {
  await ensureBuilt(root, SCREEN, say);
  const shell = await ensureBuilt(root, SHELL, say);
  const window = spawn(electron, [join(shell, 'main.js')], {
    cwd: root,
    env: {
      ...process.env,
      ...(options.serverUrl ? { TICKETRAIL_SERVER: options.serverUrl } : {}),
      ...(options.token ? { TICKETRAIL_TOKEN: options.token } : {}),
      ...(args.some((arg) => arg.startsWith('--data')) ? { TICKETRAIL_DATA: options.dataDir } : {}),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let ready = false;
  window.stdout.on('data', (text) => {
    ready ||= String(text).includes('display ready');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => window.kill(signal));
  const code = await new Promise<number | null>((resolve) => {
    window.once('error', () => resolve(null));
    window.once('exit', resolve);
  });
  process.exitCode = ready ? (code ?? 0) : 0;
  return ready;
}
