import type { App } from 'electron';

/**
 * One display program per data folder: the second one brings the first one's window forward and ends.
 *
 * @returns false: this is the second
 */
export function setupSingleInstance(app: App, showWindow: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', showWindow);
  return true;
}
