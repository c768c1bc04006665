import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { liveDisplay } from '../support/display-link.ts';
import { bodyOf, refusalOf, shaped } from '../support/expect.ts';
import { Stats } from '../support/shapes.ts';
import { openShop, place, type Shop, setStatus } from '../support/shop.ts';
import { eventually, SLACK_MS, sleep } from '../support/waiting.ts';

const ALWAYS = 'from=2020-01-01T00:00:00.000Z&to=2099-01-01T00:00:00.000Z';
const figures = async (shop: Shop, span = ALWAYS) => bodyOf(await shop.display.get(`/stats?${span}`), 200, Stats);
const total = (numbers: Iterable<number>): number => [...numbers].reduce((sum, one) => sum + one, 0);

/** `GET /stats`, and `stats` on the socket (contract, sections 5 and 6). */
export const stats = group('stats', {
  '[5] figures count orders and their statuses': async (trial) => {
    const shop = await openShop(trial);
    for (const status of ['pending', 'pending', 'ready', 'completed', 'cancelled']) await place(shop, { status });
    const seen = await figures(shop);
    assert.equal(total(Object.values(seen.byStatus)), 5);
    assert.deepEqual([seen.byStatus.pending, seen.byStatus.ready, seen.byStatus.cancelled], [2, 1, 1]);
  },

  '[5] revenue counts orders that are not rejected or cancelled, whatever they were before': async (trial) => {
    const shop = await openShop(trial);
    await place(shop, { totalMinor: 1_000 });
    await place(shop, { totalMinor: 3_000, status: 'completed' });
    assert.deepEqual([(await figures(shop)).revenueMinor, (await figures(shop)).averageMinor], [4_000, 2_000]);
    await place(shop, { totalMinor: 500, status: 'rejected' });
    const { id } = await place(shop, { totalMinor: 700 });
    assert.equal((await figures(shop)).revenueMinor, 4_700);
    await setStatus(shop, id, 'cancelled', 'no dough');
    const seen = await figures(shop);
    assert.equal(seen.revenueMinor, 4_000);
    assert.equal(total(seen.perHour.map(({ revenueMinor }) => revenueMinor)), 4_000);
  },

  '[5] preparation is measured for orders that became ready': async (trial) => {
    const shop = await openShop(trial);
    const none = await figures(shop);
    assert.ok(!none.preparation.medianSeconds && !none.preparation.p90Seconds);
    const { id } = await place(shop);
    await setStatus(shop, id, 'preparing');
    await setStatus(shop, id, 'ready');
    const { medianSeconds, p90Seconds } = (await figures(shop)).preparation;
    assert.ok(medianSeconds !== null && medianSeconds < 60 && p90Seconds !== null && p90Seconds >= medianSeconds);
  },

  '[5] a span without orders is empty, and a wrong one is refused': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const seen = await figures(shop, 'from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z');
    assert.deepEqual([seen.orders, seen.revenueMinor], [0, 0]);
    assert.equal(total(seen.perHour.map(({ orders }) => orders)), 0);
    for (const span of ['from=zzz', 'from=2020-01-01T00:00:00.000Z&to=zzz'])
      refusalOf(await shop.display.get(`/stats?${span}`), 'invalid_request');
  },

  "[6] today's figures are pushed when they changed, at most once a second": async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    for (let i = 0; i < 12; i++) {
      await place(shop, { totalMinor: 100 });
      await sleep(200);
    }
    const pushed = () => link.of('stats').map(({ payload }) => shaped('stats', payload, Stats));
    await eventually('stats with all twelve orders', () => pushed().at(-1)?.revenueMinor === 1_200);
    const times = link.of('stats').map(({ at }) => at);
    for (const [i, at] of times.entries())
      assert.ok(i === 0 || at - (times[i - 1] ?? 0) > 800, `${at - (times[i - 1] ?? 0)} ms apart`);
    const payloads = pushed();
    for (const [i, one] of payloads.entries())
      if (i > 0) assert.notDeepEqual(one, payloads[i - 1], 'nothing had changed');
    await sleep(1_000 + SLACK_MS);
    assert.equal(link.of('stats').length, times.length, 'pushed although nothing had changed');
  },
});
