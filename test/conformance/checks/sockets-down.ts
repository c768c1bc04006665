import assert from 'node:assert/strict';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import { aCommand, anItem, bigDraft, chained } from '../support/drafts.ts';
import { eventually, pluck, shaped, statusIs } from '../support/expect.ts';
import { Presence } from '../support/shapes.ts';
import type { Shop } from '../support/shop.ts';

const AHEAD = 4;
const BATCH_CHANGES = 200;

/** `fifties` times fifty changes of one order, by commands. */
async function manyChanges(shop: Shop, fifties: number): Promise<void> {
  const order = await shop.place();
  const one = (_: unknown, i: number) => aCommand(order, 'set_priority', { priority: i % 2 === 0 });
  for (let i = 0; i < fifties; i++) await shop.command(Array.from({ length: 50 }, one));
}

/** `changes`, `got` and `presence` (contract, section 6). */
export const socketsDown = group('changes', {
  '[6] every change comes down, as the log has it, each batch from where the last one ended': async (shop) => {
    const link = await shop.live();
    const orders = await shop.placeMany(20);
    await Promise.all(orders.map(({ id }) => shop.setStatus(id, 'preparing')));
    statusIs(await shop.remove(orders[0]?.id ?? ''), 204);
    const last = await link.caughtUp(41);
    link.isContinuous();
    const { position } = await shop.changes(link.position);
    assert.deepEqual({ epoch: last.epoch, cursor: last.to, hash: last.hash }, position);
    const carried = link.batches().flatMap(({ changes }) => changes.filter((change) => 'order' in change));
    const shown = new Map(carried.map(({ orderId, order }) => [orderId, order?.status]));
    assert.deepEqual([...shown.values()].toSorted(), [...Array(19).fill('preparing'), undefined]);
  },
  '[6] where a batch ends is good for the next hello, and for GET /sync': async (shop) => {
    const link = await shop.live();
    const { epoch, to: cursor, hash } = await link.batchWith((await shop.place()).id);
    assert.equal((await (await shop.connect()).hello({ epoch, cursor, hash })).mode, 'delta');
    assert.equal((await shop.delta({ epoch, cursor, hash })).head, cursor);
  },
  '[6] displays that stand at the same place get the same bytes': async (shop) => {
    const others = [await shop.addDevice('display'), await shop.addDevice('display')];
    const tokens = pluck([shop.display, ...others], 'token');
    const live = await Promise.all(tokens.slice(0, 2).map((token) => shop.live({ token })));
    const { id } = await shop.place({ note: 'ring 王' });
    for (const link of live) await link.batchWith(id);
    const start = await shop.start();
    await shop.place();
    const late = await Promise.all(tokens.map((token) => shop.connect({ token })));
    for (const link of late) await link.hello(start);
    for (const link of [...live, ...late]) await link.caughtUp(2);
    for (const links of [live, late]) {
      const [first, ...rest] = links.map((link) => pluck(link.of('changes'), 'raw'));
      for (const received of rest) assert.deepEqual(received, first);
    }
  },
  '[6] at most 200 changes in a batch, and at most 4 batches ahead of the last got': async (shop) => {
    const start = await shop.start();
    await manyChanges(shop, 22);
    const link = await shop.connect({ got: false });
    await link.hello(start);
    await eventually('four batches', () => link.batches().length >= AHEAD);
    await sleep(700);
    assert.equal(link.batches().length, AHEAD, 'batches without a got');
    for (const { changes } of link.batches()) assert.ok(changes.length <= BATCH_CHANGES);

    link.emit('got', { cursor: link.batches()[0]?.to });
    await eventually('a fifth batch', () => link.batches().length === AHEAD + 1);
    await sleep(400);
    assert.equal(link.batches().length, AHEAD + 1, 'one got is room for one more');
    link.emit('got', { cursor: link.batches().at(-1)?.to });
    await link.caughtUp(1_101);
    link.isContinuous();
  },
  '[6] a display that never says got is waited for; the others are not': async (shop) => {
    const { token } = await shop.addDevice('display');
    const [slow, quick] = [await shop.live({ got: false }), await shop.live({ token })];
    for (let i = 0; i < AHEAD; i++) await slow.batchWith((await shop.place()).id);
    const { id, seq } = await shop.place();
    await quick.batchWith(id);
    await sleep(500);
    assert.deepEqual([slow.batches().at(-1)?.to, slow.batches().length], [seq - 1, AHEAD]);
    slow.emit('got', { cursor: seq - 1 });
    await slow.batchWith(id);
    slow.isContinuous();
  },
  '[6] a wrong got harms nobody and makes no room': async (shop) => {
    const link = await shop.live({ got: false });
    for (let i = 0; i < AHEAD; i++) await link.batchWith((await shop.place()).id);
    const { id } = await shop.place();
    for (const wrong of [null, {}, { cursor: 'x' }, { cursor: -1 }, { cursor: 1.5 }, [], 7]) link.emit('got', wrong);
    await sleep(500);
    assert.equal(link.batches().length, AHEAD);
    link.emit('got', { cursor: AHEAD });
    await link.batchWith(id);
  },
  '[6] within one batch only the last change of an order carries it': async (shop) => {
    const { id } = await shop.place();
    for (const status of ['preparing', 'ready']) await shop.setStatus(id, status);
    const link = await shop.connect();
    await link.hello(await shop.start());
    const { changes } = await link.caughtUp(3);
    const carried = changes.map((change) => 'order' in change);
    assert.deepEqual([carried, changes[2]?.order?.status], [[false, false, true], 'ready']);
  },
  '[6] what a display has done comes down to every display, itself included': async (shop) => {
    const { token } = await shop.addDevice('display');
    const [own, other] = [await shop.live(), await shop.live({ token })];
    const one = aCommand(await shop.place(), 'acknowledge');
    await own.commands([one]);
    for (const link of [own, other]) {
      await link.caughtUp(2);
      const change = link.batches().at(-1)?.changes.at(-1);
      const cause = { deviceId: shop.display.deviceId, commandId: one.commandId };
      assert.deepEqual([change?.type, change?.cause], ['order_acknowledged', cause]);
    }
  },
  '[6] presence names the displays that are there, and how far each is': async (shop) => {
    const { deviceId, token } = await shop.addDevice('display', 'Counter');
    const link = await shop.live();
    const other = await shop.live({ token });
    await other.caughtUp((await shop.place()).seq);
    const names = () => {
      const payload = link.of('presence').at(-1)?.payload ?? { displays: [] };
      const { displays } = shaped('presence', payload, Presence);
      return displays
        .map((display) => `${display.deviceId} ${display.name}`)
        .toSorted()
        .join();
    };
    const own = `${shop.display.deviceId} display`;
    const both = [own, `${deviceId} Counter`].toSorted().join();
    await eventually('presence of both', () => names() === both, 12_000);
    other.close();
    await eventually('presence without the one that left', () => names() === own, 12_000);
  },
  '[6] only the events of the contract are pushed, in its form': async (shop) => {
    const link = await shop.live();
    const { id } = await shop.place();
    await shop.command([aCommand({ id, version: 1 }, 'acknowledge')]);
    await link.caughtUp(2);
    const known = ['changes', 'beat', 'stats', 'presence', 'availability'];
    const unknown = pluck(link.messages, 'event').filter((event) => !known.includes(event));
    assert.deepEqual(unknown, []);
    assert.ok(link.batches().length > 0);
    assert.equal((await shop.position()).cursor, 2);
  },
});

