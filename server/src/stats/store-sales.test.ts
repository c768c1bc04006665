import { describe, expect, it } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, makeShop } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

const LOBIO = { id: 'a', name: 'Lobio', quantity: 2 };
const WATER = { id: 'b', name: 'Water', quantity: 1 };
const iso = (at: number) => new Date(at).toISOString();

describe.each(DATABASES)('sales on $database (ADR 39)', ({ start }) => {
  it('are summed by source and by dish, without rejected and cancelled orders', async () => {
    const { service, clock } = await start({ now: MORNING });
    const { place } = await makeShop(service);
    await place({ source: 'web', totalMinor: 300, items: [LOBIO, { ...LOBIO, id: 'c', quantity: 1 }, WATER] });
    await place({ source: 'web', totalMinor: 200, items: [LOBIO] });
    await place({ source: undefined, totalMinor: 900, items: [WATER] });
    const gone = await place({ source: 'till', totalMinor: 9_000, items: [LOBIO] });
    await service.orders.setStatus(ADMIN, gone.id, 'cancelled', { reason: 'x' });
    expect(await service.orders.sales('main', iso(MORNING), iso(clock.now))).toEqual({
      sources: [
        { source: null, orders: 1, revenueMinor: 900 },
        { source: 'web', orders: 2, revenueMinor: 500 },
      ],
      dishes: [
        { name: 'Lobio', quantity: 5, orders: 2 },
        { name: 'Water', quantity: 2, orders: 2 },
      ],
      otherCurrencies: [],
    });
  });

  it("have the amounts in other currencies apart from the revenue, which is in the store's", async () => {
    const { service, clock } = await start({ now: MORNING });
    const { place } = await makeShop(service);
    await place({ source: 'web', totalMinor: 300, items: [LOBIO] });
    await place({ source: 'web', totalMinor: 500, currency: 'USD', items: [LOBIO] });
    await place({ source: 'web', totalMinor: 600, currency: 'USD', items: [WATER] });
    await place({ source: 'web', totalMinor: 700, currency: 'EUR', items: [WATER] });
    const gone = await place({ currency: 'THB', totalMinor: 9_000 });
    await service.orders.setStatus(ADMIN, gone.id, 'cancelled', { reason: 'x' });
    expect(await service.orders.sales('main', iso(MORNING), iso(clock.now))).toMatchObject({
      sources: [{ source: 'web', orders: 4, revenueMinor: 300 }],
      otherCurrencies: [
        { currency: 'EUR', orders: 1, totalMinor: 700 },
        { currency: 'USD', orders: 2, totalMinor: 1_100 },
      ],
    });
  });

  it('are those of the span, or of the local day', async () => {
    const { service, clock } = await start({ now: Date.parse('2026-11-20T19:30:00.000Z') });
    const { place } = await makeShop(service);
    for (let i = 0; i < 60; i++) await place({ source: 'yesterday', items: [LOBIO] });
    clock.now = MORNING;
    await place({ source: 'today', items: [LOBIO] });
    const of = async (from?: string) => (await service.orders.sales('main', from, iso(clock.now))).sources;
    expect((await of()).map(({ source, orders }) => [source, orders])).toEqual([['today', 1]]);
    const both = (await of('2026-11-20T00:00:00.000Z')).map(({ source, orders }) => [source, orders]);
    expect(both.toSorted()).toEqual([
      ['today', 1],
      ['yesterday', 60],
    ]);
    const before = await service.orders.sales('main', '2026-11-20T00:00:00.000Z', '2026-11-20T19:00:00.000Z');
    expect(before).toEqual({ sources: [], dishes: [], otherCurrencies: [] });
    await expect(service.orders.sales('nobody', undefined, iso(clock.now))).rejects.toThrow('no such store');
  });
});
