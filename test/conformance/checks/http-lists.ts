import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import type { Client } from '../support/client.ts';
import { bodyOf, refusalOf } from '../support/expect.ts';
import { type Order, OrderList, STATUSES } from '../support/shapes.ts';
import { openShop, place, type Shop } from '../support/shop.ts';
import { sleep } from '../support/waiting.ts';

const list = async (who: Client, query: Record<string, string | number> = {}) =>
  bodyOf(
    await who.get(`/orders?${new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))}`),
    200,
    OrderList,
  );
const ids = (orders: Order[]): string[] => orders.map(({ id }) => id);

/** Orders that were surely not made in the same millisecond, oldest first. */
async function placeApart(shop: Shop, drafts: Record<string, unknown>[]): Promise<Order[]> {
  const orders = [];
  for (const draft of drafts) {
    orders.push(await place(shop, draft));
    await sleep(3);
  }
  return orders;
}

/** `GET /orders` (contract, section 5). */
export const httpLists = group('lists', {
  '[5] orders come newest first': async (trial) => {
    const shop = await openShop(trial);
    const orders = await placeApart(
      shop,
      Array.from({ length: 5 }, () => ({})),
    );
    const listed = await list(shop.integration);
    assert.deepEqual(listed.orders, orders.toReversed());
    assert.equal(listed.nextBefore, null);
  },

  '[5] 50 come at once unless asked otherwise, and never more than 200': async (trial) => {
    const shop = await openShop(trial);
    await Promise.all(Array.from({ length: 52 }, () => place(shop)));
    assert.equal((await list(shop.display)).orders.length, 50);
    assert.equal((await list(shop.display, { limit: 7 })).orders.length, 7);
    assert.equal((await list(shop.display, { limit: 200 })).orders.length, 52);
    for (const limit of ['201', '1000', '0', '-1', '1.5', 'abc', '1e9'])
      refusalOf(await shop.display.get(`/orders?limit=${limit}`), 'invalid_request');
  },

  '[5] nextBefore leads through all pages, newest first, each order once': async (trial) => {
    const shop = await openShop(trial);
    const placed = await Promise.all(Array.from({ length: 30 }, () => place(shop)));
    for (const limit of [1, 7]) {
      const seen: Order[] = [];
      let before: string | null = null;
      do {
        const page = await list(shop.integration, { limit, ...(before === null ? {} : { before }) });
        assert.ok(page.orders.length > 0 && page.orders.length <= limit);
        seen.push(...page.orders);
        before = page.nextBefore;
      } while (before !== null);
      assert.deepEqual(ids(seen).toSorted(), ids(placed).toSorted());
      const times = seen.map(({ createdAt }) => createdAt);
      assert.deepEqual(times, times.toSorted().toReversed());
    }
  },

  '[5] orders that come while one leafs do not shift the pages': async (trial) => {
    const shop = await openShop(trial);
    const placed = await placeApart(
      shop,
      Array.from({ length: 6 }, () => ({})),
    );
    const first = await list(shop.integration, { limit: 3 });
    await placeApart(shop, [{}, {}]);
    const second = await list(shop.integration, { limit: 3, before: first.nextBefore ?? '' });
    assert.deepEqual([...ids(first.orders), ...ids(second.orders)], ids(placed.toReversed()));
  },

  '[5] status picks one status, or several with commas': async (trial) => {
    const shop = await openShop(trial);
    const byStatus = new Map<string, string>();
    for (const status of STATUSES) byStatus.set(status, (await place(shop, { status })).id);
    for (const status of STATUSES)
      assert.deepEqual(ids((await list(shop.display, { status })).orders), [byStatus.get(status)]);
    const some = await list(shop.display, { status: 'ready,pending' });
    assert.deepEqual(ids(some.orders).toSorted(), [byStatus.get('ready'), byStatus.get('pending')].toSorted());
    for (const status of ['zzz', 'ready,zzz'])
      refusalOf(await shop.display.get(`/orders?status=${status}`), 'invalid_request');
  },

  '[5] q looks in number, external id, customer name and phone, and item names': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop, {
      number: 'K-77',
      externalId: 'wolt-5531',
      customer: { name: 'Ноно Беридзе', phone: '+995555987654' },
      items: [
        { name: 'ข้าวผัด', quantity: 1 },
        { name: 'Pad Thai 100%', quantity: 1 },
      ],
    });
    await place(shop, { number: 'A-1', items: [{ name: 'Khinkali', quantity: 1 }] });
    for (const q of ['K-77', 'wolt-5531', 'Беридзе', '987654', 'ข้าวผัด', 'Pad Thai', '100%'])
      assert.deepEqual(ids((await list(shop.integration, { q })).orders), [id], `q=${q}`);
    for (const q of ['nothing like it', "'; drop table orders;--", '%_%'])
      assert.deepEqual((await list(shop.integration, { q })).orders, [], `q=${q}`);
  },

  '[5] q finds a name after it was changed, and not what it was before': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop, { customer: { name: 'Marusya' } });
    await shop.integration.patch(`/orders/${id}`, { customer: { name: 'Fatima' } });
    assert.deepEqual(ids((await list(shop.integration, { q: 'Fatima' })).orders), [id]);
    assert.deepEqual((await list(shop.integration, { q: 'Marusya' })).orders, []);
  },

  '[5] from and to bound createdAt': async (trial) => {
    const shop = await openShop(trial);
    const [a, b, c] = await placeApart(shop, [{}, {}, {}]);
    assert.ok(a && b && c);
    const just = (time: string, ms: number) => new Date(Date.parse(time) + ms).toISOString();
    const between = { from: just(b.createdAt, -1), to: just(b.createdAt, 1) };
    assert.deepEqual(ids((await list(shop.integration, between)).orders), [b.id]);
    assert.deepEqual(ids((await list(shop.integration, { from: just(b.createdAt, -1) })).orders), [c.id, b.id]);
    assert.deepEqual(ids((await list(shop.integration, { to: just(b.createdAt, 1) })).orders), [b.id, a.id]);
    for (const bound of ['from', 'to'])
      refusalOf(await shop.integration.get(`/orders?${bound}=yesterday`), 'invalid_request');
  },

  '[5] filters hold together, and through the pages': async (trial) => {
    const shop = await openShop(trial);
    const wanted = await placeApart(
      shop,
      Array.from({ length: 5 }, () => ({ status: 'ready', number: 'R-1' })),
    );
    await placeApart(shop, [{ status: 'ready' }, { number: 'R-1' }]);
    const first = await list(shop.display, { status: 'ready', q: 'R-1', limit: 3 });
    const rest = await list(shop.display, { status: 'ready', q: 'R-1', limit: 3, before: first.nextBefore ?? '' });
    assert.deepEqual([...ids(first.orders), ...ids(rest.orders)], ids(wanted.toReversed()));
  },

  '[3] admin names the store of a list': async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const { id } = await place(shop);
    await place(other);
    assert.deepEqual(ids((await list(shop.admin, { storeId: shop.id })).orders), [id]);
    refusalOf(await shop.admin.get('/orders?storeId=there-is-no-such-store'), 'not_found');
  },

  '[5] a `before` that no list gave is refused': async (trial) => {
    const shop = await openShop(trial);
    for (const before of ['zzz', '%00', 'x'.repeat(300)])
      refusalOf(await shop.display.get(`/orders?before=${before}`), 'invalid_request');
  },
});
