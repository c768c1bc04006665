import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OrderPatch } from '#contract/order.ts';
import { PublicOrder } from '#contract/public-order.ts';
import type { Customer } from '../caller.ts';
import { DATABASES } from '../testing/databases.ts';
import { readSnapshot } from '../testing/read-snapshot.ts';
import { ADMIN, makeShop, refusalOf } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

const LATER = Date.parse('2099-01-01T00:00:00.000Z');
const customer = (ref: string, storeId = 'main'): Customer => ({
  role: 'customer',
  id: ref,
  storeId,
  of: { ref },
  expiresAt: LATER,
});
const holderOf = (orderId: string, storeId = 'main'): Customer => ({
  role: 'customer',
  id: orderId,
  storeId,
  of: { orderId },
  expiresAt: null,
});

describe.each(DATABASES)('customers on $database', ({ start }) => {
  async function open() {
    const temp = await start();
    const shop = await makeShop(temp.service);
    const place = async (ref: string | undefined) => {
      temp.clock.now += 1_000;
      return shop.place({ customer: { ref, name: 'Nino', phone: '+995555123456' } });
    };
    return { ...temp, shop, place, customers: temp.service.customers };
  }

  it('[section 9] see their own orders, newest first, page by page, and those of nobody else', async () => {
    const { place, customers, service, clock } = await open();
    const other = await makeShop(service, 'other');
    const mine = [];
    for (let i = 0; i < 5; i++) {
      mine.unshift((await place('u-1')).id);
      await place('u-2');
      await place(undefined);
      await other.place({ customer: { ref: 'u-1' } });
    }
    clock.now += 1_000;
    const seen: string[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = await customers.list(customer('u-1'), { limit: 2, ...(before && { before }) });
      expect(page.store).toEqual({ name: 'main', currency: 'GEL', timeZone: 'Asia/Tbilisi' });
      for (const order of page.orders) seen.push(PublicOrder.strict().parse(order).id);
      before = page.nextBefore;
    }
    expect(seen).toEqual(mine);
    expect((await customers.list(customer('u-1', 'other'), { limit: 50 })).orders).toHaveLength(5);
    expect((await customers.list(customer('u-9'), { limit: 50 })).orders).toEqual([]);
    expect((await customers.list(customer(''), { limit: 50 })).orders).toEqual([]);
    expect((await refusalOf(customers.list(customer('u-1'), { limit: 50, before: 'x' }))).code).toBe('invalid_request');
  });

  it('[section 9] follow an order that is given to another customer, and lose a deleted one', async () => {
    const { place, customers, service } = await open();
    const { id } = await place('u-1');
    const idsOf = async (who: Customer) => (await customers.list(who, { limit: 50 })).orders.map((order) => order.id);
    await service.orders.patch(ADMIN, id, OrderPatch.parse({ customer: { ref: 'u-2' } }), {});
    expect([await idsOf(customer('u-1')), await idsOf(customer('u-2'))]).toEqual([[], [id]]);
    await service.orders.remove(ADMIN, id, {});
    expect([await idsOf(customer('u-2')), await idsOf(holderOf(id))]).toEqual([[], []]);
    expect(await customers.refOfDeleted(id)).toBe('u-2');
    expect(await customers.refOfDeleted('nobody')).toBeNull();
  });

  it('[section 3] the holder of a tracking token sees one order', async () => {
    const { place, customers } = await open();
    const [first] = [await place('u-1'), await place('u-1')];
    const { orders, nextBefore } = await customers.list(holderOf(first.id), { limit: 50 });
    expect([orders.map(({ id }) => id), nextBefore]).toEqual([[first.id], null]);
    expect((await refusalOf(customers.cancel(holderOf(first.id), (await place('u-1')).id, undefined))).code).toBe(
      'not_found',
    );
  });

  it('[section 3] a token names a customer of a store that exists, or of an order that was placed here', async () => {
    const { place, customers } = await open();
    const { id } = await place('u-1');
    const claim = { ref: 'u-1', expiresAt: LATER };
    expect(await customers.find({ storeId: 'main', ...claim })).toEqual(customer('u-1'));
    expect(await customers.find({ storeId: 'nowhere', ...claim })).toBeNull();
    expect(await customers.find({ orderId: id })).toEqual(holderOf(id));
    expect(await customers.find({ orderId: 'nobody' })).toBeNull();
  });

  it('[section 9] cancel a pending order; displays see by whom and why', async () => {
    const { place, customers, service, shop } = await open();
    const { id, version } = await place('u-1');
    const seen = await customers.cancel(customer('u-1'), id, 'changed my mind');
    expect(seen).toMatchObject({ id, status: 'cancelled', reason: 'customer: changed my mind', cancellable: false });
    const { orders } = await readSnapshot(service, 'main');
    expect(orders.find((order) => order.id === id)).toMatchObject({ status: 'cancelled', version: version + 1 });
    const history = await service.orders.history(shop.integration, id);
    expect(history.at(-1)).toMatchObject({
      type: 'order_status_changed',
      by: { role: 'customer', id: 'u-1', name: 'Nino' },
      previousStatus: 'pending',
      reason: 'customer: changed my mind',
    });
  });

  it('[section 16] cancelling again is no change', async () => {
    const { place, customers, service } = await open();
    const { id } = await place('u-1');
    const first = await customers.cancel(customer('u-1'), id, undefined);
    expect(first.reason).toMatch(/^customer: ./);
    expect(await customers.cancel(customer('u-1'), id, 'again')).toEqual(first);
    expect((await service.log.head('main')).head).toBe(2);
  });

  it.each(['preparing', 'ready', 'completed', 'rejected'] as const)(
    '[section 9] an order that is %s can no longer be cancelled, and is shown as it is',
    async (status) => {
      const { shop, customers, service } = await open();
      const { id } = await shop.place({ customer: { ref: 'u-1', phone: '+995555123456' } });
      const path = { preparing: [], ready: ['preparing'], completed: ['preparing', 'ready'], rejected: [] } as const;
      for (const step of [...path[status], status])
        await service.orders.setStatus(shop.integration, id, step, { reason: 'no fish' });
      const refusal = await refusalOf(customers.cancel(customer('u-1'), id, undefined));
      expect(refusal.code).toBe('invalid_transition');
      expect(PublicOrder.strict().parse(refusal.order)).toMatchObject({ id, status });
      expect((await service.orders.get(shop.integration, id)).status).toBe(status);
    },
  );

  it('[section 3] another’s order is not found, and stays as it is', async () => {
    const { place, customers, service } = await open();
    const { id } = await place('u-1');
    await makeShop(service, 'other');
    for (const who of [customer('u-2'), customer('u-1', 'other'), customer(''), holderOf('nobody')])
      expect((await refusalOf(customers.cancel(who, id, undefined))).code).toBe('not_found');
    expect((await refusalOf(customers.cancel(customer('u-1'), 'nobody', undefined))).code).toBe('not_found');
    expect((await service.orders.get(ADMIN, id)).status).toBe('pending');
  });

  it('[section 6] open orders are those that are not completed, rejected or cancelled', async () => {
    const { place, customers, service } = await open();
    const [open1, open2, closed] = [await place('u-1'), await place('u-1'), await place('u-1')];
    await service.orders.setStatus(ADMIN, open2.id, 'preparing', {});
    await customers.cancel(customer('u-1'), closed.id, undefined);
    const idsOf = async (who: Customer) => (await customers.openOrders(who, null)).orders.map(({ id }) => id);
    expect((await idsOf(customer('u-1'))).sort()).toEqual([open1.id, open2.id].sort());
    expect([await idsOf(holderOf(open1.id)), await idsOf(holderOf(closed.id))]).toEqual([[open1.id], []]);
  });
});

it('[R1] a damaged column shows nobody the order of another customer', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const shop = await makeShop(temp.service);
  const { id } = await shop.place({ customer: { ref: 'u-1' } });
  const raw = new Sqlite(temp.file);
  raw.exec(`update orders set customer_ref = 'u-2'`);
  raw.close();
  expect((await temp.service.customers.list(customer('u-2'), { limit: 50 })).orders).toEqual([]);
  expect((await refusalOf(temp.service.customers.cancel(customer('u-2'), id, undefined))).code).toBe('not_found');
});
