import { describe, expect, it } from 'vitest';
import { PrinterDraft } from '#contract/printer.ts';
import { DATABASES } from '../testing/databases.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { ADMIN, command, draft, makeShop, refusalOf } from '../testing/shop.ts';

const DAY = 86_400_000;

describe.each(DATABASES)('retention on $database', ({ start }) => {
  it('[S7] truncates the log past both its days and its changes; keeps history and the hash at its end', async () => {
    const { service, clock } = await start({ retention: { logDays: 7, logChanges: 4, block: 2 } });
    const { place } = await makeShop(service);
    const first = await place();
    for (let i = 0; i < 9; i++) await place();
    const { epoch } = await service.log.head('main');
    const read = (cursor: number, hash: string | null) => service.log.read('main', { epoch, cursor, hash }, 200);
    const all = await service.log.read('main', { epoch, cursor: 0, hash: null }, 6);
    if (all.mode !== 'delta') throw new Error(all.reason);
    await service.clean();
    expect((await read(0, null)).mode).toBe('delta');
    clock.now += 7 * DAY + 1;
    await service.clean();
    for (let i = 0; i < 2; i++) {
      expect(await read(0, null)).toMatchObject({ mode: 'snapshot', reason: 'too_old' });
      expect(await read(5, null)).toMatchObject({ mode: 'snapshot', reason: 'too_old' });
      expect(await read(6, 'x')).toMatchObject({ mode: 'snapshot', reason: 'hash' });
      expect(await read(6, all.hash)).toMatchObject({ mode: 'delta', from: 6, to: 10 });
      await service.clean();
    }
    expect(await service.orders.history(ADMIN, first.id)).toHaveLength(1);
    expect(await service.orders.get(ADMIN, first.id)).toEqual(first);
  });

  it('[S7] keeps answers to commands and idempotency keys for 35 days', async () => {
    const { service, clock } = await start();
    const { display, integration, place } = await makeShop(service);
    const order = await place();
    const seen = command(order, 'acknowledge', {}, clock.now);
    const idempotency = { key: 'k', request: 'r' };
    await service.submitCommands(display, [seen]);
    await service.orders.setPayment(integration, order.id, { status: 'paid' }, { idempotency });
    clock.now += 35 * DAY;
    await service.clean();
    expect((await service.submitCommands(display, [seen])).results).toMatchObject([
      { outcome: 'applied', replayed: true },
    ]);
    const reused = () =>
      service.orders.setPayment(
        integration,
        order.id,
        { status: 'failed' },
        { idempotency: { key: 'k', request: 'other' } },
      );
    expect((await refusalOf(reused())).status).toBe(422);
    clock.now += 1;
    await service.clean();
    const { results } = await service.submitCommands(display, [seen]);
    // Decided again; the order is acknowledged, so there is no second effect.
    expect(results).toEqual([{ commandId: seen.commandId, outcome: 'already', seq: 3 }]);
    expect((await reused()).payment.status).toBe('failed');
  });

  it('[S7] deletes closed orders and their history 400 days after their last change, open ones never', async () => {
    const { service, clock } = await start({ retention: { logChanges: 1, block: 1 } });
    const { integration, place } = await makeShop(service);
    const open = await place();
    const closed = await place({ externalId: 'w1', status: 'completed' });
    const deleted = await place();
    await service.orders.remove(integration, deleted.id, {});
    const { epoch, head } = await service.log.head('main');
    const { hash } = await readSnapshot(service, 'main');
    clock.now += 400 * DAY;
    const recent = await place({ status: 'completed' });
    await service.clean();
    expect(await service.orders.get(ADMIN, closed.id)).toEqual(closed);
    expect(await service.orders.history(ADMIN, deleted.id)).toHaveLength(2);
    clock.now += 1;
    expect(await service.clean()).toMatchObject({ orders: 1, historyChanges: 3 });
    for (const { id } of [closed, deleted])
      expect((await refusalOf(service.orders.history(ADMIN, id))).code).toBe('not_found');
    expect((await refusalOf(service.orders.get(ADMIN, closed.id))).code).toBe('not_found');
    for (const order of [open, recent]) {
      expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
      expect(await service.orders.history(ADMIN, order.id)).toHaveLength(1);
    }
    // The change below the log's end is deleted, its hash is kept.
    const standing = await service.log.read('main', { epoch, cursor: head, hash }, 200);
    expect(standing).toMatchObject({ mode: 'delta', from: 4, to: 5 });
    const again = service.orders.create(integration, 'main', draft({ externalId: 'w1' }));
    expect((await refusalOf(again)).code).toBe('conflict');
  });

  it('[S7] deletes test pages of printers after 35 days, not the papers of orders', async () => {
    const { service, clock } = await start();
    const { place } = await makeShop(service);
    const { id } = await service.printers.create('main', PrinterDraft.parse({ name: 'Pass', address: 'pass:9100' }));
    await service.printers.test(id, null);
    await service.printers.print((await place()).id, id, null);
    clock.now += 35 * DAY;
    expect((await service.clean()).testPages).toBe(0);
    clock.now += 1;
    expect((await service.clean()).testPages).toBe(1);
    expect((await service.printers.list('main'))[0]?.waiting).toBe(1);
  });

  it('[S1] keeps changes of a deleted order that are still in the log, so that the log has no gaps', async () => {
    const { service, clock } = await start();
    const { place } = await makeShop(service);
    for (const status of ['completed', 'pending', 'completed'] as const) await place({ status });
    clock.now += 401 * DAY;
    expect(await service.clean()).toMatchObject({ orders: 2, historyChanges: 0, logChanges: 0 });
    const { epoch } = await service.log.head('main');
    const read = await service.log.read('main', { epoch, cursor: 0, hash: null }, 200);
    expect(read).toMatchObject({ mode: 'delta', to: 3 });
  });
});
