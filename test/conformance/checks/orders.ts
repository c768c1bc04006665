import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aDraft, anItem, fullDraft } from '../support/drafts.ts';
import { bodyOf, orderOf, pluck, refusalOf, refusesField, statusIs } from '../support/expect.ts';
import { OrderList, Tracked } from '../support/shapes.ts';
import { openShop } from '../support/shop.ts';

const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000';

/** `POST /orders` and the order itself (contract, section 4). */
export const orders = group('orders', {
  '[4] everything that may be given comes back as it was given': async (shop) => {
    const draft = fullDraft();
    const order = orderOf(await shop.create(draft), 201);
    for (const [field, value] of Object.entries(draft))
      assert.deepEqual(order[field as keyof typeof order], value, `${field} came back otherwise`);
    assert.deepEqual([order.storeId, order.version], [shop.id, 1]);
    assert.deepEqual(await shop.order(order.id), order);
  },
  '[4] only items (name, quantity), currency and totalMinor are required': async (shop) => {
    const { status, version, acknowledgedAt } = await shop.place();
    assert.deepEqual([status, version, acknowledgedAt], ['pending', 1, null]);
    for (const field of ['items', 'currency', 'totalMinor'])
      refusesField(await shop.create({ [field]: undefined }), field);
    for (const field of ['name', 'quantity'])
      refusesField(await shop.create({ items: [anItem({ [field]: undefined })] }), field);
  },
  '[4] null is the same as absent': async (shop) => {
    const nulls = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, null]));
    const { status, items } = await shop.place({
      ...nulls('number', 'externalId', 'source', 'priority', 'customer', 'table'),
      ...nulls('status', 'covers', 'note', 'payment', 'placedAt', 'dueAt'),
      items: [anItem(nulls('modifiers', 'note', 'allergens', 'station', 'course'))],
    });
    assert.deepEqual([status, items[0]?.modifiers], ['pending', []]);
    for (const field of ['items', 'currency']) refusesField(await shop.create({ [field]: null }), field);
  },
  '[4] unknown fields are refused by name, at every depth': async (shop) => {
    for (const draft of [
      { surprise: 1 },
      { items: [anItem({ surprise: 1 })] },
      { items: [anItem({ modifiers: [{ name: 'lemon', quantity: 1, surprise: 1 }] })] },
      { customer: { name: 'Nino', surprise: 1 } },
      { payment: { status: 'paid', surprise: 1 } },
    ])
      refusesField(await shop.create(draft), 'surprise');
    assert.equal((await shop.snapshot()).orders.length, 0);
  },
  '[4] POST does not take what the server decides': async (shop) => {
    const { id, statusSince, createdAt, updatedAt, seq, version, firedCourse } = await shop.place();
    const decided = { id, statusSince, createdAt, updatedAt, seq, version, firedCourse };
    const others = { acknowledgedAt: createdAt, acknowledgedBy: 'me', reason: 'because' };
    for (const [field, value] of Object.entries({ ...decided, ...others }))
      refusesField(await shop.create({ [field]: value }), field);
  },
  '[4] money is a whole number of minor units': async (shop) => {
    for (const totalMinor of [29.5, '2900', true]) refusesField(await shop.create({ totalMinor }), 'totalMinor');
    refusesField(await shop.create({ items: [anItem({ unitPriceMinor: 1.5 })] }), 'unitPriceMinor');
  },
  '[4] times must be times': async (shop) => {
    for (const value of ['tomorrow', '2026-13-45T10:00:00.000Z', 17, {}])
      for (const field of ['placedAt', 'dueAt']) refusesField(await shop.create({ [field]: value }), field);
  },
  '[4] a status, fulfilment or payment that is not one of the words is refused': async (shop) => {
    for (const field of ['status', 'fulfilment'])
      for (const value of ['zzz', '', 1, 'PENDING']) refusesField(await shop.create({ [field]: value }), field);
    refusesField(await shop.create({ payment: { status: 'zzz' } }), 'status');
  },
  '[4] a number that was given is kept; otherwise each store counts': async (shop) => {
    const [other, third] = [await openShop(shop), await openShop(shop)];
    assert.equal((await shop.place({ number: 'K-7' })).number, 'K-7');
    const numbers = [];
    for (let i = 0; i < 4; i++) numbers.push(Number((await other.place()).number));
    const [first = Number.NaN] = numbers;
    assert.deepEqual(numbers, [first, first + 1, first + 2, first + 3]);
    assert.equal(Number((await third.place()).number), first, "another store's orders count too");
  },
  '[4] version grows by 1 with each change, and seq is the number of the change in the log': async (shop) => {
    const before = await shop.position();
    const { id } = await shop.place();
    await shop.patch(id, { note: 'one' });
    await shop.setStatus(id, 'preparing');
    await shop.pay(id, { status: 'paid' });
    const { version, seq } = await shop.order(id);
    const { changes } = await shop.delta(before);
    const types = ['order_created', 'order_updated', 'order_status_changed', 'payment_updated'];
    assert.deepEqual(pluck(changes, 'type'), types);
    assert.deepEqual([version, seq], [4, changes.at(-1)?.seq]);
    const versions = (await shop.history(id)).map(({ order }) => order?.version);
    assert.deepEqual(versions, [1, 2, 3, 4]);
  },
  '[5] 201 carries a tracking token and address, and a repeat shows the same one': async (shop) => {
    const first = bodyOf(await shop.create({ externalId: 'web-1' }), 201, Tracked);
    assert.deepEqual(bodyOf(await shop.create({ externalId: 'web-1' }), 200, Tracked), first);
    assert.notEqual(bodyOf(await shop.create(), 201, Tracked).tracking.token, first.tracking.token);
  },
  '[4] a repeat of externalId gets the first order': async (shop) => {
    const first = await shop.place({ externalId: 'web-1' });
    assert.deepEqual(orderOf(await shop.create({ externalId: 'web-1' })), first);
    assert.equal((await shop.snapshot()).seq, first.seq, 'the repeat was a change');
  },
  '[4] a repeat of externalId with another body gets the first order as it is now': async (shop) => {
    const { id } = await shop.place({ externalId: 'web-1' });
    const now = await shop.setStatus(id, 'preparing');
    assert.deepEqual(orderOf(await shop.create({ externalId: 'web-1', note: 'another', totalMinor: 1 })), now);
  },
  '[4] one externalId twenty times at once is one order': async (shop) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.create({ externalId: 'web-1' })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    const ids = answers.map((answer) => orderOf(answer, answer.status === 201 ? 201 : 200).id);
    assert.equal(new Set(ids).size, 1);
    assert.equal((await shop.snapshot()).orders.length, 1);
  },
  '[4] the externalId of a deleted order makes no second order': async (shop) => {
    const { id } = await shop.place({ externalId: 'web-1' });
    statusIs(await shop.remove(id), 204);
    const repeat = await shop.create({ externalId: 'web-1' });
    assert.ok(repeat.status !== 201 && repeat.status < 500, `${repeat.status} ${repeat.text.slice(0, 200)}`);
    assert.deepEqual(bodyOf(await shop.integration.get('/orders'), 200, OrderList).orders, []);
  },
  '[5] a deleted order is gone: 204, then 404': async (shop) => {
    const { id } = await shop.place();
    statusIs(await shop.remove(id), 204);
    refusalOf(await shop.integration.get(`/orders/${id}`), 'not_found');
    refusalOf(await shop.patch(id, { note: 'x' }), 'not_found');
    refusalOf(await shop.move(id, { status: 'preparing' }), 'not_found');
    assert.deepEqual((await shop.snapshot()).orders, []);
  },
  '[5] an unknown order is 404': async (shop) => {
    for (const who of [shop.integration, shop.display, shop.admin])
      for (const path of ['/orders/nope', '/orders/nope/history', `/orders/${UNKNOWN_ID}`])
        refusalOf(await who.get(path), 'not_found');
    refusalOf(await shop.remove('nope'), 'not_found');
  },
});

