import { join } from 'node:path';
import { ALREADY_RUNNING } from '#main/setup-identity.ts';
import { SCREEN, SHELL } from './builds.ts';
import { ensureBuilt } from './ensure-built.ts';
import { type Supervised, supervise } from './supervise.ts';
import { windowFailure } from './window-failure.ts';

/** If no page runs in Electron's window by then, it counts as failed; ms. */
const WINDOW_WITHIN_MS = 30_000;

export class AlreadyRunning extends Error {
  override message = 'The display is already running; its window is in front now.';
}

export interface WindowNeeds {
  root: string;
  /** The path of Electron's binary. */
  electron: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  say(line: string): void;
  /** A person has closed the window. */
  onClosed(): void;
}

/**
 * Starts Electron with the board in a window, and again if it fails later. Otherwise says why no window came.
 *
 * @throws {AlreadyRunning} if a display runs already on this data folder
 */
export async function startWindow(needs: WindowNeeds): Promise<Supervised | { whyNot: string }> {
  const { root, electron, env, logFile, say, onClosed } = needs;
  await ensureBuilt(root, SCREEN, say);
  const shell = await ensureBuilt(root, SHELL, say);
  const { promise: outcome, resolve } = Promise.withResolvers<'ready' | 'already running' | { whyNot: string }>();
  const written: string[] = [];
  let isReady = false;
  const window = supervise({
    command: electron,
    args: [join(shell, 'main.js')],
    cwd: root,
    env,
    logFile,
    onLine(line) {
      if (!isReady) written.push(line);
      if (line !== 'display ready') return;
      isReady = true;
      resolve('ready');
    },
    onEnd({ code, last }) {
      if (code === ALREADY_RUNNING) resolve('already running');
      resolve({ whyNot: windowFailure([...written, last].join('\n'), electron, logFile) });
      if (!isReady) return false;
      if (code === 0) onClosed();
      else say('The window fell over and is opened again.');
      return code !== 0;
    },
  });
  const tooLong = setTimeout(() => resolve({ whyNot: windowFailure(null, electron, logFile) }), WINDOW_WITHIN_MS);
  const came = await outcome;
  clearTimeout(tooLong);
  if (came === 'ready') return window;
  await window.stop();
  if (came === 'already running') throw new AlreadyRunning();
  return came;
}
