import { join } from 'node:path';
import { SHELL } from './builds.ts';
import { electronBinary } from './electron-binary.ts';
import { ensureBuilt } from './ensure-built.ts';
import { freePort } from './free-port.ts';
import { ourNode, type Supervised, supervise } from './supervise.ts';

const PORT = 4320;
/** If Electron has opened no window by then, it counts as failed; ms. */
const WINDOW_WITHIN_MS = 30_000;

export interface DisplayNeeds {
  root: string;
  dataDir: string;
  serverUrl: string;
  token: string;
  say(line: string): void;
}
export interface RunningDisplay extends Supervised {
  /** Null for an Electron window. */
  address: string | null;
}

/**
 * Starts the display: the Electron window if possible, else the browser host. Resolves when it shows or serves.
 *
 * @param onClosed called when a person closes the window
 * @throws when even the browser host does not start; the message says why
 */
export async function startDisplay(needs: DisplayNeeds, onClosed: () => void): Promise<RunningDisplay> {
  const electron = await electronBinary(needs.root, needs.say);
  const window = electron ? await startWindow(electron, needs, onClosed) : null;
  return window ?? startBrowserHost(needs);
}

/** @returns null when Electron does not start on this machine */
async function startWindow(
  electron: string,
  needs: DisplayNeeds,
  onClosed: () => void,
): Promise<RunningDisplay | null> {
  const { root, dataDir, say } = needs;
  const shell = await ensureBuilt(root, SHELL, say);
  const { promise: ready, resolve } = Promise.withResolvers<boolean>();
  let isReady = false;
  const window = supervise({
    command: electron,
    args: [join(shell, 'main.js')],
    cwd: root,
    env: { ...environment(needs), TICKETRAIL_SERVER: needs.serverUrl, TICKETRAIL_DATA: join(dataDir, 'display') },
    logFile: join(dataDir, 'logs', 'display.log'),
    onLine(line) {
      if (line !== 'display ready') return;
      isReady = true;
      resolve(true);
    },
    onEnd({ code }) {
      resolve(false);
      if (!isReady) return false;
      if (code === 0) onClosed();
      else say('The window fell over and is opened again.');
      return code !== 0;
    },
  });
  const tooLong = setTimeout(() => resolve(false), WINDOW_WITHIN_MS);
  const came = await ready;
  clearTimeout(tooLong);
  if (came) return { address: null, stop: window.stop };
  await window.stop();
  return null;
}

async function startBrowserHost(needs: DisplayNeeds): Promise<RunningDisplay> {
  const { root, say, dataDir, serverUrl } = needs;
  const port = await freePort(PORT);
  if (port !== PORT) say(`Port ${PORT} is taken, so the board is on ${port}.`);
  const logFile = join(dataDir, 'logs', 'display.log');
  const where = ['--server', serverUrl, '--data', join(dataDir, 'display'), '--port', String(port)];
  return new Promise((resolve, reject) => {
    let ready = false;
    const running: Supervised = supervise({
      ...ourNode(root, 'scripts/display-web.ts', ...where),
      env: environment(needs),
      logFile,
      onLine(line) {
        const address = /^display ready (\S+)$/.exec(line)?.[1];
        if (!address) return;
        ready = true;
        resolve({ address, stop: running.stop });
      },
      onEnd({ last }) {
        if (ready) say(`The display stopped and is started again; what it said is in ${logFile}`);
        else reject(new Error(`The display did not start: ${last}`));
        return ready;
      },
    });
  });
}

/** Passes the token in the environment, because other users can see arguments. */
function environment({ token }: DisplayNeeds): NodeJS.ProcessEnv {
  return { ...process.env, TICKETRAIL_TOKEN: token };
}
