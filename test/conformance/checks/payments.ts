import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { orderOf, refusesField } from '../support/expect.ts';
import { historyOf, openShop, orderNow, place } from '../support/shop.ts';

export const payments = group('payment', {
  '[5] an integration sets every payment status, with or without a method': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    for (const status of ['paid', 'refunded', 'failed', 'unpaid']) {
      const order = orderOf(await shop.integration.post(`/orders/${id}/payment`, { status, method: `by ${status}` }));
      assert.deepEqual(order.payment, { status, method: `by ${status}` });
      assert.equal((await historyOf(shop, id)).at(-1)?.type, 'payment_updated');
    }
    assert.equal(
      orderOf(await shop.integration.post(`/orders/${id}/payment`, { status: 'paid' })).payment.status,
      'paid',
    );
  },

  '[5] a payment that is not one of the four is refused and changes nothing': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    for (const body of [{ status: 'zzz' }, { status: null }, {}, { method: 'card' }])
      refusesField(await shop.integration.post(`/orders/${order.id}/payment`, body), 'status');
    refusesField(await shop.integration.post(`/orders/${order.id}/payment`, { status: 'paid', amount: 1 }), 'amount');
    assert.deepEqual(await orderNow(shop, order.id), order);
  },
});
