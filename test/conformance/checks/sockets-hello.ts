import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { batchWith, caughtUp, connect, FIRST_TIME, liveDisplay } from '../support/display-link.ts';
import { shaped } from '../support/expect.ts';
import { ErrorAck } from '../support/shapes.ts';
import { changesFrom, deltaFrom, openShop, place, positionNow, setStatus, snapshotOf } from '../support/shop.ts';
import { eventually, SLACK_MS, sleep } from '../support/waiting.ts';

const BEAT_MS = 5_000;

/** `hello` and `beat` (contract, section 6; rule S2). */
export const socketsHello = group('hello and beat', {
  '[6] the first hello is answered snapshot, because of the epoch': async (trial) => {
    const shop = await openShop(trial);
    const { seq } = await place(shop);
    const answer = await (await connect(trial, shop.display.token)).hello(FIRST_TIME);
    const { epoch } = await snapshotOf(shop);
    assert.deepEqual(
      [answer.mode, answer.reason, answer.epoch, answer.head, answer.known],
      ['snapshot', 'epoch', epoch, seq, true],
    );
    assert.ok(Math.abs(Date.parse(answer.serverTime) - Date.now()) < 60_000);
  },

  '[S2] hello answers delta, or the first reason that holds': async (trial) => {
    const shop = await openShop(trial);
    for (let i = 0; i < 3; i++) await place(shop);
    const position = await positionNow(shop);
    const { epoch } = position;
    const link = await connect(trial, shop.display.token);
    const told = async (cursor: number, hash: string | null, of = epoch) => {
      const { mode, reason } = await link.hello({ epoch: of, cursor, hash });
      return reason ?? mode;
    };
    assert.equal(await told(0, null), 'delta');
    assert.equal(await told(3, position.hash), 'delta');
    assert.equal(await told(3, '0000000000000000'), 'hash');
    assert.equal(await told(2, position.hash), 'hash');
    assert.equal(await told(4, position.hash), 'future');
    assert.equal(await told(4, position.hash, 'other'), 'epoch');
  },

  '[6] a wrong hello is acked with an error, and the socket stays as it was': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    const { position } = link;
    const wrong = [
      null,
      7,
      'x',
      [],
      {},
      { ...position, cursor: -1 },
      { ...position, cursor: 1.5 },
      { ...position, cursor: '0' },
    ];
    const more = [
      { ...position, epoch: 7 },
      { ...position, hash: {} },
      { ...position, answered: 'x' },
      { epoch: position.epoch },
      { cursor: 0, hash: null },
    ];
    for (const payload of [...wrong, ...more]) {
      const { error } = shaped(
        `the ack of hello ${JSON.stringify(payload)}`,
        await link.ask('hello', payload),
        ErrorAck,
      );
      assert.equal(error.code, 'invalid_request');
    }
    const { id } = await place(shop);
    assert.equal((await batchWith(link, id)).from, position.cursor);
  },

  '[6] events nobody knows, and messages without an ack, harm nobody': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    for (const event of ['nope', 'hello', 'commands', 'got', 'beat', 'changes', '__proto__', 'constructor'])
      for (const payload of [undefined, null, [], { commands: 'x' }, 'x'.repeat(1_000)]) link.tell(event, payload);
    const { id } = await place(shop);
    await batchWith(link, id);
    assert.ok(link.connected());
  },

  '[6] the first beat comes right after hello is answered, and then one every 5 s': async (trial) => {
    const shop = await openShop(trial);
    const { seq } = await place(shop);
    const link = await liveDisplay(trial, shop);
    await eventually('the first beat', () => link.beats()[0], 1_000 + SLACK_MS);
    await eventually('three more beats', () => link.beats()[3], 3 * (BEAT_MS + SLACK_MS));
    const beats = link.beats();
    for (const { epoch, head, serverTime } of beats) {
      assert.deepEqual([epoch, head], [link.position.epoch, seq]);
      assert.ok(Math.abs(Date.parse(serverTime) - Date.now()) < 60_000);
    }
    // The first may fall anywhere between two ticks of a clock that all displays share.
    const gaps = beats.slice(1).map(({ at }, i) => at - (beats[i]?.at ?? 0));
    assert.ok(
      gaps.every((gap) => gap < BEAT_MS + SLACK_MS),
      `${gaps.map(Math.round)} ms between beats`,
    );
    assert.ok(
      gaps.slice(1).every((gap) => gap > BEAT_MS - SLACK_MS),
      `${gaps.map(Math.round)} ms between beats`,
    );
  },

  '[6] after an answer snapshot no changes come until the next hello, but beats go on': async (trial) => {
    const shop = await openShop(trial);
    await place(shop);
    const link = await connect(trial, shop.display.token);
    await link.hello(FIRST_TIME);
    const { id, seq } = await place(shop);
    await eventually('two beats', () => link.beats().length >= 2, 8_000);
    assert.equal(link.beats().at(-1)?.head, seq);
    assert.equal(link.batches().length, 0);
    const { epoch } = await snapshotOf(shop);
    assert.equal((await link.hello({ epoch, cursor: 0, hash: null })).mode, 'delta');
    assert.equal((await batchWith(link, id)).from, 0);
  },

  '[6] before hello nothing comes down': async (trial) => {
    const shop = await openShop(trial);
    const link = await connect(trial, shop.display.token);
    await place(shop);
    await sleep(500);
    assert.equal(link.batches().length, 0);
  },

  '[S3] a display that says hello again, from further back, is served from there again': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    for (let i = 0; i < 3; i++) await place(shop);
    await caughtUp(link, 3);
    const heard = link.batches().length;
    assert.equal((await link.hello(link.position)).mode, 'delta');
    await eventually('the changes again', () => link.batches().at(-1)?.to === 3 && link.batches().length > heard);
    const repeated = link.batches().slice(heard);
    assert.equal(repeated[0]?.from, 0);
    const { changes } = await changesFrom(shop, link.position);
    assert.deepEqual(
      repeated.flatMap((batch) => batch.changes).map(({ seq }) => seq),
      changes.map(({ seq }) => seq),
    );
  },

  '[6] beat.head is how far the log is': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    const { id } = await place(shop);
    await setStatus(shop, id, 'preparing');
    const { head } = await deltaFrom(shop, link.position);
    const heard = link.beats().length;
    const beat = await eventually('another beat', () => link.beats()[heard], 8_000);
    assert.equal(beat.head, head);
  },
});
