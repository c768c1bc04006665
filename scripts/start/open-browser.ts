import { spawn } from 'node:child_process';

/** Opens the system's browser; where that fails, the printed address is still there. */
export function openBrowser(address: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command as string, [...args, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}

const OPENERS: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  // `start` takes its first quoted argument for a title; `explorer` takes an address as it is.
  win32: ['explorer'],
};
