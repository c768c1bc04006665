import { join } from 'node:path';
import { readHostOptions } from '#node-host/host-options.ts';
import { hasDesktop, installedElectron } from './start/electron-binary.ts';
import { fetchElectron } from './start/fetch-electron.ts';
import { AlreadyRunning, startWindow } from './start/start-window.ts';

/**
 * `npm run display`: the Electron display alone, with the arguments of `display:web`. Without Electron it is the browser host,
 * while Electron is fetched for the next time.
 */
const root = join(import.meta.dirname, '..');
const say = (line: string) => console.error(line);

try {
  const options = readHostOptions(process.argv.slice(2), process.env);
  if (options === 'help' || !(await showWindow(options))) await import('./display-web.ts');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof AlreadyRunning ? 0 : 1;
}

/** @returns whether there is a window; if not, it has said why */
async function showWindow({ serverUrl, token, dataDir }: Exclude<ReturnType<typeof readHostOptions>, 'help'>) {
  const electron = hasDesktop(process.platform, process.env) ? installedElectron(root) : null;
  const logs = join(dataDir, 'logs');
  if (!electron) {
    say('There is no Electron here, so the display is for a browser, at this address:');
    fetchElectron(root, join(logs, 'electron.log'), say);
    return false;
  }
  const window = await startWindow({
    root,
    electron,
    env: {
      ...process.env,
      TICKETRAIL_DATA: dataDir,
      ...(serverUrl ? { TICKETRAIL_SERVER: serverUrl } : {}),
      ...(token ? { TICKETRAIL_TOKEN: token } : {}),
    },
    logFile: join(logs, 'display.log'),
    say,
    onClosed: () => process.exit(0),
  });
  if ('whyNot' in window) {
    say(window.whyNot);
    say('Until then the display is for a browser, at this address:');
    return false;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void window.stop().then(() => process.exit(0)));
  return true;
}
