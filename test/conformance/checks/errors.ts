import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import type { Answer } from '../support/client.ts';
import { aDraft, anItem } from '../support/drafts.ts';
import { refusalOf, refusesField, shaped } from '../support/expect.ts';
import { ERROR_STATUS, ErrorBody, type ErrorCode } from '../support/shapes.ts';

/** What an answer must never contain: a stack, a path on the machine, SQL. */
const INTERNALS =
  /node_modules|\.[cm]?[jt]s:\d+|\n\s+at \w|SQLITE_|constraint failed|violates .* constraint|near ".{0,40}": syntax|SELECT .+ FROM|INSERT INTO|\/(home|root|usr|var|srv|opt)\//i;

/** Asserts a refusal in the contract's form, whose status matches its code and that shows no internals. */
function isCleanRefusal(answer: Answer, what = answer.asked): ErrorCode {
  const { status, text, json } = answer;
  assert.ok(status >= 400 && status < 500, `${what}: ${status} ${text.slice(0, 200)}`);
  const { code } = shaped(`the answer to ${what}`, json, ErrorBody).error;
  const fits = ERROR_STATUS[code] === status || (status === 422 && code === 'invalid_request');
  assert.ok(fits, `${what}: ${code} with ${status}`);
  assert.doesNotMatch(text, INTERNALS, what);
  return code;
}

const DEEP = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
const BROKEN = ['', '{', '[', '"', 'nul', '{"items":', '\u0000', '{"a":1,}', "{'a':1}"];
const NO_ORDER = ['{}', '[]', '[[]]', '7', 'null', DEEP];
const WORDS = ['', ' ', '\u0000', '../../etc/passwd', "'; drop table orders;--", '\ud800'];
const JUNK = [true, -1, 1.5, [], {}, [[]], { $gt: '' }, ...WORDS];
const FIELDS = 'status fulfilment items currency totalMinor payment placedAt dueAt covers'.split(' ');

export const errors = group('errors', {
  '[5] a wrong request says what is wrong, where, and under which request id': async (shop) => {
    const answer = await shop.create({ totalMinor: 'x', items: [anItem({ quantity: 0.5 })] });
    const first = refusalOf(answer, 'invalid_request');
    for (const field of ['totalMinor', 'quantity']) refusesField(answer, field);
    const second = refusalOf(await shop.integration.post('/orders', {}), 'invalid_request');
    assert.notEqual(first.requestId, second.requestId);
  },
  '[5] a body that is no order, or not even JSON, is invalid_request': async (shop) => {
    for (const raw of [...BROKEN, ...NO_ORDER]) {
      const answer = await shop.integration.send('POST', '/orders', { raw });
      assert.equal(isCleanRefusal(answer, `POST ${raw.slice(0, 20)}`), 'invalid_request');
    }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    isCleanRefusal(await shop.integration.send('POST', '/orders', { raw: 'items=tea', headers }), 'POST of a form');
    assert.equal((await shop.snapshot()).seq, 0, 'something was stored');
  },
  '[5] junk in a field of an order is refused cleanly and stores nothing': async (shop) => {
    for (const field of FIELDS)
      for (const value of JUNK) {
        const what = `${field}: ${JSON.stringify(value)}`;
        if (what !== 'payment: {}') isCleanRefusal(await shop.create({ [field]: value }), what);
      }
    const poisoned = `{"__proto__":{"admin":true},${JSON.stringify(aDraft()).slice(1)}`;
    isCleanRefusal(await shop.integration.send('POST', '/orders', { raw: poisoned }), '__proto__');
    assert.equal((await shop.snapshot()).seq, 0, 'something was stored');
  },
  '[5] two items with one id in an order, or text that is no text, never become a 5xx': async (shop) => {
    const items = [anItem({ id: 'a' }), anItem({ id: 'a' })];
    const texts = [{ note: 'a\u0000b' }, { note: '\ud800' }, { externalId: '\u0000' }, { number: '' }];
    for (const draft of [{ items }, ...texts]) {
      const answer = await shop.create(draft);
      assert.ok(answer.status < 500, `${JSON.stringify(draft)}: ${answer.status}`);
      if (answer.status >= 400) isCleanRefusal(answer, JSON.stringify(draft));
    }
  },
  '[5] unknown addresses, and wrong ones, are refused cleanly': async (shop) => {
    for (const path of ['/nope', '/', '/orders/a/b/c'])
      assert.equal(isCleanRefusal(await shop.admin.get(path)), 'not_found');
    for (const id of ['%00', '..%2f..', '%ff', 'a'.repeat(3_000), '%E0%A4%A'])
      isCleanRefusal(await shop.integration.get(`/orders/${id}`));
    for (const call of ['PUT /orders', 'DELETE /orders', 'POST /sync', 'PATCH /pair']) {
      const [method = '', path = ''] = call.split(' ');
      isCleanRefusal(await shop.admin.send(method, path, { body: {} }));
    }
  },
  '[5] wrong queries are refused cleanly': async ({ display }) => {
    const limits = ['501', '0', 'x'].map((limit) => `1&limit=${limit}`);
    for (const cursor of ['-1', 'abc', '1.5', '9e99', ...limits])
      assert.equal(isCleanRefusal(await display.get(`/sync?epoch=x&cursor=${cursor}`)), 'invalid_request');
  },
  '[5] a refused request changes nothing': async (shop) => {
    const order = await shop.place();
    const before = await shop.position();
    for (const answer of [
      await shop.patch(order.id, { note: 'good', covers: 'bad' }),
      await shop.patch(order.id, { items: [] }),
      await shop.move(order.id, { status: 'completed' }),
      await shop.pay(order.id, { status: 'bad', method: 'card' }),
      await shop.create({ externalId: 'x', totalMinor: 'bad' }),
      await shop.nobody.delete(`/orders/${order.id}`),
    ])
      isCleanRefusal(answer);
    assert.deepEqual(await shop.order(order.id), order);
    assert.deepEqual(await shop.position(), before);
    // A refused order does not use up its externalId.
    await shop.place({ externalId: 'x' });
  },
});
