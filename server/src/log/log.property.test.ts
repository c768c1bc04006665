import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { createWriter, randomWrite } from '../testing/random-writes.ts';
import { readWholeHistory } from '../testing/read-whole-history.ts';
import { createReplica } from '../testing/replica.ts';
import { makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

const byId = (orders: Order[]) => new Map(orders.map((order) => [order.id, order]));
const RUNS = { numRuns: 25, endOnFailure: true };

it('[S1] the log has no gaps and matches the orders after concurrent writes, some failing', async () => {
  const groups = fc.array(fc.array(randomWrite, { minLength: 1, maxLength: 12 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(groups, async (all) => {
      const temp = await sqliteService();
      try {
        const shop = await makeShop(temp.service);
        const write = createWriter(
          () => temp.service,
          shop,
          () => temp.clock.now,
        );
        const heads: number[] = [];
        temp.service.hints.onHint((hint) => hint.kind === 'head' && heads.push(hint.head));
        for (const group of all) await Promise.all(group.map(write));

        const replica = createReplica(() => temp.service, 'main');
        const { epoch, head } = await temp.service.log.head('main');
        const fromStart = await temp.service.log.read('main', { epoch, cursor: 0, hash: null }, 10_000);
        if (fromStart.mode !== 'delta') throw new Error(fromStart.reason);
        expect(fromStart.changes.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1));
        expect(heads).toEqual([...heads].sort((a, b) => a - b));
        expect(heads.at(-1) ?? 0).toBe(head);

        const replayed = new Map<string, Order>();
        for (const { orderId, order } of fromStart.changes) {
          if (order) replayed.set(orderId, order);
          else if (order === null) replayed.delete(orderId);
        }
        const { orders } = await temp.service.orders.list({ storeId: 'main', limit: 200 });
        expect(replayed).toEqual(byId(orders));
        await replica.follow();
        expect(replica.orders).toEqual(replayed);
        for (const { id, version } of orders) {
          const history = await readWholeHistory(temp.service.orders, shop.integration, id);
          expect(history.map((change) => change.order?.version)).toEqual(
            Array.from({ length: version }, (_, i) => i + 1),
          );
        }
      } finally {
        await temp.dispose();
      }
    }),
    RUNS,
  );
});

it('[S7] a display synced in parts, across truncated logs and restarts, ends where a full replay does', async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: randomWrite.map((write) => ({ kind: 'write' as const, write })) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('follow' as const),
        who: fc.nat(2),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'clean' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 6 }), async (steps, logChanges) => {
      const temp = await sqliteService({ retention: { logDays: 0, logChanges, block: 2 } });
      try {
        const shop = await makeShop(temp.service);
        const write = createWriter(
          () => temp.service,
          shop,
          () => temp.clock.now,
        );
        const replicas = [0, 1, 2].map(() => createReplica(() => temp.service, 'main'));
        for (const one of steps) {
          temp.clock.now += 1_000;
          if (one.kind === 'write') await write(one.write);
          if (one.kind === 'follow') await replicas[one.who]?.follow(one.limit);
          if (one.kind === 'clean') await temp.service.clean();
          if (one.kind === 'restart') await temp.restart();
        }
        const { orders } = await temp.service.orders.list({ storeId: 'main', limit: 200 });
        for (const replica of replicas) {
          await replica.follow();
          expect(replica.orders).toEqual(byId(orders));
        }
      } finally {
        await temp.dispose();
      }
    }),
    RUNS,
  );
});
