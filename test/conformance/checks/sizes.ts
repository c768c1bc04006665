import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aDraft } from '../support/drafts.ts';
import { orderOf, refusalOf, refusesField } from '../support/expect.ts';
import { openShop, place, snapshotOf } from '../support/shop.ts';

const BODY_BYTES = 128 * 1024;
const item = (change: Record<string, unknown> = {}) => ({ name: 'Tea', quantity: 1, ...change });
/** A body of exactly so many bytes; JSON does not mind spaces. */
const paddedTo = (bytes: number, draft: unknown): string => JSON.stringify(draft).padEnd(bytes, ' ');

/** "1–200 items, names to 200 characters, notes to 2,000, a body to 128 KiB" (contract, section 4). */
export const sizes = group('sizes', {
  '[4] an order has 1 to 200 items': async (trial) => {
    const shop = await openShop(trial);
    for (const count of [1, 200])
      assert.equal((await place(shop, { items: Array.from({ length: count }, () => item()) })).items.length, count);
    for (const count of [0, 201])
      refusesField(
        await shop.integration.post('/orders', aDraft({ items: Array.from({ length: count }, () => item()) })),
        'items',
      );
  },

  '[4] names have up to 200 characters': async (trial) => {
    const shop = await openShop(trial);
    const name = 'n'.repeat(200);
    const order = await place(shop, { items: [item({ name })], customer: { name } });
    assert.equal(order.items[0]?.name, name);
    assert.equal(order.customer?.name, name);
    const long = `${name}n`;
    for (const draft of [{ items: [item({ name: long })] }, { customer: { name: long } }])
      refusesField(await shop.integration.post('/orders', aDraft(draft)), 'name');
  },

  '[4] notes have up to 2,000 characters': async (trial) => {
    const shop = await openShop(trial);
    const note = 'ж'.repeat(2_000);
    const order = await place(shop, { note, items: [item({ note })] });
    assert.equal(order.note, note);
    assert.equal(order.items[0]?.note, note);
    const long = `${note}ж`;
    for (const draft of [{ note: long }, { items: [item({ note: long })] }])
      refusesField(await shop.integration.post('/orders', aDraft(draft)), 'note');
    refusesField(await shop.integration.patch(`/orders/${order.id}`, { note: long }), 'note');
  },

  '[4] a body has up to 128 KiB; a larger one is too_large and stores nothing': async (trial) => {
    const shop = await openShop(trial);
    orderOf(await shop.integration.send('POST', '/orders', { raw: paddedTo(BODY_BYTES, aDraft()) }), 201);
    for (const bytes of [BODY_BYTES + 1, 400_000])
      refusalOf(await shop.integration.send('POST', '/orders', { raw: paddedTo(bytes, aDraft()) }), 'too_large');
    assert.equal((await snapshotOf(shop)).orders.length, 1);
  },
});
