import type { App } from 'electron';

/**
 * One display program per data folder: the second one hands its arguments to the first, and ends.
 *
 * @returns false: this is the second
 */
export function setupSingleInstance(app: App, startedAgain: (argv: string[]) => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', (_, argv) => startedAgain(argv));
  return true;
}