const BATCH_BYTES = 192 * 1024;
const MESSAGE_BYTES = 256 * 1024;

/** Bytes on the wire (contract, section 6). */
export const socketsSizes = group('message sizes', {
  '[6] a batch closes before 192 KiB': async (shop) => {
    const sizes = [110, 100, 60, 60, 60, 40, 40, 40, 40, 100, 20, 20, 90];
    for (const kib of sizes) await shop.place(bigDraft(kib));
    const link = await shop.connect();
    await link.hello(await shop.start());
    await link.caughtUp(sizes.length);
    for (const { bytes } of link.of('changes')) assert.ok(bytes < BATCH_BYTES, `a batch of ${bytes} bytes`);
    link.isContinuous();
  },
  '[6] no message is over 256 KiB, whatever order was taken': async (shop) => {
    const link = await shop.live();
    // Many short names: fields omitted in the draft are written out in the push.
    const terse = Array.from({ length: 200 }, () => anItem({ name: 'a', modifiers: Array(45).fill({ name: 'a' }) }));
    const loud = Array.from({ length: 60 }, () => anItem({ name: '"', note: '"\\'.repeat(500) }));
    for (const items of [terse, loud]) statusIs(await shop.create({ items }), 201, 400, 413);
    await link.caughtUp((await shop.place()).seq);
    for (const { bytes } of link.messages) assert.ok(bytes <= MESSAGE_BYTES, `a message of ${bytes} bytes`);
    link.isContinuous();
  },
  '[6] results past 192 KiB are left out and asked for again': async (shop) => {
    const link = await shop.connect();
    const order = await shop.place(bigDraft(60));
    const leap = () => aCommand(order, 'set_status', { from: 'pending', to: 'completed' });
    const batch = chained(...Array.from({ length: 6 }, leap));
    const answered: string[] = [];
    while (answered.length < batch.length) {
      const { results } = await link.commands(batch.slice(answered.length));
      assert.ok(results.length > 0, 'no progress');
      for (const { code } of results) assert.equal(code, 'invalid_transition');
      answered.push(...pluck(results, 'commandId'));
    }
    assert.deepEqual(answered, pluck(batch, 'commandId'));
    assert.ok(link.largestAck() <= BATCH_BYTES + 1_024, `an answer of ${link.largestAck()} bytes`);
  },
});
