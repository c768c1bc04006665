import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { group } from '../support/check.ts';
import { FIRST_TIME } from '../support/display-link.ts';
import { aCommand, chained } from '../support/drafts.ts';
import { pluck, refusalOf, shaped } from '../support/expect.ts';
import { Known, type Order, type Result } from '../support/shapes.ts';
import { syncPath } from '../support/shop.ts';

const BUMP = { from: 'pending', to: 'preparing' };
const TO_READY = { from: 'preparing', to: 'ready' };
const replays = (results: Result[]): boolean[] => results.map(({ replayed = false }) => replayed);

/** Three commands in a display's sequence, which leave the order preparing, prioritised and acknowledged. */
const three = (order: Order) =>
  chained(
    aCommand(order, 'set_status', BUMP),
    aCommand(order, 'set_priority', { priority: true }),
    aCommand(order, 'acknowledge'),
  );

/** Identity and answers of commands (rules C2 and C3; contract, sections 5 and 6). */
export const ledger = group('ledger', {
  '[C2] returns the stored answer for a repeated command, which happens once': async (shop) => {
    const order = await shop.place();
    const one = aCommand(order, 'set_status', BUMP);
    const first = await shop.commandOne(one);
    assert.deepEqual([first.commandId, first.outcome, first.replayed ?? false], [one.commandId, 'applied', false]);
    await shop.commandOne(aCommand(order, 'set_status', TO_READY, { after: one.commandId }));
    assert.deepEqual(await shop.commandOne(one), { ...first, replayed: true });
    assert.equal((await shop.history(order.id)).length, 3);
  },
  '[C2] [C4] returns the stored answer for a rejected command too, with the order as it is now': async (shop) => {
    const order = await shop.place();
    const one = aCommand(order, 'set_status', { from: 'pending', to: 'completed' });
    const first = await shop.commandOne(one);
    assert.equal(first.outcome, 'rejected');
    for (const status of ['preparing', 'ready']) await shop.setStatus(order.id, status);
    const now = await shop.order(order.id);
    assert.equal(now.status, 'ready');
    assert.deepEqual(await shop.commandOne(one), { ...first, order: now, replayed: true });
  },
  '[C2] a commandId keeps its answer, whatever else comes with it': async (shop) => {
    const order = await shop.place();
    const one = aCommand(order, 'set_status', BUMP);
    const first = await shop.commandOne(one);
    const other = { ...one, type: 'set_priority', payload: { priority: true }, after: randomUUID(), n: 7 };
    assert.deepEqual(await shop.commandOne(other), { ...first, replayed: true });
    assert.equal((await shop.order(order.id)).priority, false);
  },
  '[C2] a repeat within one batch is a repeat': async (shop) => {
    const order = await shop.place();
    const one = aCommand(order, 'set_due', { dueAt: '2026-01-05T10:00:00.000Z' });
    assert.deepEqual(replays((await shop.command([one, one])).results), [false, true]);
    assert.equal((await shop.history(order.id)).length, 2);
  },
  '[C2] [C3] socket and HTTP share one ledger': async (shop) => {
    const order = await shop.place();
    const link = await shop.connect();
    const [one, two] = chained(aCommand(order, 'acknowledge'), aCommand(order, 'set_priority', { priority: true }));
    const [first] = (await link.commands([one])).results;
    assert.deepEqual(await shop.commandOne(one), { ...first, replayed: true });
    assert.equal((await shop.commandOne(two)).outcome, 'applied');
    const never = randomUUID();
    const ids = [never, two.commandId, one.commandId];
    const { known } = shaped('the answer to known', await link.ask('known', { ids }), Known);
    assert.deepEqual(known.toSorted(), ids.slice(1).toSorted());
    assert.deepEqual((await shop.known(ids)).toSorted(), ids.slice(1).toSorted());
    for (const [answered, expected] of [
      [two.commandId, true],
      [never, false],
      [null, true],
    ] as const) {
      assert.equal((await link.hello({ ...FIRST_TIME, answered })).known, expected);
      const path = syncPath(await shop.start(), answered === null ? '' : `&answered=${answered}`);
      assert.equal((await shop.display.get(path)).json.known, expected);
    }
  },
  '[C2] one batch sent five times at once happens once': async (shop) => {
    const order = await shop.place();
    const batch = chained(...[true, false, true].map((priority) => aCommand(order, 'set_priority', { priority })));
    const answers = await Promise.all(Array.from({ length: 5 }, () => shop.command(batch)));
    const rows = answers.map(({ results }) => results.map(({ commandId, outcome, seq }) => [commandId, outcome, seq]));
    assert.deepEqual(pluck(answers[0]?.results ?? [], 'commandId'), pluck(batch, 'commandId'));
    for (const row of rows) assert.deepEqual(row, rows[0]);
    assert.equal((await shop.history(order.id)).length, 4);
  },
  '[C2] copies of one disk share what was on it, and go on separately': async (shop) => {
    const order = await shop.place();
    const due = aCommand(order, 'set_due', { dueAt: '2026-01-05T10:00:00.000Z' });
    const onDisk = chained(aCommand(order, 'set_status', BUMP), due);
    const last = { after: due.commandId };
    const mine = aCommand(order, 'set_priority', { priority: true }, last);
    const theirs = aCommand(order, 'acknowledge', {}, last);
    const answers = await Promise.all([shop.command([...onDisk, mine]), shop.command([...onDisk, theirs])]);
    assert.deepEqual(pluck(answers, 'expected'), [undefined, undefined]);
    assert.deepEqual(answers.map(({ results }) => replays(results)).toSorted(), [
      [false, false, false],
      [true, true, false],
    ]);
    const moves = (await shop.history(order.id)).filter(({ type }) => type === 'order_status_changed');
    assert.deepEqual([moves.length, (await shop.order(order.id)).priority], [1, true]);
  },
  '[C2] every display has a ledger': async (shop) => {
    const order = await shop.place();
    const second = await shop.addDevice('display');
    const one = aCommand(order, 'acknowledge');
    assert.equal((await shop.commandOne(one)).outcome, 'applied');
    assert.deepEqual(await shop.known([one.commandId], second), []);
    const next = aCommand(order, 'set_priority', { priority: true }, { after: one.commandId });
    assert.equal((await shop.command([next], second)).expected, one.commandId);
    assert.equal((await shop.commandOne(one, second)).outcome, 'already');
  },
  '[C3] a command behind an unknown one is answered with expected, and nothing is consumed': async (shop) => {
    const order = await shop.place();
    const batch = three(order);
    const [one, two, last] = batch;
    const early = await shop.command([last]);
    assert.deepEqual([early.results, early.expected], [[], two.commandId]);
    const { results, expected } = await shop.command([one, last, two]);
    const rows = results.map(({ commandId, outcome }) => [commandId, outcome]);
    assert.deepEqual([rows, expected], [[[one.commandId, 'applied']], two.commandId]);
    assert.deepEqual(await shop.known(pluck(batch, 'commandId')), [one.commandId]);
    const { priority, acknowledgedAt } = await shop.order(order.id);
    assert.deepEqual([priority, acknowledgedAt], [false, null]);
  },
  '[C3] a batch is carried out in order, and `seq` is the head after each': async (shop) => {
    const order = await shop.place();
    const batch = chained(...[BUMP, BUMP, TO_READY].map((move) => aCommand(order, 'set_status', move)));
    const { results, epoch, expected } = await shop.command(batch);
    assert.deepEqual(pluck(results, 'outcome'), ['applied', 'already', 'applied']);
    const steps = results.map(({ seq }) => seq - order.seq);
    assert.deepEqual([steps, epoch, expected], [[1, 1, 2], (await shop.snapshot()).epoch, undefined]);
  },
  '[5] a batch has 1 to 50 commands, and a question 1 to 500 ids': async (shop) => {
    const order = await shop.place();
    const fifty = Array.from({ length: 50 }, (_, i) => aCommand(order, 'set_priority', { priority: i % 2 === 0 }));
    assert.equal((await shop.command(fifty)).results.length, 50);
    for (const commands of [[], [...fifty, aCommand(order, 'acknowledge')], null, {}, 'x'])
      refusalOf(await shop.display.post('/commands', { commands }), 'invalid_request');
    const ids = [...Array.from({ length: 450 }, () => randomUUID() as string), ...pluck(fifty, 'commandId')];
    assert.equal((await shop.known(ids)).length, 50);
    for (const wrong of [[], [...ids, randomUUID()], ['x'], [7], null, 'x'])
      refusalOf(await shop.display.post('/commands/known', { ids: wrong }), 'invalid_request');
  },
  '[6] a wrong message is acked with an error, and nothing is consumed': async (shop) => {
    const order = await shop.place();
    const link = await shop.connect();
    const wrong = [{ commands: null }, { commands: 'x' }, { commands: [] }, { ids: ['x'] }];
    for (const event of ['commands', 'known'])
      for (const payload of [null, 7, 'x', [], {}, ...wrong])
        assert.equal(await link.refused(event, payload), 'invalid_request');
    assert.equal((await shop.order(order.id)).version, 1);
    assert.ok(link.connected());
  },
  '[C4] without a valid commandId and after a message is wrong, and nothing of it is consumed': async (shop) => {
    const right = aCommand(await shop.place(), 'acknowledge');
    const link = await shop.connect();
    const wrong = [
      ...[7, null, 'no-uuid'].map((commandId) => ({ ...right, commandId })),
      ...[7, 'no-uuid'].map((after) => ({ ...right, after })),
    ];
    for (const bad of [null, [], ...wrong]) {
      refusalOf(await shop.display.post('/commands', { commands: [right, bad] }), 'invalid_request');
      assert.equal(await link.refused('commands', { commands: [right, bad] }), 'invalid_request');
    }
    assert.deepEqual(await shop.known([right.commandId]), []);
    assert.equal((await shop.commandOne({ ...right, after: undefined, n: 'any' })).outcome, 'applied');
  },
});
