import { describe, expect, it } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, makeShop } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

describe.each(DATABASES)("figures of a store's orders on $database", ({ start }) => {
  it("[section 5] counts a store's orders in a span and today's since the local midnight, as they are now", async () => {
    const { service, clock } = await start({ now: Date.parse('2026-11-20T19:30:00.000Z') });
    const { integration, place } = await makeShop(service);
    await place({ totalMinor: 100 });
    clock.now = MORNING;
    const one = await place({ totalMinor: 1_000, dueAt: new Date(MORNING + 600_000).toISOString() });
    const two = await place({ totalMinor: 500 });
    await service.orders.setStatus(integration, one.id, 'preparing', {});
    clock.now += 300_000;
    await service.orders.setStatus(integration, one.id, 'ready', {});
    const today = await service.orders.statsToday('main');
    expect(today).toMatchObject({ orders: 2, revenueMinor: 1_500, averageMinor: 750, onTimeShare: 1 });
    expect(today.byStatus).toMatchObject({ pending: 1, ready: 1, cancelled: 0 });
    expect(today.preparation).toEqual({ medianSeconds: 300, p90Seconds: 300 });
    expect(today.perHour).toEqual([{ hour: '2026-11-21T10:00+04:00', orders: 2, revenueMinor: 1_500 }]);
    await service.orders.setStatus(ADMIN, two.id, 'cancelled', { reason: 'x' });
    expect(await service.orders.statsToday('main')).toMatchObject({
      orders: 2,
      revenueMinor: 1_000,
      averageMinor: 1_000,
    });
    const all = await service.orders.stats('main', '2026-11-20T00:00:00.000Z', '2026-11-22T00:00:00.000Z');
    expect(all).toMatchObject({ orders: 3, revenueMinor: 1_100 });
    clock.now = Date.parse('2026-11-21T20:00:00.000Z');
    expect((await service.orders.statsToday('main')).orders).toBe(0);
  });

  it("adds up what is in the store's currency, as it is now, and counts all orders", async () => {
    const { service } = await start();
    const { place } = await makeShop(service);
    await place({ totalMinor: 1_000, note: '"currency":"USD"' });
    await place({ totalMinor: 7_000, currency: 'USD', note: '"currency":"GEL"' });
    const perHour = [{ hour: expect.any(String), orders: 2, revenueMinor: 1_000 }];
    const ofGel = { orders: 2, byStatus: { pending: 2 }, revenueMinor: 1_000, averageMinor: 1_000, perHour };
    expect(await service.orders.statsToday('main')).toMatchObject(ofGel);
    expect(await service.orders.stats('main', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z')).toMatchObject(
      ofGel,
    );
    await service.stores.patch('main', { currency: 'USD' });
    expect(await service.orders.statsToday('main')).toMatchObject({ orders: 2, revenueMinor: 7_000 });
  });

  it('measures preparation up to the last ready time, since a recall means that the order was not ready', async () => {
    const { service, clock } = await start();
    const { integration, place } = await makeShop(service);
    const { id } = await place();
    for (const to of ['preparing', 'ready', 'preparing', 'ready', 'completed'] as const) {
      await service.orders.setStatus(integration, id, to, {});
      clock.now += 60_000;
    }
    expect((await service.orders.statsToday('main')).preparation.medianSeconds).toBe(180);
  });
});