const BODY_BYTES = 128 * 1024;
/** A body of exactly so many bytes, padded with spaces. */
const paddedTo = (bytes: number): string => JSON.stringify(aDraft()).padEnd(bytes, ' ');

/** "1–200 items, names to 200 characters, notes to 2,000, a body to 128 KiB" (contract, section 4). */
export const sizes = group('sizes', {
  '[4] an order has 1 to 200 items': async (shop) => {
    const items = (count: number) => Array.from({ length: count }, () => anItem());
    for (const count of [1, 200]) assert.equal((await shop.place({ items: items(count) })).items.length, count);
    for (const count of [0, 201]) refusesField(await shop.create({ items: items(count) }), 'items');
  },
  '[4] names have up to 200 characters': async (shop) => {
    const named = (name: string) => [{ customer: { name } }, { items: [anItem({ name })] }];
    for (const draft of named('n'.repeat(200))) assert.partialDeepStrictEqual(await shop.place(draft), draft);
    for (const draft of named('n'.repeat(201))) refusesField(await shop.create(draft), 'name');
  },
  '[4] notes have up to 2,000 characters': async (shop) => {
    const noted = (note: string) => [{ note }, { items: [anItem({ note })] }];
    for (const draft of noted('ж'.repeat(2_000))) assert.partialDeepStrictEqual(await shop.place(draft), draft);
    for (const draft of noted('ж'.repeat(2_001))) refusesField(await shop.create(draft), 'note');
    refusesField(await shop.patch((await shop.place()).id, { note: 'ж'.repeat(2_001) }), 'note');
  },
  '[4] a body has up to 128 KiB; a larger one is too_large and stores nothing': async (shop) => {
    orderOf(await shop.integration.send('POST', '/orders', { raw: paddedTo(BODY_BYTES) }), 201);
    for (const bytes of [BODY_BYTES + 1, 400_000])
      refusalOf(await shop.integration.send('POST', '/orders', { raw: paddedTo(bytes) }), 'too_large');
    assert.equal((await shop.snapshot()).orders.length, 1);
  },
});
