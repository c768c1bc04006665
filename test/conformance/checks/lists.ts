import assert from 'node:assert/strict';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import type { Client } from '../support/client.ts';
import { anItem } from '../support/drafts.ts';
import { bodyOf, eventually, pluck, refusalOf, SLACK_MS, shaped } from '../support/expect.ts';
import { type Order, OrderList, STATUSES, Stats } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';

async function list(who: Client, query: Record<string, string | number> = {}) {
  const text = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return bodyOf(await who.get(`/orders?${new URLSearchParams(text)}`), 200, OrderList);
}
const idsOf = async (...query: Parameters<typeof list>): Promise<string[]> =>
  pluck((await list(...query)).orders, 'id');

/** Orders that are certainly not of the same millisecond, oldest first. */
async function placeApart(shop: Shop, drafts: Record<string, unknown>[]): Promise<Order[]> {
  const orders = [];
  for (const draft of drafts) {
    orders.push(await shop.place(draft));
    await sleep(3);
  }
  return orders;
}

/** `GET /orders` (contract, section 5). */
export const lists = group('lists', {
  '[5] orders come newest first': async (shop) => {
    const orders = await placeApart(shop, Array(5).fill({}));
    assert.deepEqual(await list(shop.integration), { orders: orders.toReversed(), nextBefore: null });
  },
  '[5] 50 come at once unless asked otherwise, and never more than 200': async (shop) => {
    await shop.placeMany(52);
    assert.equal((await list(shop.display)).orders.length, 50);
    assert.equal((await list(shop.display, { limit: 7 })).orders.length, 7);
    assert.equal((await list(shop.display, { limit: 200 })).orders.length, 52);
    for (const limit of ['201', '1000', '0', '-1', '1.5', 'abc', '1e9'])
      refusalOf(await shop.display.get(`/orders?limit=${limit}`), 'invalid_request');
  },
  '[5] nextBefore leads through all pages, newest first, each order once': async (shop) => {
    const placed = await shop.placeMany(30);
    for (const limit of [1, 7]) {
      const seen: Order[] = [];
      let before: string | null = null;
      do {
        const page = await list(shop.integration, { limit, ...(before === null ? {} : { before }) });
        assert.ok(page.orders.length > 0 && page.orders.length <= limit);
        seen.push(...page.orders);
        before = page.nextBefore;
      } while (before !== null);
      assert.deepEqual(pluck(seen, 'id').toSorted(), pluck(placed, 'id').toSorted());
      const times = pluck(seen, 'createdAt');
      assert.deepEqual(times, times.toSorted().toReversed());
    }
  },
  '[5] new orders do not shift the pages of somebody who leafs': async (shop) => {
    const placed = await placeApart(shop, Array(6).fill({}));
    const first = await list(shop.integration, { limit: 3 });
    await placeApart(shop, [{}, {}]);
    const second = await list(shop.integration, { limit: 3, before: first.nextBefore ?? '' });
    assert.deepEqual(pluck([...first.orders, ...second.orders], 'id'), pluck(placed.toReversed(), 'id'));
  },
  '[5] status picks one status, or several with commas': async (shop) => {
    const byStatus = new Map<string, string>();
    for (const status of STATUSES) byStatus.set(status, (await shop.place({ status })).id);
    for (const status of STATUSES) assert.deepEqual(await idsOf(shop.display, { status }), [byStatus.get(status)]);
    const some = await idsOf(shop.display, { status: 'ready,pending' });
    assert.deepEqual(some.toSorted(), [byStatus.get('ready'), byStatus.get('pending')].toSorted());
    for (const status of ['zzz', 'ready,zzz'])
      refusalOf(await shop.display.get(`/orders?status=${status}`), 'invalid_request');
  },
  '[5] q looks in number, external id, customer name and phone, and item names': async (shop) => {
    const { id } = await shop.place({
      number: 'K-77',
      externalId: 'wolt-5531',
      customer: { name: 'Ноно Беридзе', phone: '+995555987654' },
      items: [anItem({ name: 'ข้าวผัด' }), anItem({ name: 'Pad Thai 100%' })],
    });
    await shop.place({ number: 'A-1', items: [anItem({ name: 'Khinkali' })] });
    for (const q of ['K-77', 'wolt-5531', 'Беридзе', '987654', 'ข้าวผัด', 'Pad Thai', '100%'])
      assert.deepEqual(await idsOf(shop.integration, { q }), [id], `q=${q}`);
    for (const q of ['nothing like it', "'; drop table orders;--", '%_%'])
      assert.deepEqual(await idsOf(shop.integration, { q }), [], `q=${q}`);
  },
  '[5] q finds a name after it was changed, and not what it was before': async (shop) => {
    const { id } = await shop.place({ customer: { name: 'Marusya' } });
    await shop.patch(id, { customer: { name: 'Fatima' } });
    assert.deepEqual(await idsOf(shop.integration, { q: 'Fatima' }), [id]);
    assert.deepEqual(await idsOf(shop.integration, { q: 'Marusya' }), []);
  },
  '[5] from and to bound createdAt': async (shop) => {
    const [a, b, c] = await placeApart(shop, [{}, {}, {}]);
    assert.ok(a && b && c);
    const near = (ms: number) => new Date(Date.parse(b.createdAt) + ms).toISOString();
    const [from, to] = [near(-1), near(1)];
    assert.deepEqual(await idsOf(shop.integration, { from, to }), [b.id]);
    assert.deepEqual(await idsOf(shop.integration, { from }), [c.id, b.id]);
    assert.deepEqual(await idsOf(shop.integration, { to }), [b.id, a.id]);
    for (const bound of ['from', 'to'])
      refusalOf(await shop.integration.get(`/orders?${bound}=yesterday`), 'invalid_request');
  },
  '[5] filters hold together, and through the pages': async (shop) => {
    const wanted = await placeApart(shop, Array(5).fill({ status: 'ready', number: 'R-1' }));
    await placeApart(shop, [{ status: 'ready' }, { number: 'R-1' }]);
    const query = { status: 'ready', q: 'R-1', limit: 3 };
    const first = await list(shop.display, query);
    const rest = await list(shop.display, { ...query, before: first.nextBefore ?? '' });
    assert.deepEqual(pluck([...first.orders, ...rest.orders], 'id'), pluck(wanted.toReversed(), 'id'));
  },
  '[3] admin names the store of a list': async (shop) => {
    const { id } = await shop.place();
    await (await openShop(shop)).place();
    assert.deepEqual(await idsOf(shop.admin, { storeId: shop.id }), [id]);
    refusalOf(await shop.admin.get('/orders?storeId=there-is-no-such-store'), 'not_found');
  },
  '[5] a `before` that no list gave is refused': async (shop) => {
    for (const before of ['zzz', '%00', 'x'.repeat(300)])
      refusalOf(await shop.display.get(`/orders?before=${before}`), 'invalid_request');
  },
});

