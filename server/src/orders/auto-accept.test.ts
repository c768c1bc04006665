import { describe, expect, it } from 'vitest';
import { isRinging } from '#contract/status.ts';
import type { StoreSettings } from '#contract/store.ts';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, draft, makeShop } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

const MINUTE = 60_000;
const at = (ms: number) => new Date(MORNING + ms).toISOString();

describe.each(DATABASES)('on $database', ({ start }) => {
  async function opened(settings: StoreSettings) {
    const temp = await start();
    const shop = await makeShop(temp.service);
    await temp.service.stores.patch('main', { settings });
    const history = async (id: string) =>
      (await temp.service.orders.history(ADMIN, id)).map(({ type, by, seq }) => `${seq} ${type} by ${by.role}`);
    return { temp, shop, history };
  }

  describe('[section 13] an order of a source that its store accepts by itself', () => {
    it('is preparing when it is answered, by a second change that nobody made', async () => {
      const { temp, shop } = await opened({ autoAccept: ['web', 'kiosk'] });
      const order = await shop.place({ source: 'web' });
      expect(order).toMatchObject({ status: 'preparing', version: 2, seq: 2, acknowledgedAt: null });
      expect(isRinging(order)).toBe(false);
      expect(await temp.service.orders.get(ADMIN, order.id)).toEqual(order);
      const [created, accepted, ...more] = await temp.service.orders.history(ADMIN, order.id);
      expect(more).toEqual([]);
      expect(created).toMatchObject({ seq: 1, type: 'order_created', by: { role: 'integration' } });
      expect(created?.order).toMatchObject({ status: 'pending', version: 1 });
      expect(accepted).toEqual({
        seq: 2,
        type: 'order_status_changed',
        orderId: order.id,
        at: at(0),
        by: { role: 'system', id: 'auto-accept', name: 'auto-accept' },
        previousStatus: 'pending',
        order,
      });
    });

    it('is accepted in the transaction that creates it', async () => {
      const { temp, shop } = await opened({ autoAccept: '*' });
      const heads: number[] = [];
      temp.service.hints.onHint((hint) => hint.kind === 'head' && heads.push(hint.head));
      await shop.place();
      await shop.place();
      expect(heads).toEqual([2, 4]);
    });

    it('is not accepted again by a repeat', async () => {
      const { temp, shop, history } = await opened({ autoAccept: '*' });
      const order = await shop.place({ externalId: 'web-1' });
      const again = await temp.service.orders.create(shop.integration, 'main', draft({ externalId: 'web-1' }));
      expect(again).toEqual({ order, created: false });
      expect(await history(order.id)).toHaveLength(2);
    });

    it('is compared letter by letter; * is every source, and none', async () => {
      const { temp, shop } = await opened({ autoAccept: ['web'] });
      const statusOf = async (source: string | null) => (await shop.place({ source })).status;
      expect(await statusOf('web')).toBe('preparing');
      for (const source of ['Web', 'web2', 'phone', '*', '', null]) expect(await statusOf(source)).toBe('pending');
      await temp.service.stores.patch('main', { settings: { autoAccept: '*' } });
      for (const source of ['web', 'phone', '', null]) expect(await statusOf(source)).toBe('preparing');
      await temp.service.stores.patch('main', { settings: { autoAccept: [] } });
      expect(await statusOf('web')).toBe('pending');
    });

    it('waits for a person while the store is paused, and is taken all the same', async () => {
      const { temp, shop, history } = await opened({ autoAccept: '*' });
      await temp.service.availability.patch('main', { pausedUntil: at(MINUTE), open: false, busyUntil: at(MINUTE) });
      const order = await shop.place();
      temp.clock.now = MORNING + MINUTE - 1;
      expect((await shop.place()).status).toBe('pending');
      temp.clock.now = MORNING + MINUTE;
      expect((await shop.place()).status).toBe('preparing');
      expect(await history(order.id)).toEqual(['1 order_created by integration']);
    });

    it('keeps the status that it arrives in', async () => {
      const { shop, history } = await opened({ autoAccept: '*' });
      for (const status of ['preparing', 'ready', 'delivering', 'completed', 'cancelled'] as const) {
        const order = await shop.place({ status });
        expect([order.status, (await history(order.id)).length]).toEqual([status, 1]);
      }
    });

    it('is not escalated as one that nobody has acknowledged', async () => {
      const { temp, shop } = await opened({ autoAccept: ['web'] });
      temp.service.receipts.connected(shop.display);
      await shop.place({ source: 'web' });
      const waiting = await shop.place({ source: 'phone' });
      temp.service.receipts.onDisk(shop.display, waiting.seq);
      temp.clock.now += 61_000;
      await temp.service.escalate();
      const { escalations: raised } = await temp.service.escalations.list({ storeId: shop.id, open: true, limit: 9 });
      expect(raised).toMatchObject([{ kind: 'unacknowledged', orderId: waiting.id }]);
    });
  });

  describe('[section 13] the preparation time of a store', () => {
    it('gives the promised time of orders without one', async () => {
      const { temp, shop } = await opened({ preparationMinutes: 25 });
      expect((await shop.place()).dueAt).toBe(at(25 * MINUTE));
      expect((await shop.place({ placedAt: at(-10 * MINUTE) })).dueAt).toBe(at(15 * MINUTE));
      expect((await shop.place({ dueAt: at(5 * MINUTE) })).dueAt).toBe(at(5 * MINUTE));
      await temp.service.availability.patch('main', { preparationMinutes: 40 });
      expect((await shop.place()).dueAt).toBe(at(40 * MINUTE));
      await temp.service.availability.patch('main', { preparationMinutes: null });
      expect((await shop.place()).dueAt).toBeNull();
    });

    it('is never past the last time that an order can have', async () => {
      const { shop } = await opened({ preparationMinutes: 600 });
      expect((await shop.place({ placedAt: '9999-12-31T23:00:00.000Z' })).dueAt).toBe('9999-12-31T23:59:59.999Z');
    });
  });
});
