import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** If the download server does not answer, only a copy in the cache can help, which takes seconds. */
const UNREACHABLE_MS = 6_000;
const FETCH_MS = 300_000;
const SOURCE = 'https://github.com/electron/electron/releases';

/** The path of an Electron binary, fetched if needed. Null without one or without a desktop; then use the browser host. */
export async function electronBinary(root: string, say: (line: string) => void): Promise<string | null> {
  if (!hasDesktop(process.platform, process.env)) return null;
  const home = electronHome(root);
  if (!home) return null;
  return installed(home) ?? ((await fetchElectron(home, say)) ? installed(home) : null);
}

/** Whether there is a screen to open a window on, according to the environment. */
export function hasDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  if (env.CI || env.SSH_CONNECTION) return false;
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** The path of a binary that is already here, with or without a desktop. */
export function installedElectron(root: string): string | null {
  const home = electronHome(root);
  return home && installed(home);
}

function electronHome(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** Where Electron's installer puts it. Its `index.js` knows too, but may download it. */
function installed(home: string): string | null {
  const pathFile = join(home, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), name);
  return existsSync(path) ? path : null;
}

async function fetchElectron(home: string, say: (line: string) => void): Promise<boolean> {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return false;
  const installer = spawn(process.execPath, [join(home, 'install.js')], { cwd: home, stdio: 'ignore' });
  const done = new Promise<boolean>((resolve) => {
    installer.once('error', () => resolve(false));
    installer.once('exit', (code) => resolve(code === 0));
  });
  const kill = () => installer.kill('SIGKILL');
  let giveUp = setTimeout(kill, UNREACHABLE_MS);
  void isReachable(process.env.ELECTRON_MIRROR ?? SOURCE).then((reachable) => {
    if (!reachable || installer.exitCode !== null || installer.killed) return;
    say('Fetching Electron (about 110 MB, once) …');
    clearTimeout(giveUp);
    giveUp = setTimeout(kill, FETCH_MS);
  });
  const fetched = await done;
  clearTimeout(giveUp);
  return fetched;
}

async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(UNREACHABLE_MS) });
    return true;
  } catch {
    return false;
  }
}
