import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DataService } from '../../create-service.ts';
import { postgresUrl } from '../../testing/postgres-databases.ts';
import { createReplica } from '../../testing/replica.ts';
import { draft, makeShop } from '../../testing/shop.ts';
import { startPostgres } from '../../testing/start-postgres.ts';
import { postgresService } from '../../testing/temp-service.ts';

/** How often the server is killed; the long proof is a run with more. */
const KILLS = Number(process.env.KILLS ?? 2);
/** Tills, each of which repeats an order until it is stored, then sends the next. */
const TILLS = 4;

describe.runIf(postgresUrl())('a PostgreSQL server that is killed under load', () => {
  it('[S1] loses no order that was answered, stores none twice, and leaves a whole log', async () => {
    const postgres = await startPostgres();
    onTestFinished(postgres.stop);
    const url = await postgres.create('shop');
    const temp = await postgresService(
      { shared: true },
      { url, run: (statement) => postgres.run('shop', statement), damage: async () => {}, drop: async () => {} },
    );
    onTestFinished(temp.dispose);
    const nodes = [temp.service, await temp.open()];
    const shop = await makeShop(temp.service);
    const answered = new Map<string, string>();
    let stopped = false;

    async function till(number: number): Promise<void> {
      for (let i = 0; !stopped; i++) {
        const externalId = `till ${number} order ${i}`;
        for (let tries = number; !answered.has(externalId); tries++) {
          const node = nodes[tries % nodes.length] as DataService;
          const placed = await node.orders.create(shop.integration, 'main', draft({ externalId })).catch((error) => {
            expect(error).toMatchObject({ code: 'unavailable' });
            return sleep(20);
          });
          if (placed) answered.set(externalId, placed.order.id);
        }
      }
    }

    const tills = Promise.all(Array.from({ length: TILLS }, (_, i) => till(i)));
    for (let kill = 0; kill < KILLS; kill++) {
      const before = answered.size;
      await expect.poll(() => answered.size, { timeout: 15_000 }).toBeGreaterThan(before + TILLS);
      await postgres.kill();
      await postgres.startAgain();
    }
    const before = answered.size;
    await expect.poll(() => answered.size, { timeout: 15_000 }).toBeGreaterThan(before + TILLS);
    stopped = true;
    await tills;

    const replica = createReplica(() => temp.service, 'main');
    replica.standAt({ epoch: (await temp.service.log.head('main')).epoch, cursor: 0, hash: null });
    await replica.follow();
    expect(replica.snapshots).toBe(0);
    expect([...replica.orders.keys()].sort()).toEqual([...answered.values()].sort());
  }, 120_000);
});
