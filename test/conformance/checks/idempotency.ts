import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { group } from '../support/check.ts';
import { orderOf, refusalOf, statusIs } from '../support/expect.ts';
import { addDevice, historyOf, openShop, orderNow, place } from '../support/shop.ts';

const keyed = () => ({ 'idempotency-key': randomUUID() });

/** "These two, PATCH and DELETE take an `Idempotency-Key` header" (contract, section 5). */
export const idempotency = group('idempotency keys', {
  '[5] a repeated status change gets its first answer and happens once': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const headers = keyed();
    const path = `/orders/${id}/status`;
    const first = orderOf(await shop.integration.post(path, { status: 'preparing' }, headers));
    orderOf(await shop.integration.post(path, { status: 'ready' }));
    assert.deepEqual(orderOf(await shop.integration.post(path, { status: 'preparing' }, headers)), first);
    assert.equal((await orderNow(shop, id)).status, 'ready', 'the repeat recalled the order');
    assert.equal((await historyOf(shop, id)).length, 3);
  },

  '[5] a repeated payment gets its first answer and happens once': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const headers = keyed();
    const path = `/orders/${id}/payment`;
    const first = orderOf(await shop.integration.post(path, { status: 'paid', method: 'card' }, headers));
    orderOf(await shop.integration.post(path, { status: 'refunded' }));
    assert.deepEqual(orderOf(await shop.integration.post(path, { status: 'paid', method: 'card' }, headers)), first);
    assert.equal((await orderNow(shop, id)).payment.status, 'refunded');
  },

  '[5] a repeated PATCH gets its first answer and happens once': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const headers = keyed();
    const first = orderOf(await shop.integration.patch(`/orders/${id}`, { note: 'a' }, headers));
    orderOf(await shop.integration.patch(`/orders/${id}`, { note: 'b' }));
    assert.deepEqual(orderOf(await shop.integration.patch(`/orders/${id}`, { note: 'a' }, headers)), first);
    assert.equal((await orderNow(shop, id)).note, 'b');
  },

  '[5] a repeated DELETE is 204 again, and without its key 404': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const headers = keyed();
    for (let i = 0; i < 2; i++) statusIs(await shop.integration.delete(`/orders/${id}`, headers), 204);
    refusalOf(await shop.integration.delete(`/orders/${id}`), 'not_found');
  },

  '[5] the same key with another body is 422 invalid_request and changes nothing': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    const headers = keyed();
    const order = orderOf(await shop.integration.patch(`/orders/${id}`, { note: 'a' }, headers));
    refusalOf(await shop.integration.patch(`/orders/${id}`, { note: 'b' }, headers), 'invalid_request', 422);
    assert.deepEqual(await orderNow(shop, id), order);
  },

  '[5] a key belongs to the token that used it': async (trial) => {
    const shop = await openShop(trial);
    const second = await addDevice(shop, 'integration');
    const { id } = await place(shop);
    const headers = keyed();
    orderOf(await shop.integration.patch(`/orders/${id}`, { note: 'a' }, headers));
    assert.equal(orderOf(await second.patch(`/orders/${id}`, { note: 'b' }, headers)).note, 'b');
  },

  '[5] one key ten times at once happens once': async (trial) => {
    const shop = await openShop(trial);
    const { id, version } = await place(shop);
    const headers = keyed();
    const send = () => shop.integration.post(`/orders/${id}/status`, { status: 'preparing' }, headers);
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    for (const answer of answers) assert.equal(orderOf(answer).version, version + 1);
    assert.equal((await historyOf(shop, id)).length, 2);
  },
});
