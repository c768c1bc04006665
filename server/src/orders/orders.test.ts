import { describe, expect, it } from 'vitest';
import { Order } from '#contract/order.ts';
import { STATUSES } from '#contract/status.ts';
import { Change } from '#contract/sync.ts';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, draft, makeShop, refusalOf } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

describe.each(DATABASES)('new orders on $database', ({ start }) => {
  const at = new Date(MORNING).toISOString();

  it('[section 4] have every field, with its default', async () => {
    const { service } = await start();
    const { integration } = await makeShop(service);
    const { order, created } = await service.orders.create(integration, 'main', draft());
    expect(created).toBe(true);
    expect(Order.strict().parse(order)).toEqual(order);
    expect(order).toMatchObject({
      storeId: 'main',
      number: '1',
      externalId: null,
      fulfilment: 'pickup',
      version: 1,
      seq: 1,
    });
    expect(order).toMatchObject({
      status: 'pending',
      statusSince: at,
      priority: false,
      firedCourse: 1,
      customer: null,
    });
    expect(order).toMatchObject({ createdAt: at, updatedAt: at, placedAt: at, dueAt: null, acknowledgedAt: null });
    expect(order).toMatchObject({
      payment: { status: 'unpaid', method: null },
      note: null,
      table: null,
      reason: null,
    });
    expect(order.items).toMatchObject([
      { id: 'i1', quantity: 2, modifiers: [], allergens: [], course: null, done: false },
    ]);
    expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
  });

  it('[section 4] have a unique externalId per store for ever: a repeat gets the current first order', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const other = await makeShop(service, 'other');
    const first = await place({ externalId: 'w1' });
    const moved = await service.orders.setStatus(integration, first.id, 'preparing', {});
    const again = await service.orders.create(integration, 'main', draft({ externalId: 'w1', totalMinor: 1 }));
    expect(again).toEqual({ order: moved, created: false });
    expect((await other.place({ externalId: 'w1' })).id).not.toBe(first.id);
    await service.orders.remove(integration, first.id, {});
    expect(await service.orders.create(integration, 'main', draft({ externalId: 'w1' }))).toEqual({
      order: moved,
      created: false,
    });
    expect((await service.orders.list({ storeId: 'main', limit: 50 })).orders).toEqual([]);
  });

  it('are created once for twenty concurrent requests with one externalId', async () => {
    const { service } = await start();
    const { integration } = await makeShop(service);
    const same = draft({ externalId: 'w1' });
    const all = await Promise.all(Array.from({ length: 20 }, () => service.orders.create(integration, 'main', same)));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ order }) => order.id)).size).toBe(1);
    expect((await service.log.head('main')).head).toBe(1);
  });

  it("[section 4] are numbered from 1 at the store's midnight, not UTC's, nor when a clock is set back", async () => {
    const { service, clock } = await start({ now: Date.parse('2026-11-21T19:59:00.000Z') });
    const { place } = await makeShop(service);
    const numbers: string[] = [];
    for (const minutes of [0, 0.5, 1, 5 * 60, -10 * 60]) {
      clock.now += minutes * 60_000;
      numbers.push((await place()).number);
    }
    expect(numbers).toEqual(['1', '2', '1', '2', '3']);
    expect((await place({ number: 'A-17' })).number).toBe('A-17');
    expect((await place()).number).toBe('4');
  });

  it('are refused if they would not fit into a message, and nothing is stored', async () => {
    const { service } = await start();
    const { integration } = await makeShop(service);
    const modifiers = Array.from({ length: 100 }, () => ({ name: 'x' }));
    const items = Array.from({ length: 90 }, () => ({ name: 'x', quantity: 1, modifiers }));
    const big = service.orders.create(integration, 'main', draft({ externalId: 'big', items }));
    expect((await refusalOf(big)).code).toBe('too_large');
    expect((await service.log.head('main')).head).toBe(0);
    expect((await service.orders.create(integration, 'main', draft({ externalId: 'big' }))).created).toBe(true);
  });
});

