import { describe, expect, it } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { makeShop } from '../testing/shop.ts';

describe.each(DATABASES)('snapshots on $database', ({ start }) => {
  async function startWithOrders(orders: number) {
    const { service } = await start();
    const shop = await makeShop(service);
    await Promise.all(Array.from({ length: orders }, () => shop.place()));
    return { ...shop, service };
  }

  it('[S4] gives the same bytes to all who ask at the same place of the log', async () => {
    const { service } = await startWithOrders(300);
    const bodies = await Promise.all(Array.from({ length: 20 }, () => service.log.snapshot('main')));
    bodies.push(await service.log.snapshot('main'));
    expect(new Set(bodies.map(({ gzip }) => gzip)).size).toBe(1);
  });

  it('[S4] holds everything committed before it was asked for, also while an earlier one is being made', async () => {
    const { service, place } = await startWithOrders(1_000);
    const earlier = service.log.snapshot('main');
    const { id, seq } = await place();
    const later = await readSnapshot(service, 'main');
    expect(later.seq).toBe(seq);
    expect(later.orders.map((order) => order.id)).toContain(id);
    await earlier;
  });

  it('[S4] is of one state, and orders do not wait for it', async () => {
    const { service, place } = await startWithOrders(2_000);
    let finished = false;
    const snapshot = readSnapshot(service, 'main').finally(() => {
      finished = true;
    });
    let placed = 0;
    for (; !finished; placed++) await place();
    const { seq, orders } = await snapshot;
    expect(placed).toBeGreaterThan(3);
    expect(orders).toHaveLength(seq);
    expect(Math.max(...orders.map((order) => order.seq))).toBe(seq);
  });
});
