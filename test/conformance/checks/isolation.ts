import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { connect, liveDisplay } from '../support/display-link.ts';
import { aCommand, aDraft } from '../support/drafts.ts';
import { bodyOf, orderOf, refusalOf, statusIs } from '../support/expect.ts';
import { OrderList, Stats } from '../support/shapes.ts';
import { changesFrom, commandOne, openShop, orderNow, place, snapshotOf, startOfLog } from '../support/shop.ts';
import { sleep } from '../support/waiting.ts';

/** "A token reaches only its own store; another store's order is 404, never 403" (contract, section 3). */
export const isolation = group('isolation between stores', {
  "[3] another store's order is 404 to every call, never 403, and stays as it was": async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const order = await place(other);
    const path = `/orders/${order.id}`;
    for (const who of [shop.integration, shop.display])
      for (const answer of [await who.get(path), await who.get(`${path}/history`)]) refusalOf(answer, 'not_found');
    refusalOf(await shop.integration.patch(path, { note: 'mine' }), 'not_found');
    refusalOf(await shop.integration.post(`${path}/status`, { status: 'preparing' }), 'not_found');
    refusalOf(await shop.integration.post(`${path}/payment`, { status: 'paid' }), 'not_found');
    refusalOf(await shop.integration.delete(path), 'not_found');
    assert.deepEqual(await orderNow(other, order.id), order);
  },

  "[3] lists, searches, snapshots, the log and figures hold nothing of another store's": async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    await place(other, { note: 'not yours', number: 'ZZ-9' });
    for (const who of [shop.integration, shop.display])
      for (const path of ['/orders', '/orders?q=ZZ-9', `/orders?storeId=${other.id}`]) {
        const answer = await who.get(path);
        if (path.includes('storeId')) statusIs(answer, 200, 400, 403, 404);
        if (answer.status === 200) assert.deepEqual(bodyOf(answer, 200, OrderList).orders, []);
      }
    assert.deepEqual((await snapshotOf(shop)).orders, []);
    assert.deepEqual((await changesFrom(shop, await startOfLog(shop))).changes, []);
    const figures = await shop.display.get('/stats?from=2020-01-01T00:00:00.000Z&to=2099-01-01T00:00:00.000Z');
    assert.equal(bodyOf(figures, 200, Stats).orders, 0);
  },

  '[3] naming another store in the query or the body does not lead there': async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    await place(other);
    for (const path of [`/snapshot?storeId=${other.id}`, `/sync?epoch=x&cursor=0&storeId=${other.id}`]) {
      const answer = await shop.display.get(path);
      statusIs(answer, 200, 400, 403, 404);
      assert.ok(!answer.text.includes((await snapshotOf(other)).epoch), answer.asked);
    }
    statusIs(await shop.integration.post('/orders', aDraft({ storeId: other.id })), 400, 403, 404);
    assert.equal((await snapshotOf(other)).orders.length, 1);
  },

  "[3] another store's changes do not come down a display's socket": async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const [mine, theirs] = await Promise.all([liveDisplay(trial, shop), liveDisplay(trial, other)]);
    const { id } = await place(other);
    while (theirs.batches().length === 0) await sleep(10);
    await sleep(300);
    assert.ok(!mine.messages.some(({ raw }) => raw.includes(id)));
    assert.equal(mine.batches().length, 0);
  },

  "[C4] a command for another store's order is rejected, not_found, without the order": async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const order = await place(other, { note: 'not yours' });
    const link = await connect(trial, shop.display.token);
    const answer = await link.commands([aCommand(order, 'acknowledge')]);
    assert.equal(answer.results[0]?.code, 'not_found');
    assert.equal(answer.results[0]?.order, undefined);
    assert.equal((await commandOne(shop, aCommand(order, 'set_priority', { priority: true }))).code, 'not_found');
    assert.deepEqual(await orderNow(other, order.id), order);
  },

  '[4] the same externalId in two stores is two orders': async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const draft = aDraft({ externalId: 'web-1' });
    const first = orderOf(await shop.integration.post('/orders', draft), 201);
    const second = orderOf(await other.integration.post('/orders', draft), 201);
    assert.notEqual(first.id, second.id);
  },

  '[S1] every store has an epoch of its own': async (trial) => {
    const shops = await Promise.all([openShop(trial), openShop(trial), openShop(trial)]);
    const epochs = await Promise.all(shops.map(async (shop) => (await snapshotOf(shop)).epoch));
    assert.equal(new Set(epochs).size, 3);
  },
});
