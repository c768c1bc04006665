import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { ourNode, type Supervised, supervise } from './supervise.ts';

const PORT = 4310;
/** Where the demo leaves the token that `/console` fills in. */
export const consoleTokenIn = (dataDir: string): string => join(dataDir, 'console-token');
const READY_WITHIN_MS = 30_000;

export interface RunningServer extends Supervised {
  url: string;
}

/**
 * Starts the companion server on loopback with its database in the data folder. Resolves when it answers; from then on restarts
 * it when it fails, and reports that through `say`.
 *
 * @throws when it does not get ready; the message has its last output
 */
export async function startServer(
  root: string,
  dataDir: string,
  adminToken: string,
  say: (line: string) => void,
): Promise<RunningServer> {
  const port = await freePort(PORT);
  if (port !== PORT) say(`Port ${PORT} is taken, so the server is on ${port}.`);
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(dataDir, 'logs', 'server.log');
  let ready = false;
  let failure: string | undefined;

  const server = supervise({
    ...ourNode(root, 'server/src/main.ts'),
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `file:${join(dataDir, 'server.db')}`,
      ADMIN_TOKEN: adminToken,
      CONSOLE: '1',
      CONSOLE_TOKEN_FILE: consoleTokenIn(dataDir),
      LOG_LEVEL: 'warn',
    },
    logFile,
    onEnd({ code, last }) {
      if (!ready) failure = last || `it ended with ${code}`;
      else say(`The server stopped and is started again; what it said is in ${logFile}`);
      return ready;
    },
  });

  const until = performance.now() + READY_WITHIN_MS;
  // Another program may answer on that port: if our server has ended, it is not ready.
  while (!(await answers(url)) || failure !== undefined) {
    if (failure === undefined && performance.now() < until) {
      await sleep(50);
      continue;
    }
    await server.stop();
    throw new Error(`The server did not start: ${failure ?? 'it does not answer'}`);
  }
  ready = true;
  return { url, stop: server.stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