describe.each(DATABASES)('changes of orders on $database', ({ start }) => {
  it('[section 6] are in the history with their authors, oldest first, each with the resulting order', async () => {
    const { service, clock } = await start();
    const { integration, place } = await makeShop(service);
    const { id } = await place();
    clock.now += 60_000;
    await service.orders.setStatus(integration, id, 'preparing', {});
    await service.orders.setPayment(ADMIN, id, { status: 'paid', method: 'card' }, {});
    await service.orders.setStatus(integration, id, 'cancelled', { reason: 'No flour' });
    await service.orders.remove(ADMIN, id, {});
    const history = await service.orders.history(integration, id);
    for (const change of history) expect(Change.parse(change)).toEqual(change);
    expect(history.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'order_created'],
      [2, 'order_status_changed'],
      [3, 'payment_updated'],
      [4, 'order_status_changed'],
      [5, 'order_deleted'],
    ]);
    expect(history[1]).toMatchObject({
      previousStatus: 'pending',
      by: { role: 'integration', id: integration.id, name: 'web' },
    });
    expect(history[1]?.order).toMatchObject({
      version: 2,
      status: 'preparing',
      statusSince: new Date(clock.now).toISOString(),
    });
    expect(history[3]).toMatchObject({
      previousStatus: 'preparing',
      reason: 'No flour',
      order: { reason: 'No flour', version: 4 },
    });
    expect(history[4]).toMatchObject({ order: null, by: { role: 'admin' } });
  });

  it("[section 3] do not find another store's order, whatever the request", async () => {
    const { service } = await start();
    const { place } = await makeShop(service);
    const { integration: stranger } = await makeShop(service, 'other');
    const order = await place();
    const { orders } = service;
    const intents = [
      orders.get(stranger, order.id),
      orders.patch(stranger, order.id, { note: 'x' }, {}),
      orders.remove(stranger, order.id, {}),
      orders.setStatus(stranger, order.id, 'preparing', {}),
      orders.setPayment(stranger, order.id, { status: 'paid' }, {}),
      orders.history(stranger, order.id),
    ];
    for (const { code } of await Promise.all(intents.map(refusalOf))) expect(code).toBe('not_found');
    expect(await orders.get(ADMIN, order.id)).toEqual(order);
  });

  it('[section 4] follow the status table; others are refused with the current order', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    for (const fulfilment of ['pickup', 'delivery'] as const) {
      const { id } = await place({ fulfilment });
      const last = fulfilment === 'delivery' ? (['delivering', 'completed'] as const) : (['completed'] as const);
      for (const to of ['preparing', 'ready', ...last] as const) {
        const skipped = await service.orders.get(ADMIN, id);
        if (to !== 'preparing' && to !== 'ready') {
          const refusal = await refusalOf(service.orders.setStatus(integration, id, 'pending', {}));
          expect(refusal).toMatchObject({ code: 'invalid_transition', order: skipped });
        }
        const moved = await service.orders.setStatus(integration, id, to, {});
        expect(await service.orders.setStatus(integration, id, to, {})).toEqual(moved);
        expect(moved).toMatchObject({ status: to, version: skipped.version + 1 });
      }
    }
  });

  it('[section 4] can recall an order in preparation for 60 seconds, and it stays acknowledged', async () => {
    const { service, clock } = await start();
    const { integration, place } = await makeShop(service);
    const { id } = await place({ status: 'preparing' });
    clock.now += 60_001;
    const late = await refusalOf(service.orders.setStatus(integration, id, 'pending', {}));
    expect(late.code).toBe('invalid_transition');
    clock.now -= 1;
    const acknowledged = { acknowledgedAt: new Date(clock.now).toISOString(), acknowledgedBy: 'web' };
    const back = await service.orders.setStatus(integration, id, 'pending', {});
    expect(back).toMatchObject({ status: 'pending', ...acknowledged });
  });

  it('[section 4] can recall a completed order for 60 minutes', async () => {
    const { service, clock } = await start();
    const { integration, place } = await makeShop(service);
    const { id } = await place({ status: 'completed' });
    clock.now += 3_600_001;
    expect((await refusalOf(service.orders.setStatus(integration, id, 'ready', {}))).code).toBe('invalid_transition');
    clock.now -= 1;
    expect((await service.orders.setStatus(integration, id, 'ready', {})).status).toBe('ready');
  });

  it('[section 4] require a reason for rejecting and cancelling, but not for repeating it', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const { id } = await place();
    for (const to of ['rejected', 'cancelled'] as const) {
      const refusal = await refusalOf(service.orders.setStatus(integration, id, to, {}));
      expect(refusal).toMatchObject({ code: 'invalid_request', details: [{ path: 'reason' }] });
    }
    const ended = await service.orders.setStatus(integration, id, 'rejected', { reason: 'Closed' });
    expect(await service.orders.setStatus(integration, id, 'rejected', {})).toEqual(ended);
    for (const to of STATUSES.filter((status) => status !== 'rejected'))
      expect((await refusalOf(service.orders.setStatus(integration, id, to, { reason: 'x' }))).code).toBe(
        'invalid_transition',
      );
  });

  it('[section 4] by PATCH refuse a stale If-Match, keep unnamed fields, and record only real changes', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const first = await place({ customer: { name: 'Nino', phone: '+995' }, note: 'bell' });
    const patch = { note: 'door', customer: { name: 'Nina' }, priority: true };
    const patched = await service.orders.patch(integration, first.id, patch, { ifMatch: 1 });
    expect(patched).toEqual({
      ...first,
      note: 'door',
      customer: { ref: null, name: 'Nina', phone: '+995' },
      priority: true,
      version: 2,
      seq: 2,
    });
    const refusal = await refusalOf(service.orders.patch(integration, first.id, patch, { ifMatch: 1 }));
    expect(refusal).toMatchObject({ code: 'conflict', order: patched });
    expect(await service.orders.patch(integration, first.id, patch, { ifMatch: 2 })).toEqual(patched);
    expect((await service.log.head('main')).head).toBe(2);
  });

  it('[section 5] with an Idempotency-Key happen once, and a repeat gets the first answer', async () => {
    const temp = await start();
    const { integration, place } = await makeShop(temp.service);
    const { id } = await place();
    const idempotency = { key: 'k1', request: 'POST status preparing' };
    const first = await temp.service.orders.setStatus(integration, id, 'preparing', { idempotency });
    const { orders, log } = await temp.restart();
    await orders.setStatus(ADMIN, id, 'ready', {});
    expect(await orders.setStatus(integration, id, 'preparing', { idempotency })).toEqual(first);
    expect((await log.head('main')).head).toBe(3);
    const other = { key: 'k1', request: 'POST status ready' };
    expect(await refusalOf(orders.setStatus(integration, id, 'ready', { idempotency: other }))).toMatchObject({
      code: 'invalid_request',
      status: 422,
    });
    expect((await orders.setStatus(ADMIN, id, 'preparing', { idempotency: other })).status).toBe('preparing');
    const removal = { key: 'k2', request: 'DELETE' };
    for (let i = 0; i < 2; i++) await orders.remove(integration, id, { idempotency: removal });
    expect((await refusalOf(orders.remove(integration, id, {}))).code).toBe('not_found');
  });
});
