import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Whether there is a screen to open a window on, according to the environment. */
export function hasDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (env.CI || env.SSH_CONNECTION) return false;
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The folder of the npm package, whose installer fetches the binary; null if it is not installed. */
export function electronHome(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** The path of a complete binary of the package's version; null if there is none. Fetches nothing. */
export function installedElectron(root: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const home = electronHome(root);
  const name = home && read(join(home, 'path.txt'));
  const given = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) return existing(join(given, name ?? 'electron'));
  if (!home || !name) return null;
  // The installer writes path.txt last, so an interrupted one has left none.
  const { version } = JSON.parse(read(join(home, 'package.json')) ?? '{}') as { version?: string };
  const isCurrent = read(join(home, 'dist', 'version'))?.replace(/^v/, '') === version;
  return isCurrent ? existing(join(home, 'dist', name)) : null;
}

const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim() : null);
const existing = (path: string): string | null => (existsSync(path) ? path : null);
