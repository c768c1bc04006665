import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { type Answer, client } from '../support/client.ts';
import { aDraft } from '../support/drafts.ts';
import { refusalOf, refusesField, shaped } from '../support/expect.ts';
import { ERROR_STATUS, ErrorBody, type ErrorCode } from '../support/shapes.ts';
import { openShop, orderNow, place, positionNow, snapshotOf } from '../support/shop.ts';

/** What an answer must never show: a stack, a path of the machine, SQL. */
const INTERNALS =
  /node_modules|\.[cm]?[jt]s:\d+|\n\s+at \w|SQLITE_|constraint failed|violates .* constraint|near ".{0,40}": syntax|SELECT .+ FROM|INSERT INTO|\/(home|root|usr|var|srv|opt)\//i;

/** A refusal in the contract's form, whose status fits its code, and that shows nothing of the inside. */
function isCleanRefusal(answer: Answer, what: string): ErrorCode {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
  const { error } = shaped(`the answer to ${what}`, answer.body, ErrorBody);
  const fits =
    ERROR_STATUS[error.code] === answer.status || (answer.status === 422 && error.code === 'invalid_request');
  assert.ok(fits, `${what}: ${error.code} with ${answer.status}`);
  assert.doesNotMatch(answer.text, INTERNALS, what);
  return error.code;
}

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const RAW = [
  '',
  '{',
  '[',
  '"',
  'nul',
  '{}',
  '[]',
  '[[]]',
  '7',
  'null',
  '{"items":',
  '\u0000',
  deep(5_000),
  '{"a":1,}',
  "{'a':1}",
];
const JUNK = [
  true,
  -1,
  1.5,
  '',
  ' ',
  [],
  {},
  [[]],
  '\u0000',
  '../../etc/passwd',
  "'; drop table orders;--",
  '\ud800',
  { $gt: '' },
];

export const errors = group('errors', {
  '[5] a wrong request says what is wrong, where, and under which request id': async (trial) => {
    const shop = await openShop(trial);
    const answer = await shop.integration.post(
      '/orders',
      aDraft({ totalMinor: 'x', items: [{ name: 'Tea', quantity: 0.5 }] }),
    );
    const first = refusalOf(answer, 'invalid_request');
    refusesField(answer, 'totalMinor');
    refusesField(answer, 'quantity');
    const second = refusalOf(await shop.integration.post('/orders', {}), 'invalid_request');
    assert.notEqual(first.requestId, second.requestId);
  },

  '[5] a body that is no order, or not even JSON, is invalid_request': async (trial) => {
    const shop = await openShop(trial);
    for (const raw of RAW) {
      const answer = await shop.integration.send('POST', '/orders', { raw });
      assert.equal(isCleanRefusal(answer, `POST ${raw.slice(0, 20)}`), 'invalid_request');
    }
    isCleanRefusal(
      await shop.integration.send('POST', '/orders', {
        raw: 'items=tea',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      'POST of a form',
    );
    assert.equal((await snapshotOf(shop)).seq, 0, 'something was stored');
  },

  '[5] junk in a field of an order is refused cleanly and stores nothing': async (trial) => {
    const shop = await openShop(trial);
    const fields = [
      'status',
      'fulfilment',
      'items',
      'currency',
      'totalMinor',
      'payment',
      'placedAt',
      'dueAt',
      'covers',
    ];
    for (const field of fields)
      for (const value of JUNK) {
        if (field === 'payment' && JSON.stringify(value) === '{}') continue;
        isCleanRefusal(
          await shop.integration.post('/orders', aDraft({ [field]: value })),
          `${field}: ${JSON.stringify(value)}`,
        );
      }
    const poisoned = `{"__proto__":{"admin":true},${JSON.stringify(aDraft()).slice(1)}`;
    isCleanRefusal(await shop.integration.send('POST', '/orders', { raw: poisoned }), '__proto__');
    assert.equal((await snapshotOf(shop)).seq, 0, 'something was stored');
  },

  '[5] two items of one id in an order, or text that is no text, never become a 5xx': async (trial) => {
    const shop = await openShop(trial);
    const item = { id: 'a', name: 'Tea', quantity: 1 };
    const drafts = [
      { items: [item, item] },
      { note: 'a\u0000b' },
      { note: '\ud800' },
      { externalId: '\u0000' },
      { number: '' },
    ];
    for (const draft of drafts) {
      const answer = await shop.integration.post('/orders', aDraft(draft));
      assert.ok(answer.status < 500, `${JSON.stringify(draft)}: ${answer.status}`);
      if (answer.status >= 400) isCleanRefusal(answer, JSON.stringify(draft));
    }
  },

  '[5] addresses that are not there, and wrong ones, are refused cleanly': async (trial) => {
    const shop = await openShop(trial);
    for (const path of ['/nope', '/', '/orders/a/b/c'])
      assert.equal(isCleanRefusal(await shop.admin.get(path), `GET ${path}`), 'not_found');
    for (const path of [
      '/orders/%00',
      '/orders/..%2f..',
      '/orders/%ff',
      `/orders/${'a'.repeat(3_000)}`,
      '/orders/%E0%A4%A',
    ])
      isCleanRefusal(await shop.integration.get(path), `GET ${path.slice(0, 30)}`);
    for (const [method, path] of [
      ['PUT', '/orders'],
      ['DELETE', '/orders'],
      ['POST', '/sync'],
      ['PATCH', '/pair'],
    ] as const)
      isCleanRefusal(await shop.admin.send(method, path, { body: {} }), `${method} ${path}`);
  },

  '[5] wrong queries are refused cleanly': async (trial) => {
    const { display } = await openShop(trial);
    const queries = [
      'cursor=-1',
      'cursor=abc',
      'cursor=1.5',
      'cursor=1&limit=501',
      'cursor=1&limit=0',
      'cursor=1&limit=x',
      'cursor=9e99',
    ];
    for (const query of queries)
      assert.equal(isCleanRefusal(await display.get(`/sync?epoch=x&${query}`), `/sync ${query}`), 'invalid_request');
  },

  '[5] a refused request changes nothing': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const before = await positionNow(shop);
    const path = `/orders/${order.id}`;
    for (const answer of [
      await shop.integration.patch(path, { note: 'good', covers: 'bad' }),
      await shop.integration.patch(path, { items: [] }),
      await shop.integration.post(`${path}/status`, { status: 'completed' }),
      await shop.integration.post(`${path}/payment`, { status: 'bad', method: 'card' }),
      await shop.integration.post('/orders', aDraft({ externalId: 'x', totalMinor: 'bad' })),
      await client(trial, null).delete(path),
    ])
      isCleanRefusal(answer, answer.asked);
    assert.deepEqual(await orderNow(shop, order.id), order);
    assert.deepEqual(await positionNow(shop), before);
    // The externalId of a refused order is still free.
    await place(shop, { externalId: 'x' });
  },
});
