import { join } from 'node:path';
import { freePort } from '#test/support/free-port.ts';
import { type Program, startProgram } from '#test/support/program.ts';

export const ADMIN_TOKEN = 'admin-token-of-the-screen-tests';

/** `npm run server` as a process, which keeps its port and data over a restart. */
export interface Server {
  url: string;
  /** Does nothing if it is running. */
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * @param env added to its environment
 * @param place where it runs if not beside the test (see `startProgram`), with its address there
 */
export async function createServer(
  dir: string,
  env: Record<string, string> = {},
  place: { inside: readonly string[]; host: string } = { inside: [], host: '127.0.0.1' },
): Promise<Server> {
  const port = await freePort();
  const url = `http://${place.host}:${port}`;
  let program: Program | null = null;
  const server: Server = {
    url,
    start: async () => {
      program ??= await startProgram(
        'server/src/main.ts',
        [],
        {
          PORT: String(port),
          DATABASE_URL: `file:${join(dir, 'server.db')}`,
          ADMIN_TOKEN,
          RATE_LIMIT: '0',
          LOG_LEVEL: 'warn',
          ...env,
        },
        () => isReady(url),
        place.inside,
      );
    },
    stop: async (signal) => {
      await program?.stop(signal);
      program = null;
    },
  };
  await server.start();
  return server;
}

async function isReady(url: string): Promise<true | null> {
  try {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) });
    return answer.status === 200 ? true : null;
  } catch {
    return null;
  }
}
