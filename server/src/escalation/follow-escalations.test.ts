import { expect, it } from 'vitest';
import type { Escalation } from '#contract/admin.ts';
import { DATABASES } from '../testing/databases.ts';
import { makeShop } from '../testing/shop.ts';
import { followEscalations } from './follow-escalations.ts';

it.each(DATABASES)('reports each escalation once, with few reads in a rush, on $database', async ({ start }) => {
  const { service, clock } = await start();
  const shop = await makeShop(service);
  service.receipts.connected(shop.display);
  /** Nobody acknowledges it. */
  const overdue = async () => {
    service.receipts.onDisk(shop.display, (await service.log.head(shop.id)).head);
    clock.now += 61_000;
    await service.escalate();
  };
  const told: Escalation[] = [];
  let reads = 0;
  /** Runs between the two reads of a look. */
  let between = async () => {};
  const look = followEscalations(
    {
      async unresolved() {
        reads++;
        const ids = await service.escalations.unresolved();
        await between();
        return ids;
      },
      find: (ids) => service.escalations.find(ids),
    },
    (escalation) => told.push(escalation),
  );
  await look();
  const orders = await Promise.all(Array.from({ length: 40 }, () => shop.place()));
  await overdue();

  reads = 0;
  await Promise.all(Array.from({ length: 40 }, () => look()));
  expect(reads).toBe(1);
  expect(told.map(({ orderId }) => orderId).sort()).toEqual(orders.map(({ id }) => id).sort());
  expect(told.every(({ resolvedAt }) => resolvedAt === null)).toBe(true);

  // Raised before the first read of a look and resolved before the second: both are reported, once.
  told.length = 0;
  const late = await shop.place();
  await overdue();
  between = async () => {
    between = async () => {};
    await service.orders.remove(shop.integration, late.id, {});
    await service.escalate();
  };
  await look();
  await look();
  expect(told.map(({ orderId, resolvedAt }) => [orderId, resolvedAt === null])).toEqual([
    [late.id, true],
    [late.id, false],
  ]);
});
