import { expect, it } from 'vitest';
import { createWooCommerceService } from '#server/sources/woocommerce/testing/woocommerce-service.ts';
import { anOrder } from '#test/support/an-order.ts';
import { judge } from './judge.ts';
import type { Placed } from './shop-load.ts';

const placed = (order: number, over: Partial<Placed> = {}): Placed => ({
  order,
  by: 'shop',
  note: null,
  isCancelled: false,
  isDraft: false,
  ...over,
});

it.each([
  ['a lost order', [placed(1), placed(2)], [1], '2: 0 orders'],
  ['a doubled one', [placed(1)], [1, 1], '1: 2 orders'],
  ['a draft that was taken', [placed(1, { isDraft: true })], [1], '1: 1 orders of a draft'],
  ['one that nobody ordered', [placed(1)], [1, 7], 'woocommerce:7: nobody ordered it'],
  ['an old note', [placed(1, { note: 'newer' })], [1], '1: its note is “old” and not “newer”'],
  ['a missed cancellation', [placed(1, { isCancelled: true })], [1], '1: pending and not cancelled'],
  ['a status that was not said', [placed(1, { by: 'kitchen' })], [1], '1: completed was said 0 times'],
])('finds %s', async (_what, orders, ids, wrong) => {
  const fake = await createWooCommerceService();
  fake.close();
  const ours = ids.map((id, at) =>
    anOrder({ id: `o${at}`, externalId: `woocommerce:${id}`, status: 'pending', note: 'old' }),
  );
  expect(judge(fake, orders, ours)).toContain(wrong);
  expect(judge(fake, [placed(1)], [anOrder({ externalId: 'woocommerce:1', status: 'pending' })])).toEqual([]);
});
