import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aDraft, fullDraft } from '../support/drafts.ts';
import { bodyOf, orderOf, refusalOf, refusesField, statusIs } from '../support/expect.ts';
import { OrderList, Tracked } from '../support/shapes.ts';
import {
  deltaFrom,
  historyOf,
  openShop,
  orderNow,
  place,
  positionNow,
  setStatus,
  snapshotOf,
} from '../support/shop.ts';

const without = (draft: Record<string, unknown>, field: string) =>
  Object.fromEntries(Object.entries(draft).filter(([name]) => name !== field));

/** `POST /orders` and the order itself (contract, section 4). */
export const orders = group('orders', {
  '[4] everything that may be given comes back as it was given': async (trial) => {
    const shop = await openShop(trial);
    const draft = fullDraft();
    const order = orderOf(await shop.integration.post('/orders', draft), 201);
    for (const [field, value] of Object.entries(draft))
      assert.deepEqual(order[field as keyof typeof order], value, `${field} came back otherwise`);
    assert.equal(order.storeId, shop.id);
    assert.equal(order.version, 1);
    assert.deepEqual(await orderNow(shop, order.id), order);
  },

  '[4] only items (name, quantity), currency and totalMinor are required': async (trial) => {
    const shop = await openShop(trial);
    const order = orderOf(await shop.integration.post('/orders', aDraft()), 201);
    assert.equal(order.status, 'pending');
    assert.equal(order.version, 1);
    assert.equal(order.acknowledgedAt, null);
    for (const field of ['items', 'currency', 'totalMinor'])
      refusesField(await shop.integration.post('/orders', without(aDraft(), field)), field);
    for (const field of ['name', 'quantity']) {
      const items = [without({ name: 'Tea', quantity: 1 }, field)];
      refusesField(await shop.integration.post('/orders', aDraft({ items })), field);
    }
  },

  '[4] null is the same as absent': async (trial) => {
    const shop = await openShop(trial);
    const optional = ['number', 'externalId', 'source', 'status', 'priority', 'customer', 'table'];
    const more = ['covers', 'note', 'payment', 'placedAt', 'dueAt'];
    const nulls = Object.fromEntries([...optional, ...more].map((field) => [field, null]));
    const item = {
      name: 'Tea',
      quantity: 1,
      modifiers: null,
      note: null,
      allergens: null,
      station: null,
      course: null,
    };
    const order = await place(shop, { ...nulls, items: [item] });
    assert.equal(order.status, 'pending');
    assert.deepEqual(order.items[0]?.modifiers, []);
    refusesField(await shop.integration.post('/orders', aDraft({ items: null })), 'items');
    refusesField(await shop.integration.post('/orders', aDraft({ currency: null })), 'currency');
  },

  '[4] unknown fields are refused by name, at every depth': async (trial) => {
    const shop = await openShop(trial);
    const item = { name: 'Tea', quantity: 1 };
    const drafts = [
      aDraft({ surprise: 1 }),
      aDraft({ items: [{ ...item, surprise: 1 }] }),
      aDraft({ items: [{ ...item, modifiers: [{ name: 'lemon', quantity: 1, surprise: 1 }] }] }),
      aDraft({ customer: { name: 'Nino', surprise: 1 } }),
      aDraft({ payment: { status: 'paid', surprise: 1 } }),
    ];
    for (const draft of drafts) refusesField(await shop.integration.post('/orders', draft), 'surprise');
    assert.equal((await snapshotOf(shop)).orders.length, 0);
  },

  '[4] POST does not take what the server decides': async (trial) => {
    const shop = await openShop(trial);
    const { id, statusSince, createdAt, updatedAt, seq, version, firedCourse } = await place(shop);
    const decided = { id, statusSince, createdAt, updatedAt, seq, version, firedCourse };
    const others = { acknowledgedAt: createdAt, acknowledgedBy: 'me', reason: 'because' };
    for (const [field, value] of Object.entries({ ...decided, ...others }))
      refusesField(await shop.integration.post('/orders', aDraft({ [field]: value })), field);
  },

  '[4] money is a whole number of minor units': async (trial) => {
    const shop = await openShop(trial);
    for (const totalMinor of [29.5, '2900', true])
      refusesField(await shop.integration.post('/orders', aDraft({ totalMinor })), 'totalMinor');
    const items = [{ name: 'Tea', quantity: 1, unitPriceMinor: 1.5 }];
    refusesField(await shop.integration.post('/orders', aDraft({ items })), 'unitPriceMinor');
  },

  '[4] times must be times': async (trial) => {
    const shop = await openShop(trial);
    for (const value of ['tomorrow', '2026-13-45T10:00:00.000Z', 17, {}])
      for (const field of ['placedAt', 'dueAt'])
        refusesField(await shop.integration.post('/orders', aDraft({ [field]: value })), field);
  },

  '[4] a status, fulfilment or payment that is not one of the words is refused': async (trial) => {
    const shop = await openShop(trial);
    for (const field of ['status', 'fulfilment'])
      for (const value of ['zzz', '', 1, 'PENDING'])
        refusesField(await shop.integration.post('/orders', aDraft({ [field]: value })), field);
    refusesField(await shop.integration.post('/orders', aDraft({ payment: { status: 'zzz' } })), 'status');
  },

  '[4] a number that was given is kept; otherwise the store counts, by itself': async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    assert.equal((await place(shop, { number: 'K-7' })).number, 'K-7');
    const numbers = [];
    for (let i = 0; i < 4; i++) numbers.push(Number((await place(other)).number));
    const [first = Number.NaN] = numbers;
    assert.deepEqual(numbers, [first, first + 1, first + 2, first + 3]);
    const apart = await openShop(trial);
    assert.equal(Number((await place(apart)).number), first, "another store's orders count too");
  },

  '[4] version grows by 1 with each change, and seq is the number of the change in the log': async (trial) => {
    const shop = await openShop(trial);
    const before = await positionNow(shop);
    const { id } = await place(shop);
    await shop.integration.patch(`/orders/${id}`, { note: 'one' });
    await setStatus(shop, id, 'preparing');
    await shop.integration.post(`/orders/${id}/payment`, { status: 'paid' });
    const order = await orderNow(shop, id);
    assert.equal(order.version, 4);
    const { changes } = await deltaFrom(shop, before);
    assert.deepEqual(
      changes.map(({ type }) => type),
      ['order_created', 'order_updated', 'order_status_changed', 'payment_updated'],
    );
    assert.equal(order.seq, changes.at(-1)?.seq);
    const versions = (await historyOf(shop, id)).map((change) => change.order?.version);
    assert.deepEqual(versions, [1, 2, 3, 4]);
  },

  '[5] 201 carries a tracking token and address, and a repeat shows the same one': async (trial) => {
    const shop = await openShop(trial);
    const draft = aDraft({ externalId: 'web-1' });
    const first = bodyOf(await shop.integration.post('/orders', draft), 201, Tracked);
    const again = bodyOf(await shop.integration.post('/orders', draft), 200, Tracked);
    assert.deepEqual(again, first);
    const other = bodyOf(await shop.integration.post('/orders', aDraft()), 201, Tracked);
    assert.notEqual(other.tracking.token, first.tracking.token);
  },

  '[4] a repeat of externalId gets the first order': async (trial) => {
    const shop = await openShop(trial);
    const draft = aDraft({ externalId: 'web-1' });
    const first = orderOf(await shop.integration.post('/orders', draft), 201);
    assert.deepEqual(orderOf(await shop.integration.post('/orders', draft), 200), first);
    assert.equal((await snapshotOf(shop)).seq, first.seq, 'the repeat was a change');
  },

  '[4] a repeat of externalId with another body gets the first order as it is now': async (trial) => {
    const shop = await openShop(trial);
    const first = await place(shop, { externalId: 'web-1' });
    const now = await setStatus(shop, first.id, 'preparing');
    const repeat = await shop.integration.post(
      '/orders',
      aDraft({ externalId: 'web-1', note: 'another', totalMinor: 1 }),
    );
    assert.deepEqual(orderOf(repeat, 200), now);
  },

  '[4] one externalId twenty times at once is one order': async (trial) => {
    const shop = await openShop(trial);
    const draft = aDraft({ externalId: 'web-1' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.integration.post('/orders', draft)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    const ids = answers.map((answer) => orderOf(answer, answer.status === 201 ? 201 : 200).id);
    assert.equal(new Set(ids).size, 1);
    assert.equal((await snapshotOf(shop)).orders.length, 1);
  },

  '[4] the externalId of a deleted order makes no second order': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop, { externalId: 'web-1' });
    statusIs(await shop.integration.delete(`/orders/${id}`), 204);
    const repeat = await shop.integration.post('/orders', aDraft({ externalId: 'web-1' }));
    assert.notEqual(repeat.status, 201, repeat.text.slice(0, 200));
    assert.ok(repeat.status < 500, repeat.text.slice(0, 200));
    assert.deepEqual(bodyOf(await shop.integration.get('/orders'), 200, OrderList).orders, []);
  },

  '[5] a deleted order is gone: 204, then 404': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    statusIs(await shop.integration.delete(`/orders/${id}`), 204);
    refusalOf(await shop.integration.get(`/orders/${id}`), 'not_found');
    refusalOf(await shop.integration.patch(`/orders/${id}`, { note: 'x' }), 'not_found');
    refusalOf(await shop.integration.post(`/orders/${id}/status`, { status: 'preparing' }), 'not_found');
    assert.deepEqual((await snapshotOf(shop)).orders, []);
  },

  '[5] an order that never was is 404': async (trial) => {
    const shop = await openShop(trial);
    for (const who of [shop.integration, shop.display, shop.admin])
      for (const path of ['/orders/nope', '/orders/nope/history', '/orders/01990000-0000-7000-8000-000000000000'])
        refusalOf(await who.get(path), 'not_found');
    refusalOf(await shop.integration.delete('/orders/nope'), 'not_found');
  },
});