const ALWAYS = 'from=2020-01-01T00:00:00.000Z&to=2099-01-01T00:00:00.000Z';
const statsOf = async ({ display }: Shop, span = ALWAYS) => bodyOf(await display.get(`/stats?${span}`), 200, Stats);
const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, one) => sum + one, 0);

/** `GET /stats`, and `stats` on the socket (contract, sections 5 and 6). */
export const stats = group('stats', {
  '[5] stats count orders and their statuses': async (shop) => {
    for (const status of ['pending', 'pending', 'ready', 'completed', 'cancelled']) await shop.place({ status });
    const { byStatus } = await statsOf(shop);
    assert.equal(total(Object.values(byStatus)), 5);
    assert.deepEqual([byStatus.pending, byStatus.ready, byStatus.cancelled], [2, 1, 1]);
  },
  '[5] revenue counts orders that are not rejected or cancelled, whatever they were before': async (shop) => {
    await shop.place({ totalMinor: 1_000 });
    await shop.place({ totalMinor: 3_000, status: 'completed' });
    const { revenueMinor, averageMinor } = await statsOf(shop);
    assert.deepEqual([revenueMinor, averageMinor], [4_000, 2_000]);
    await shop.place({ totalMinor: 500, status: 'rejected' });
    const { id } = await shop.place({ totalMinor: 700 });
    assert.equal((await statsOf(shop)).revenueMinor, 4_700);
    await shop.setStatus(id, 'cancelled', 'no dough');
    const seen = await statsOf(shop);
    assert.deepEqual([seen.revenueMinor, total(pluck(seen.perHour, 'revenueMinor'))], [4_000, 4_000]);
  },
  '[5] preparation is measured for orders that became ready': async (shop) => {
    const none = (await statsOf(shop)).preparation;
    assert.ok(!none.medianSeconds && !none.p90Seconds);
    const { id } = await shop.place();
    for (const status of ['preparing', 'ready']) await shop.setStatus(id, status);
    const { medianSeconds, p90Seconds } = (await statsOf(shop)).preparation;
    assert.ok(medianSeconds !== null && medianSeconds < 60 && p90Seconds !== null && p90Seconds >= medianSeconds);
  },
  '[5] a span without orders is empty, and a wrong one is refused': async (shop) => {
    await shop.place();
    const seen = await statsOf(shop, 'from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z');
    assert.deepEqual([seen.orders, seen.revenueMinor, total(pluck(seen.perHour, 'orders'))], [0, 0, 0]);
    for (const span of ['from=zzz', 'from=2020-01-01T00:00:00.000Z&to=zzz'])
      refusalOf(await shop.display.get(`/stats?${span}`), 'invalid_request');
  },
  "[6] today's stats are pushed when they changed, at most once a second": async (shop) => {
    const link = await shop.live();
    for (let i = 0; i < 12; i++) {
      await shop.place({ totalMinor: 100 });
      await sleep(200);
    }
    const pushed = () => link.of('stats').map(({ payload }) => shaped('stats', payload, Stats));
    await eventually('stats with all twelve orders', () => pushed().at(-1)?.revenueMinor === 1_200);
    const [times, payloads] = [pluck(link.of('stats'), 'at'), pushed()];
    for (let i = 1; i < times.length; i++) {
      const gap = (times[i] ?? 0) - (times[i - 1] ?? 0);
      assert.ok(gap > 800, `${gap} ms apart`);
      assert.notDeepEqual(payloads[i], payloads[i - 1], 'nothing had changed');
    }
    await sleep(1_000 + SLACK_MS);
    assert.equal(link.of('stats').length, times.length, 'pushed although nothing had changed');
  },
});
