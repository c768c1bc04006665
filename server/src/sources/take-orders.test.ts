import { expect, it, onTestFinished } from 'vitest';
import { lossyTerm } from '../testing/lossy-term.ts';
import { makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { noTotals } from './source-counts.ts';
import { findSource } from './source-rows.ts';
import { takeOrders } from './take-orders.ts';

async function opened() {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { service } = temp;
  await makeShop(service);
  const { id } = await service.sources.create('main', { kind: 'standard', name: 'Web shop' }, 'https://o.example');
  const { queue } = await lossyTerm(service.leases, 'unanswered', async ({ tx }) => {
    return (await tx.selectFrom('source_entries').select('id').execute()).length > 0;
  });
  const open = async () =>
    (await service.escalations.list({ storeId: 'main', open: true, limit: 9 })).escalations.map(({ detail }) => detail);
  /** Takes an order without items, which the server refuses. */
  async function takeWrongOrder() {
    const source = await queue.write(null, ({ tx }) => findSource(tx, id, null));
    const parts = {
      queue,
      escalations: service.escalations,
      onDamage() {},
      totals: noTotals(),
      now: () => temp.clock.now,
    };
    const draft = { items: [] } as never;
    const order = { id: '7', mark: 1, state: { kind: 'order', draft, status: 'pending', theirStatus: 'new' } } as const;
    return takeOrders({ ...parts, mending: (job) => job(new Map()) }, source, [order]);
  }
  return { temp, id, service, open, takeWrongOrder };
}

it('the owner is called for an order that cannot be taken, also if the database ends once that is stored', async () => {
  const { open, takeWrongOrder } = await opened();
  const called = [expect.stringContaining('The order 7 of Web shop could not be taken')];
  await expect(takeWrongOrder()).rejects.toMatchObject({ fault: 'unknown' });
  expect(await open()).toEqual(called);
  expect(await takeWrongOrder()).toMatchObject({ refused: 1 });
  expect(await open()).toEqual(called);
});

it('a source is deleted together with its escalations, or not at all', async () => {
  const { temp, id, service, open, takeWrongOrder } = await opened();
  await takeWrongOrder().catch(() => undefined);
  await temp.run(`create trigger fault before update on escalations begin select raise(abort, 'a fault'); end`);
  await expect(service.sources.remove(id, null)).rejects.toThrow();
  expect(await service.sources.list('main')).toHaveLength(1);
  await temp.run('drop trigger fault');
  await service.sources.remove(id, null);
  expect(await open()).toEqual([]);
});
