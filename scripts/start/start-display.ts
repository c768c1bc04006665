import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hasDesktop, installedElectron } from './electron-binary.ts';
import { freePort } from './free-port.ts';
import { startWindow } from './start-window.ts';
import { ourNode, type Supervised, supervise } from './supervise.ts';

const PORT = 4320;
export interface DisplayNeeds {
  root: string;
  dataDir: string;
  serverUrl: string;
  token: string;
  /** Whether Electron may be used. */
  window: boolean;
  say(line: string): void;
}
export interface RunningDisplay extends Supervised {
  /** Null for an Electron window. */
  address: string | null;
  /** An address that admits one browser soon after the start; null for an Electron window. */
  addressToOpen: string | null;
}

const logOf = (dataDir: string) => join(dataDir, 'logs', 'display.log');

/**
 * Starts the display: an Electron window where Electron is installed and there is a desktop, else the browser host. Resolves
 * when it shows or serves.
 *
 * @param onClosed called when a person closes the window
 * @throws when even the browser host does not start; the message says why
 */
export async function startDisplay(needs: DisplayNeeds, onClosed: () => void): Promise<RunningDisplay> {
  const { root, dataDir, serverUrl, say } = needs;
  const isPossible = needs.window && hasDesktop(process.platform, process.env);
  const electron = isPossible ? installedElectron(root) : null;
  if (electron) {
    const env = { ...environment(needs), TICKETRAIL_SERVER: serverUrl, TICKETRAIL_DATA: join(dataDir, 'display') };
    const window = await startWindow({ root, electron, env, logFile: logOf(dataDir), say, onClosed });
    if ('stop' in window) return { address: null, addressToOpen: null, stop: window.stop };
    say(window.whyNot);
    say('Until then the board is in the browser.');
  } else if (needs.window) say('There is no Electron here, so the board is in the browser.');
  return startBrowserHost(needs);
}

async function startBrowserHost(needs: DisplayNeeds): Promise<RunningDisplay> {
  const { root, say, dataDir, serverUrl } = needs;
  const port = await freePort(PORT);
  if (port !== PORT) say(`Port ${PORT} is taken, so the board is on ${port}.`);
  const logFile = logOf(dataDir);
  const oneTimeKey = randomBytes(16).toString('base64url');
  const where = ['--server', serverUrl, '--data', join(dataDir, 'display'), '--port', String(port)];
  return new Promise((resolve, reject) => {
    let ready = false;
    const running: Supervised = supervise({
      ...ourNode(root, 'scripts/display-web.ts', ...where),
      env: { ...environment(needs), TICKETRAIL_ONE_TIME_KEY: oneTimeKey },
      logFile,
      onLine(line) {
        const address = /^display ready (\S+)$/.exec(line)?.[1];
        if (!address) return;
        ready = true;
        resolve({ address, addressToOpen: withKey(address, oneTimeKey), stop: running.stop });
      },
      onEnd({ last }) {
        if (ready) say(`The display stopped and is started again; what it said is in ${logFile}`);
        else reject(new Error(`The display did not start: ${last}`));
        return ready;
      },
    });
  });
}

function withKey(address: string, key: string): string {
  const url = new URL(address);
  url.searchParams.set('key', key);
  return url.href;
}

/** Passes the token in the environment, because other users can see arguments. */
function environment({ token }: DisplayNeeds): NodeJS.ProcessEnv {
  return { ...process.env, TICKETRAIL_TOKEN: token };
}
