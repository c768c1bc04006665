import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { group } from '../support/check.ts';
import { connect, FIRST_TIME } from '../support/display-link.ts';
import { aCommand } from '../support/drafts.ts';
import { bodyOf, refusalOf, shaped } from '../support/expect.ts';
import { CommandAnswer, ErrorAck } from '../support/shapes.ts';
import {
  addDevice,
  command,
  commandOne,
  historyOf,
  openShop,
  orderNow,
  place,
  setStatus,
  snapshotOf,
} from '../support/shop.ts';

const bump = { from: 'pending', to: 'preparing' };
const toReady = { from: 'preparing', to: 'ready' };

/** Numbers and answers (rules C2 and C3; contract, sections 5 and 6). */
export const ledger = group('ledger', {
  '[C2] a repeated command gets its first answer, replayed, and happens once': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(1, order, 'set_status', bump);
    const first = await commandOne(shop, one);
    assert.deepEqual([first.outcome, first.replayed ?? false], ['applied', false]);
    await commandOne(shop, aCommand(2, order, 'set_status', toReady));
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    assert.equal((await historyOf(shop, order.id)).length, 3);
  },

  '[C2] a rejected command is answered once and for ever too, with the order as it was told': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(1, order, 'set_status', { from: 'pending', to: 'completed' });
    const first = await commandOne(shop, one);
    assert.equal(first.outcome, 'rejected');
    await setStatus(shop, order.id, 'preparing');
    await setStatus(shop, order.id, 'ready');
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    assert.equal((await orderNow(shop, order.id)).status, 'ready');
  },

  '[C2] a repeat within one batch is a repeat': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(1, order, 'set_due', { dueAt: '2026-01-05T10:00:00.000Z' });
    const { results } = await command(shop, [one, one]);
    assert.deepEqual(
      results.map(({ n, replayed = false }) => [n, replayed]),
      [
        [1, false],
        [1, true],
      ],
    );
    assert.equal((await historyOf(shop, order.id)).length, 2);
  },

  '[C2] socket and HTTP keep one ledger': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const link = await connect(trial, shop.display.token);
    const one = aCommand(1, order, 'acknowledge');
    const [first] = (await link.commands([one])).results;
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    await commandOne(shop, aCommand(2, order, 'set_priority', { priority: true }));
    assert.equal((await link.hello(FIRST_TIME)).lastN, 2);
  },

  '[C2] one batch sent five times at once happens once': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const batch = [true, false, true].map((priority, i) => aCommand(i + 1, order, 'set_priority', { priority }));
    const answers = await Promise.all(Array.from({ length: 5 }, () => command(shop, batch)));
    for (const { results } of answers)
      assert.deepEqual(
        results.map(({ n }) => n),
        [1, 2, 3],
      );
    const told = answers.map(({ results }) => results.map(({ outcome, seq }) => [outcome, seq]));
    for (const one of told) assert.deepEqual(one, told[0]);
    assert.equal((await historyOf(shop, order.id)).length, 4);
  },

  '[C2] the same number with another commandId is a fork: nothing is stored, and the batch stops there': async (
    trial,
  ) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(1, order, 'set_status', bump);
    await commandOne(shop, one);
    const before = await snapshotOf(shop);
    const forked = aCommand(1, order, 'set_status', toReady);
    const { results } = await command(shop, [forked, aCommand(2, order, 'set_priority', { priority: true })]);
    assert.deepEqual(
      results.map(({ n, commandId, outcome, code }) => [n, commandId, outcome, code]),
      [[1, forked.commandId, 'rejected', 'fork']],
    );
    assert.deepEqual({ ...(await snapshotOf(shop)), serverTime: null }, { ...before, serverTime: null });
    assert.equal((await commandOne(shop, one)).replayed, true);
  },

  '[C2] commands before a fork in the batch are answered and kept': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(1, order, 'set_status', bump);
    const two = aCommand(2, order, 'set_priority', { priority: true });
    await command(shop, [one, two]);
    const { results } = await command(shop, [
      one,
      { ...two, commandId: randomUUID() },
      aCommand(3, order, 'acknowledge'),
    ]);
    assert.deepEqual(
      results.map(({ n, code }) => [n, code]),
      [
        [1, undefined],
        [2, 'fork'],
      ],
    );
    assert.equal((await snapshotOf(shop)).lastN, 2);
  },

  '[C2] every display counts for itself': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const second = await addDevice(shop, 'display');
    assert.equal((await commandOne(shop, aCommand(1, order, 'acknowledge'))).outcome, 'applied');
    assert.equal((await commandOne(shop, aCommand(1, order, 'acknowledge'), second)).outcome, 'already');
    assert.equal((await snapshotOf(shop, second)).lastN, 1);
  },

  '[C3] a skipped number is answered with the one that is expected, and nothing is consumed': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const early = await command(shop, [aCommand(5, order, 'acknowledge')]);
    assert.deepEqual([early.results, early.expected], [[], 1]);
    await commandOne(shop, aCommand(1, order, 'set_priority', { priority: true }));
    assert.equal((await command(shop, [aCommand(3, order, 'acknowledge')])).expected, 2);
    assert.equal((await orderNow(shop, order.id)).acknowledgedAt, null);
    assert.equal((await snapshotOf(shop)).lastN, 1);
  },

  '[C3] in a batch with a hole, what is before the hole is answered': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const batch = [
      aCommand(1, order, 'set_status', bump),
      aCommand(3, order, 'set_priority', { priority: true }),
      aCommand(4, order, 'acknowledge'),
    ];
    const answer = await command(shop, batch);
    assert.deepEqual(
      answer.results.map(({ n, outcome }) => [n, outcome]),
      [[1, 'applied']],
    );
    assert.equal(answer.expected, 2);
    assert.equal((await orderNow(shop, order.id)).priority, false);
    assert.equal((await snapshotOf(shop)).lastN, 1);
  },

  '[C3] a batch is carried out in order, and `seq` is the head after each': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const batch = [
      aCommand(1, order, 'set_status', bump),
      aCommand(2, order, 'set_status', bump),
      aCommand(3, order, 'set_status', toReady),
    ];
    const { results, epoch, expected } = await command(shop, batch);
    const seen = results.map(({ n, outcome, seq }) => [n, outcome, seq - order.seq]);
    assert.deepEqual(seen, [
      [1, 'applied', 1],
      [2, 'already', 1],
      [3, 'applied', 2],
    ]);
    assert.deepEqual([epoch, expected], [(await snapshotOf(shop)).epoch, undefined]);
  },

  '[5] a batch has 1 to 50 commands': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const fifty = Array.from({ length: 50 }, (_, i) =>
      aCommand(i + 1, order, 'set_priority', { priority: i % 2 === 0 }),
    );
    assert.equal((await command(shop, fifty)).results.length, 50);
    for (const commands of [[], [...fifty, aCommand(51, order, 'acknowledge')], null, {}, 'x'])
      refusalOf(await shop.display.post('/commands', { commands }), 'invalid_request');
    const link = await connect(trial, shop.display.token);
    shaped('an empty batch', await link.ask('commands', { commands: [] }), ErrorAck);
    assert.equal((await snapshotOf(shop)).lastN, 50);
  },

  '[6] a wrong commands message is acked with an error, and nothing is consumed': async (trial) => {
    const shop = await openShop(trial);
    const link = await connect(trial, shop.display.token);
    for (const payload of [
      null,
      7,
      'x',
      [],
      {},
      { commands: null },
      { commands: 'x' },
      { commands: [null] },
      { commands: [[]] },
    ]) {
      const ack = await link.ask('commands', payload);
      const { error } = shaped(`the ack of commands ${JSON.stringify(payload)}`, ack, ErrorAck);
      assert.equal(error.code, 'invalid_request');
    }
    assert.equal((await link.hello(FIRST_TIME)).lastN, 0);
    assert.ok(link.connected());
  },

  '[C4] without a right n and commandId a message is wrong, and nothing is consumed': async (trial) => {
    const shop = await openShop(trial);
    const right = aCommand(1, await place(shop), 'acknowledge');
    const link = await connect(trial, shop.display.token);
    const wrong = [
      { n: 'x' },
      { n: 1.5 },
      { n: null },
      { commandId: 7 },
      { commandId: null },
      { commandId: 'no-uuid' },
    ];
    for (const change of wrong) {
      refusalOf(await shop.display.post('/commands', { commands: [{ ...right, ...change }] }), 'invalid_request');
      const ack = await link.ask('commands', { commands: [{ ...right, ...change }] });
      assert.equal(shaped('the ack', ack, ErrorAck).error.code, 'invalid_request');
    }
    assert.equal((await snapshotOf(shop)).lastN, 0);
    assert.equal(
      bodyOf(await shop.display.post('/commands', { commands: [right] }), 200, CommandAnswer).results[0]?.outcome,
      'applied',
    );
  },
});
