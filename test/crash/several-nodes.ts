import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSmallRedis } from '#server/testing/small-redis.ts';
import { startPostgres } from '#server/testing/start-postgres.ts';
import { hasRedis, startRedis } from '#server/testing/start-redis.ts';
import { createFaultProxy } from '#test/faults/fault-proxy.ts';
import { createApi } from '#test/support/api.ts';
import { freePort } from '#test/support/free-port.ts';
import { createRandom } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';
import { until } from '#test/support/until.ts';
import { startBalancer } from './balancer.ts';
import { countEffects, type Effects, judgeEffects } from './judge-effects.ts';
import { createNodeTroubles } from './node-troubles.ts';
import { SEEN_WITHIN_S, startOutside } from './outside.ts';
import { createTargetProcess } from './target-process.ts';
import type { World } from './world.ts';

/** PostgreSQL may be away again and again meanwhile. */
const READY_WITHIN_MS = 180_000;
/** Until everybody outside was told everything; a chat gets one message a second and is not waited for. */
const TOLD_WITHIN_MS = 120_000;
const NAME = 'shop';
const NO_ORDERS = { orders: [], histories: new Map() };

export interface NodesOptions {
  dir: string;
  admin: string;
  env: NodeJS.ProcessEnv;
  nodes: number;
  seed: number;
}

/**
 * Nodes on one PostgreSQL and one Redis, with a load balancer in front of them and a link to the database that can be cut, and
 * everybody outside who hears of it.
 */
export async function startSeveralNodes({ dir, admin, env, nodes: count, seed }: NodesOptions): Promise<World> {
  const violations: string[] = [];
  const undo: (() => Promise<unknown>)[] = [];
  const undone = async () => {
    for (const one of undo.splice(0).reverse()) await one().catch(() => undefined);
  };
  try {
    const postgres = await startPostgres();
    undo.push(postgres.stop);
    const databaseUrl = await postgres.create(NAME);
    const password = randomBytes(12).toString('hex');
    const redis = await (hasRedis() ? startRedis(password) : startSmallRedis(password));
    undo.push(redis.stop);
    const outside = await startOutside(createRandom(seed + 1));
    undo.push(outside.stop);

    const nodes = await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const [port, link] = await Promise.all([freePort(), createFaultProxy(databaseUrl, seed + i)]);
        undo.push(link.close);
        const url = `http://127.0.0.1:${port}`;
        const DATABASE_URL = Object.assign(new URL(databaseUrl), { port: new URL(link.url).port }).href;
        const name = `node ${i + 1}`;
        const target = createTargetProcess({
          name,
          file: 'server/src/main.ts',
          args: [],
          env: { ...env, ...outside.env, PORT: `${port}`, DATABASE_URL, REDIS_URL: redis.url, ADMIN_TOKEN: admin },
          ready: async () =>
            (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null))?.ok ? true : null,
          readyWithinMs: READY_WITHIN_MS,
          onEnd(doing, output) {
            // Without its database a node does not start.
            if (doing === 'serving') violations.push(`${name} ended by itself: ${output.slice(-1_000)}`);
          },
        });
        undo.push(() => target.kill());
        return { url, link, target };
      }),
    );
    await Promise.all(nodes.map(({ target }) => target.start()));
    const urls = nodes.map(({ url }) => url);
    const balancer = await startBalancer(urls, createRandom(seed + 2));
    undo.push(balancer.stop);
    const anyNode = createRandom(seed + 3);
    let effects: Effects | null = null;
    const read = () => outside.read((statement) => postgres.run(NAME, statement));

    return {
      url: balancer.url,
      api(token) {
        const apis = urls.map((url) => createApi(url, token));
        return (...call) => anyNode.pick(apis)(...call);
      },
      prepare: outside.connect,
      // Letters that every printer has: its papers are text.
      dishes: ['Khinkali', 'Lobio', 'Kharcho', 'Badrijani'],
      screens: { share: 0.1, count: false },
      worksBetween: true,
      actsLate: true,
      disturb: createNodeTroubles({
        nodes,
        postgres,
        redis,
        databaseUrl,
        found: (violation) => void violations.push(violation),
      }),
      async settle() {
        // The last orders may still become escalations.
        await sleep((SEEN_WITHIN_S + 2) * 1_000);
        const isTold = async () => {
          effects = await read();
          const isPrinted = effects.prints.every(({ state }) => state !== 'waiting' && state !== 'sending');
          return isPrinted && judgeEffects(effects, NO_ORDERS).length === 0;
        };
        // What is missing then is for the judge to say.
        await until('everybody has heard', isTold, TOLD_WITHIN_MS, 1_000).catch(() => undefined);
      },
      async judge(aftermath) {
        effects = await read();
        return { violations: [...violations, ...judgeEffects(effects, aftermath)], counts: countEffects(effects) };
      },
      async stop(keep) {
        if (!keep) return undone();
        for (const { target } of nodes) await writeFile(join(dir, `${target.name}.log`), target.output());
        await writeFile(join(dir, 'effects.json'), JSON.stringify(effects, null, 1));
        // It would remove its folder.
        undo.shift();
        await undone();
        await postgres.kill('fast');
        await writeFile(join(dir, 'postgres.txt'), `The database is in ${postgres.dir}\n`);
      },
    };
  } catch (error) {
    await undone();
    throw error;
  }
}
