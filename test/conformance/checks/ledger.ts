import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { group } from '../support/check.ts';
import { connect, FIRST_TIME } from '../support/display-link.ts';
import { aCommand, chained } from '../support/drafts.ts';
import { refusalOf, shaped } from '../support/expect.ts';
import { ErrorAck, Known } from '../support/shapes.ts';
import {
  addDevice,
  command,
  commandOne,
  historyOf,
  knownOf,
  openShop,
  orderNow,
  place,
  setStatus,
  snapshotOf,
  startOfLog,
  syncPath,
} from '../support/shop.ts';

const bump = { from: 'pending', to: 'preparing' };
const toReady = { from: 'preparing', to: 'ready' };

/** Identity and answers of commands (rules C2 and C3; contract, sections 5 and 6). */
export const ledger = group('ledger', {
  '[C2] returns the stored answer for a repeated command, which happens once': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(order, 'set_status', bump);
    const first = await commandOne(shop, one);
    assert.deepEqual([first.commandId, first.outcome, first.replayed ?? false], [one.commandId, 'applied', false]);
    await commandOne(shop, aCommand(order, 'set_status', toReady, { after: one.commandId }));
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    assert.equal((await historyOf(shop, order.id)).length, 3);
  },

  '[C2] returns the stored answer for a rejected command too, with the order as it was then': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(order, 'set_status', { from: 'pending', to: 'completed' });
    const first = await commandOne(shop, one);
    assert.equal(first.outcome, 'rejected');
    await setStatus(shop, order.id, 'preparing');
    await setStatus(shop, order.id, 'ready');
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    assert.equal((await orderNow(shop, order.id)).status, 'ready');
  },

  '[C2] a commandId keeps its answer, whatever else comes with it': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(order, 'set_status', bump);
    const first = await commandOne(shop, one);
    const other = { ...one, type: 'set_priority', payload: { priority: true }, after: randomUUID(), n: 7 };
    assert.deepEqual(await commandOne(shop, other), { ...first, replayed: true });
    assert.equal((await orderNow(shop, order.id)).priority, false);
  },

  '[C2] a repeat within one batch is a repeat': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(order, 'set_due', { dueAt: '2026-01-05T10:00:00.000Z' });
    const { results } = await command(shop, [one, one]);
    assert.deepEqual(
      results.map(({ replayed = false }) => replayed),
      [false, true],
    );
    assert.equal((await historyOf(shop, order.id)).length, 2);
  },

  '[C2] [C3] socket and HTTP share one ledger': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const link = await connect(trial, shop.display.token);
    const [one, two] = chained(aCommand(order, 'acknowledge'), aCommand(order, 'set_priority', { priority: true }));
    const [first] = (await link.commands([one])).results;
    assert.deepEqual(await commandOne(shop, one), { ...first, replayed: true });
    assert.equal((await commandOne(shop, two)).outcome, 'applied');
    const never = randomUUID();
    const ids = [never, two.commandId, one.commandId];
    const { known } = shaped('the answer to known', await link.ask('known', { ids }), Known);
    assert.deepEqual(known.toSorted(), ids.slice(1).toSorted());
    assert.deepEqual((await knownOf(shop, ids)).toSorted(), ids.slice(1).toSorted());
    for (const [answered, expected] of [
      [two.commandId, true],
      [never, false],
      [null, true],
    ] as const) {
      assert.equal((await link.hello({ ...FIRST_TIME, answered })).known, expected);
      const path = syncPath(await startOfLog(shop), answered === null ? '' : `&answered=${answered}`);
      assert.equal(((await shop.display.get(path)).body as { known: boolean }).known, expected);
    }
  },

  '[C2] one batch sent five times at once happens once': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const batch = chained(...[true, false, true].map((priority) => aCommand(order, 'set_priority', { priority })));
    const answers = await Promise.all(Array.from({ length: 5 }, () => command(shop, batch)));
    const told = answers.map(({ results }) => results.map(({ commandId, outcome, seq }) => [commandId, outcome, seq]));
    assert.deepEqual(
      told[0]?.map(([id]) => id),
      batch.map(({ commandId }) => commandId),
    );
    for (const one of told) assert.deepEqual(one, told[0]);
    assert.equal((await historyOf(shop, order.id)).length, 4);
  },

  '[C2] copies of one disk share what was on it, and go on separately': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const onDisk = chained(
      aCommand(order, 'set_status', bump),
      aCommand(order, 'set_due', { dueAt: '2026-01-05T10:00:00.000Z' }),
    );
    const mine = aCommand(order, 'set_priority', { priority: true }, { after: onDisk[1]?.commandId ?? null });
    const theirs = aCommand(order, 'acknowledge', {}, { after: onDisk[1]?.commandId ?? null });
    const [one, other] = await Promise.all([command(shop, [...onDisk, mine]), command(shop, [...onDisk, theirs])]);
    assert.equal(one.expected ?? other.expected, undefined);
    const replays = [one, other].map(({ results }) => results.map(({ replayed = false }) => replayed));
    assert.deepEqual(replays.toSorted(), [
      [false, false, false],
      [true, true, false],
    ]);
    assert.equal((await historyOf(shop, order.id)).filter(({ type }) => type === 'order_status_changed').length, 1);
    assert.equal((await orderNow(shop, order.id)).priority, true);
  },

  '[C2] every display has a ledger': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const second = await addDevice(shop, 'display');
    const one = aCommand(order, 'acknowledge');
    assert.equal((await commandOne(shop, one)).outcome, 'applied');
    assert.deepEqual(await knownOf(shop, [one.commandId], second), []);
    const next = aCommand(order, 'set_priority', { priority: true }, { after: one.commandId });
    assert.equal((await command(shop, [next], second)).expected, one.commandId);
    assert.equal((await commandOne(shop, one, second)).outcome, 'already');
  },

  '[C3] a command behind an unknown one is answered with expected, and nothing is consumed': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const [one, two, three] = chained(
      aCommand(order, 'set_status', bump),
      aCommand(order, 'set_priority', { priority: true }),
      aCommand(order, 'acknowledge'),
    );
    const early = await command(shop, [three]);
    assert.deepEqual([early.results, early.expected], [[], two.commandId]);
    const holed = await command(shop, [one, three, two]);
    assert.deepEqual(
      holed.results.map(({ commandId, outcome }) => [commandId, outcome]),
      [[one.commandId, 'applied']],
    );
    assert.equal(holed.expected, two.commandId);
    assert.deepEqual(await knownOf(shop, [one.commandId, two.commandId, three.commandId]), [one.commandId]);
    const now = await orderNow(shop, order.id);
    assert.deepEqual([now.priority, now.acknowledgedAt], [false, null]);
  },

  '[C3] a batch is carried out in order, and `seq` is the head after each': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const batch = chained(...[bump, bump, toReady].map((move) => aCommand(order, 'set_status', move)));
    const { results, epoch, expected } = await command(shop, batch);
    assert.deepEqual(
      results.map(({ outcome, seq }) => [outcome, seq - order.seq]),
      [
        ['applied', 1],
        ['already', 1],
        ['applied', 2],
      ],
    );
    assert.deepEqual([epoch, expected], [(await snapshotOf(shop)).epoch, undefined]);
  },

  '[5] a batch has 1 to 50 commands, and a question 1 to 500 ids': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const fifty = Array.from({ length: 50 }, (_, i) => aCommand(order, 'set_priority', { priority: i % 2 === 0 }));
    assert.equal((await command(shop, fifty)).results.length, 50);
    for (const commands of [[], [...fifty, aCommand(order, 'acknowledge')], null, {}, 'x'])
      refusalOf(await shop.display.post('/commands', { commands }), 'invalid_request');
    const ids: string[] = Array.from({ length: 450 }, () => randomUUID());
    ids.push(...fifty.map(({ commandId }) => commandId));
    assert.equal((await knownOf(shop, ids)).length, 50);
    for (const wrong of [[], [...ids, randomUUID()], ['x'], [7], null, 'x'])
      refusalOf(await shop.display.post('/commands/known', { ids: wrong }), 'invalid_request');
  },

  '[6] a wrong message is acked with an error, and nothing is consumed': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const link = await connect(trial, shop.display.token);
    const payloads = [null, 7, 'x', [], {}, { commands: null }, { commands: 'x' }, { commands: [] }, { ids: ['x'] }];
    for (const event of ['commands', 'known'])
      for (const payload of payloads) {
        const ack = await link.ask(event, payload);
        const { error } = shaped(`the ack of ${event} ${JSON.stringify(payload)}`, ack, ErrorAck);
        assert.equal(error.code, 'invalid_request');
      }
    assert.equal((await orderNow(shop, order.id)).version, 1);
    assert.ok(link.connected());
  },

  '[C4] without a valid commandId and after a message is wrong, and nothing of it is consumed': async (trial) => {
    const shop = await openShop(trial);
    const right = aCommand(await place(shop), 'acknowledge');
    const link = await connect(trial, shop.display.token);
    const wrong = [
      null,
      [],
      { ...right, commandId: 7 },
      { ...right, commandId: null },
      { ...right, commandId: 'no-uuid' },
      { ...right, after: 7 },
      { ...right, after: 'no-uuid' },
    ];
    for (const bad of wrong) {
      refusalOf(await shop.display.post('/commands', { commands: [right, bad] }), 'invalid_request');
      const ack = await link.ask('commands', { commands: [right, bad] });
      assert.equal(shaped('the ack', ack, ErrorAck).error.code, 'invalid_request');
    }
    assert.deepEqual(await knownOf(shop, [right.commandId]), []);
    assert.equal((await commandOne(shop, { ...right, after: undefined, n: 'any' })).outcome, 'applied');
  },
});
