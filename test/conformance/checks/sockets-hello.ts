import assert from 'node:assert/strict';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import { FIRST_TIME } from '../support/display-link.ts';
import { eventually, isNow, pluck, SLACK_MS } from '../support/expect.ts';
import { rawSocket } from '../support/raw-socket.ts';
import { movedTo } from '../support/shop.ts';
import { limitedServer, Skip } from '../support/subject.ts';

const BEAT_MS = 5_000;
const DEAD_WITHIN_MS = 12_000;
const REFUSALS = ['unauthorized', 'protocol_unsupported', 'rate_limited'];
const NOBODY = 'nobody-has-this-token';
const comesIn = (token: string) => `40/store,${JSON.stringify({ token, protocol: 1, appVersion: 'conformance' })}`;

/** The handshake at `/socket.io` (contract, section 6). */
export const socketsHandshake = group('socket handshake', {
  '[6] a display comes in with its token and protocol 1': async (shop) => {
    assert.ok((await shop.connect()).connected());
  },
  '[6] a wrong token, and none, are refused as unauthorized': async (shop) => {
    for (const token of [NOBODY, '', null]) assert.equal(await shop.refusal({ token }), 'unauthorized');
    for (const auth of [{}, { token: 7, protocol: 1 }, { token: { $ne: null }, protocol: 1 }])
      assert.ok(REFUSALS.includes(String(await shop.refusal({ auth }))), JSON.stringify(auth));
  },
  '[6] another protocol is refused as protocol_unsupported': async (shop) => {
    for (const protocol of [0, 2, 999]) {
      const auth = { token: shop.display.token, protocol, appVersion: 'conformance' };
      assert.equal(await shop.refusal({ auth }), 'protocol_unsupported');
    }
  },
  '[6] a revoked token is refused as unauthorized': async (shop) => {
    const { deviceId, token } = await shop.addDevice('display');
    await shop.admin.delete(`/devices/${deviceId}`);
    assert.equal(await shop.refusal({ token }), 'unauthorized');
  },
  '[6] an unknown namespace is refused': async (shop) => {
    assert.notEqual(await shop.refusal({ namespace: '/nope' }), 'connected');
  },
  "[6] /store refuses a browser's Origin that is neither the server's own nor in CORS_ORIGINS": async (shop) => {
    for (const origin of ['https://evil.example', 'null'])
      assert.notEqual(await shop.refusal({ origin }), 'connected', origin);
  },
  '[6] /store admits the server’s own Origin, which clients outside browsers send': async (shop) => {
    assert.ok((await shop.connect({ origin: new URL(shop.url).origin })).connected());
  },
  '[6] /store lets in an Origin that is in CORS_ORIGINS': async (shop) => {
    if (!shop.corsOrigin) throw new Skip('needs --cors-origin');
    assert.ok((await shop.connect({ origin: shop.corsOrigin })).connected());
  },
  '[6] websocket only: long polling is refused': async (shop) => {
    const answer = await shop.nobody.get('//socket.io/?EIO=4&transport=polling');
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${answer.text.slice(0, 100)}`);
  },
  '[6] the engine beats every 5 s and waits 5 s; a client that does not answer is gone within 12 s': async (shop) => {
    const socket = await rawSocket(shop, { pong: false });
    const { pingInterval, pingTimeout } = socket.open;
    assert.deepEqual([pingInterval, pingTimeout], [BEAT_MS, BEAT_MS]);
    socket.send(comesIn(shop.display.token));
    const started = performance.now();
    await eventually('the server hangs up', () => socket.closed(), DEAD_WITHIN_MS + SLACK_MS);
    assert.ok(performance.now() - started > BEAT_MS, 'it did not wait for an answer');
  },
  '[6] a client that answers the engine stays, whatever else it does not say': async (shop) => {
    const socket = await rawSocket(shop, { pong: true });
    socket.send(comesIn(shop.display.token));
    await sleep(DEAD_WITHIN_MS);
    assert.ok(!socket.closed());
  },
  '[6] garbage on the wire ends that connection at most, and nobody else’s': async (shop) => {
    const neighbour = await shop.connect();
    const deep = `42/store,${'['.repeat(10_000)}`;
    const attachment = '451-/store,["x",{"_placeholder":true,"num":0}]';
    for (const text of ['zzz', '4', '42', '42/store,["hello"', deep, attachment]) {
      (await rawSocket(shop, { pong: true })).send(text);
      await sleep(20);
    }
    assert.equal((await neighbour.hello(FIRST_TIME)).mode, 'snapshot');
  },
  '[6] too many handshakes are refused in the contract’s words': async (shop) => {
    const limited = movedTo(shop, await limitedServer(shop));
    for (let i = 0; i < 80; i++) {
      const code = String(await limited.refusal({ token: `${NOBODY}-${i % 2}` }));
      assert.ok(REFUSALS.includes(code), `refused with ${code}`);
    }
  },
});

/** `hello` and `beat` (contract, section 6; rule S2). */
export const socketsHello = group('hello and beat', {
  '[6] the first hello is answered snapshot, because of the epoch': async (shop) => {
    const { seq } = await shop.place();
    const { serverTime, mode, reason, epoch, head, known } = await (await shop.connect()).hello(FIRST_TIME);
    const now = (await shop.snapshot()).epoch;
    assert.deepEqual([mode, reason, epoch, head, known], ['snapshot', 'epoch', now, seq, true]);
    isNow(serverTime);
  },
  '[S2] hello answers delta, or the first reason that holds': async (shop) => {
    for (let i = 0; i < 3; i++) await shop.place();
    const { epoch, hash } = await shop.position();
    const link = await shop.connect();
    for (const [cursor, ownHash, ownEpoch, expected] of [
      [0, null, epoch, 'delta'],
      [3, hash, epoch, 'delta'],
      [3, '0000000000000000', epoch, 'hash'],
      [2, hash, epoch, 'hash'],
      [4, hash, epoch, 'future'],
      [4, hash, 'other', 'epoch'],
    ] as const) {
      const { mode, reason } = await link.hello({ epoch: ownEpoch, cursor, hash: ownHash });
      assert.equal(reason ?? mode, expected);
    }
  },
  '[6] a wrong hello is acked with an error, and the socket stays as it was': async (shop) => {
    const link = await shop.live();
    const { position } = link;
    const wrong = [{ cursor: -1 }, { cursor: 1.5 }, { cursor: '0' }, { epoch: 7 }, { hash: {} }, { answered: 'x' }];
    const incomplete = [null, 7, 'x', [], {}, { epoch: position.epoch }, { cursor: 0, hash: null }];
    for (const payload of [...incomplete, ...wrong.map((change) => ({ ...position, ...change }))])
      assert.equal(await link.refused('hello', payload), 'invalid_request');
    const { id } = await shop.place();
    assert.equal((await link.batchWith(id)).from, position.cursor);
  },
  '[6] unknown events, and messages without an ack, harm nobody': async (shop) => {
    const link = await shop.live();
    for (const event of ['nope', 'hello', 'commands', 'got', 'beat', 'changes', '__proto__', 'constructor'])
      for (const payload of [undefined, null, [], { commands: 'x' }, 'x'.repeat(1_000)]) link.emit(event, payload);
    await link.batchWith((await shop.place()).id);
    assert.ok(link.connected());
  },
  '[6] the first beat comes right after hello is answered, and then one every 5 s': async (shop) => {
    const { seq } = await shop.place();
    const link = await shop.live();
    await eventually('the first beat', () => link.beats()[0], 1_000 + SLACK_MS);
    await eventually('three more beats', () => link.beats()[3], 3 * (BEAT_MS + SLACK_MS));
    const beats = link.beats();
    for (const { epoch, head, serverTime } of beats) {
      assert.deepEqual([epoch, head], [link.position.epoch, seq]);
      isNow(serverTime);
    }
    const gaps = beats.slice(1).map(({ at }, i) => Math.round(at - (beats[i]?.at ?? 0)));
    assert.ok(Math.max(...gaps) < BEAT_MS + SLACK_MS, `${gaps} ms between beats`);
    // The first beat may fall anywhere between two ticks of a clock that all displays share.
    assert.ok(Math.min(...gaps.slice(1)) > BEAT_MS - SLACK_MS, `${gaps} ms between beats`);
  },
  '[6] after an answer snapshot no changes come until the next hello, but beats go on': async (shop) => {
    await shop.place();
    const link = await shop.connect();
    await link.hello(FIRST_TIME);
    const { id, seq } = await shop.place();
    await eventually('two beats', () => link.beats().length >= 2, 8_000);
    assert.deepEqual([link.beats().at(-1)?.head, link.batches().length], [seq, 0]);
    assert.equal((await link.hello(await shop.start())).mode, 'delta');
    assert.equal((await link.batchWith(id)).from, 0);
  },
  '[6] before hello nothing comes down': async (shop) => {
    const link = await shop.connect();
    await shop.place();
    await sleep(500);
    assert.equal(link.batches().length, 0);
  },
  '[S3] a display that says hello again, from further back, is served from there again': async (shop) => {
    const link = await shop.live();
    for (let i = 0; i < 3; i++) await shop.place();
    await link.caughtUp(3);
    const received = link.batches().length;
    assert.equal((await link.hello(link.position)).mode, 'delta');
    await eventually('the changes again', () => link.batches().at(-1)?.to === 3 && link.batches().length > received);
    const repeated = link.batches().slice(received);
    assert.equal(repeated[0]?.from, 0);
    const { changes } = await shop.changes(link.position);
    const numbers = pluck(
      repeated.flatMap((batch) => batch.changes),
      'seq',
    );
    assert.deepEqual(numbers, pluck(changes, 'seq'));
  },
  '[6] the head of a beat is that of the log': async (shop) => {
    const link = await shop.live();
    const { id } = await shop.place();
    await shop.setStatus(id, 'preparing');
    const { head } = await shop.delta(link.position);
    const received = link.beats().length;
    const beat = await eventually('another beat', () => link.beats()[received], 8_000);
    assert.equal(beat.head, head);
  },
});
