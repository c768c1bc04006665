import { describe, expect, it } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { makeShop, refusalOf } from '../testing/shop.ts';
import { MORNING } from '../testing/temp-service.ts';

describe.each(DATABASES)('lists of orders on $database', ({ start }) => {
  it('[section 5] return all orders page by page, newest first, each once, whatever arrives meanwhile', async () => {
    const { service, clock } = await start();
    const { place } = await makeShop(service);
    const placed: string[] = [];
    for (let i = 0; i < 25; i++) {
      if (i % 3 === 0) clock.now += 1_000;
      placed.push((await place()).id);
    }
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page: { orders: { id: string }[]; nextBefore: string | null } = await service.orders.list({
        storeId: 'main',
        limit: 10,
        ...(before && { before }),
      });
      seen.push(...page.orders.map(({ id }) => id));
      before = page.nextBefore;
      clock.now += 1_000;
      await place();
    } while (before);
    expect(seen).toEqual(placed.reverse());
  });

  it('end a page before it is larger than 1 MiB, and continue there', async () => {
    const { service } = await start();
    const { place } = await makeShop(service);
    const items = Array.from({ length: 50 }, () => ({ name: 'Feast', quantity: 1, note: 'x'.repeat(2_000) }));
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.unshift((await place({ items })).id);
    for (const q of [{}, { q: 'feast' }]) {
      const first = await service.orders.list({ storeId: 'main', limit: 200, ...q });
      expect(first.orders.length).toBeLessThan(12);
      const before = first.nextBefore ?? '';
      const second = await service.orders.list({ storeId: 'main', limit: 200, ...q, before });
      expect([...first.orders, ...second.orders].map(({ id }) => id)).toEqual(ids);
      expect(second.nextBefore).toBeNull();
    }
  });

  it('refuse an invalid page mark', async () => {
    const { service } = await start();
    await makeShop(service);
    for (const before of ['', 'x', '%', 'AAAA', '\u0000', Buffer.from('1 2 3').toString('base64url')])
      expect(await refusalOf(service.orders.list({ storeId: 'main', limit: 1, before }))).toMatchObject({
        code: 'invalid_request',
        details: [{ path: 'before' }],
      });
  });

  it("[section 5] are limited by createdAt, status and the caller's store; an admin sees every store's", async () => {
    const { service, clock } = await start();
    const [main, other] = [await makeShop(service), await makeShop(service, 'other')];
    const ids: string[] = [];
    for (const status of ['pending', 'preparing', 'ready', 'pending'] as const) {
      ids.push((await main.place({ status })).id);
      clock.now += 60_000;
    }
    ids.push((await other.place()).id);
    const list = async (query: object) =>
      (await service.orders.list({ storeId: 'main', limit: 50, ...query })).orders.map(({ id }) => ids.indexOf(id));
    const minute = (n: number) => new Date(MORNING + n * 60_000).toISOString();
    expect(await list({})).toEqual([3, 2, 1, 0]);
    expect(await list({ status: ['pending'] })).toEqual([3, 0]);
    expect(await list({ status: ['ready', 'preparing'] })).toEqual([2, 1]);
    expect(await list({ from: minute(1), to: minute(2) })).toEqual([2, 1]);
    expect(await list({ storeId: null })).toEqual([4, 3, 2, 1, 0]);
    expect(await list({ storeId: null, status: ['pending'] })).toEqual([4, 3, 0]);
  });

  it('[section 5] can be searched by number, external id, name, phone and items, in any script and case', async () => {
    const { service } = await start();
    const { integration, place } = await makeShop(service);
    const [nino, thai] = [
      await place({ externalId: 'Web-8812', customer: { name: 'Нино Ѐ', phone: '+995 (555) 12-34-56' } }),
      await place({ customer: { name: 'ญาดา' }, items: [{ name: 'CRÈME brûlée 50%_\\', quantity: 1 }] }),
    ];
    const find = async (q: string) =>
      (await service.orders.list({ storeId: 'main', limit: 9, q })).orders.map((o) => o.id);
    for (const q of ['НИНО', 'нино ѐ', 'нино е', 'web-88', '55512', '(555)', '+995-555 123', 'khacha'])
      expect(await find(q)).toEqual([nino.id]);
    for (const q of ['ญาดา', 'crème BRÛ', 'creme bru', '50%_\\', '５０％']) expect(await find(q)).toEqual([thai.id]);
    for (const q of ['%', '_', '\\']) expect(await find(q)).toEqual([thai.id]);
    for (const q of ['nobody', '%%', "'; drop table orders;--"]) expect(await find(q)).toEqual([]);
    await service.orders.patch(integration, nino.id, { items: [{ name: 'Soup', quantity: 1 }] }, {});
    expect(await find('khacha')).toEqual([]);
    expect(await find('soup')).toEqual([nino.id]);
  });
});

describe.each(DATABASES)('a search through many orders on $database', ({ start }) => {
  it('[section 5] finds the oldest behind a thousand others, and continues where it stopped', async () => {
    const { service } = await start();
    const { place } = await makeShop(service);
    const oldest = await place({ customer: { name: 'Adam' } });
    const all = await Promise.all(Array.from({ length: 1_100 }, (_, i) => place({ table: `${i}` })));
    const find = (q: string, before?: string | null) =>
      service.orders.list({ storeId: 'main', q, limit: 700, status: ['pending'], ...(before && { before }) });
    expect(await find('adam')).toEqual({ orders: [oldest], nextBefore: null });
    const first = await find('khachapuri');
    const second = await find('khachapuri', first.nextBefore);
    expect(second.nextBefore).toBeNull();
    const ids = [...first.orders, ...second.orders].map(({ id }) => id);
    expect(ids).toHaveLength(1_101);
    expect(new Set(ids)).toEqual(new Set([oldest, ...all].map(({ id }) => id)));
  });
});
