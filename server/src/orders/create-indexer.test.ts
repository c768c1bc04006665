import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { makeShop } from '../testing/shop.ts';

describe.each(DATABASES)('a search on $database', ({ start }) => {
  let temp: Awaited<ReturnType<typeof start>>;
  let shop: Awaited<ReturnType<typeof makeShop>>;
  beforeEach(async () => {
    temp = await start();
    onTestFinished(() => temp.dispose());
    shop = await makeShop(temp.service);
  });

  const place = (name: string) => shop.place({ customer: { name } });
  async function find(q: string, limit = 9): Promise<(string | null | undefined)[]> {
    const { orders } = await temp.service.orders.list({ storeId: 'main', q, limit });
    return orders.map(({ customer }) => customer?.name);
  }

  it('finds orders that are not in the index yet between those that are, newest first', async () => {
    await place('Guest 1');
    await place('Anna');
    await temp.service.indexOrders();
    await place('Guest 2');
    temp.clock.now += 60_000;
    await place('Guest 3');
    expect(await find('guest')).toEqual(['Guest 3', 'Guest 2', 'Guest 1']);
    expect(await find('guest', 2)).toEqual(['Guest 3', 'Guest 2']);
    await temp.service.indexOrders();
    expect(await find('guest')).toEqual(['Guest 3', 'Guest 2', 'Guest 1']);
  });

  it('finds an order by what it says now, whether it was in the index or not', async () => {
    const change = async (id: string, name: string) =>
      void (await temp.service.orders.patch(shop.integration, id, { customer: { name } }, {}));
    const { id } = await place('Barbara');
    await change(id, 'Charles');
    expect([await find('barbara'), await find('charles')]).toEqual([[], ['Charles']]);
    await temp.service.indexOrders();
    expect([await find('barbara'), await find('charles')]).toEqual([[], ['Charles']]);
    await change(id, 'Dorothy');
    expect([await find('charles'), await find('dorothy')]).toEqual([[], ['Dorothy']]);
    await temp.service.indexOrders();
    expect([await find('charles'), await find('dorothy')]).toEqual([[], ['Dorothy']]);
  });

  it('does not find one that was deleted before it was in the index, or after', async () => {
    const first = await place('Edward 1');
    await temp.service.indexOrders();
    const second = await place('Edward 2');
    for (const { id } of [first, second]) await temp.service.orders.remove(shop.integration, id, {});
    expect(await find('edward')).toEqual([]);
    await temp.service.indexOrders();
    expect(await find('edward')).toEqual([]);
  });

  it('finds each order once while they are put into the index', async () => {
    const names = Array.from({ length: 150 }, (_, i) => `Frank ${i}`);
    await Promise.all(names.map(place));
    const [found] = await Promise.all([find('frank', 200), temp.service.indexOrders(), temp.service.indexOrders()]);
    expect(found.toSorted()).toEqual(names.toSorted());
    expect((await find('frank', 200)).toSorted()).toEqual(names.toSorted());
  });
});
