import { join } from 'node:path';
import { createApi } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { sleep } from '#test/support/sleep.ts';
import { createTargetProcess } from './target-process.ts';
import { DOING, type World } from './world.ts';

/** One server on a SQLite file, which is killed with `kill -9`. */
export async function startOneServer(dir: string, admin: string, env: NodeJS.ProcessEnv): Promise<World> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = createTargetProcess({
    name: 'server',
    file: 'server/src/main.ts',
    args: [],
    env: { ...env, PORT: String(port), DATABASE_URL: `file:${join(dir, 'server.db')}`, ADMIN_TOKEN: admin },
    // With a time limit: it may be killed between receiving the call and answering it.
    ready: async () =>
      (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok ? true : null,
  });
  await server.start();
  return {
    url,
    api: (token) => createApi(url, token),
    screens: { share: 0.6, count: true },
    worksBetween: false,
    actsLate: false,
    async disturb(random) {
      const state = server.state();
      if (state === 'down') return null;
      await server.kill();
      const over = sleep(random.int(0, 300)).then(() => server.start());
      return { what: `server SIGKILL, ${DOING[state]}`, isKill: true, over };
    },
    stop: async () => void (await server.kill()),
  };
}
