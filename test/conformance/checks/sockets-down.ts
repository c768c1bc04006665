import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { areContinuous, batchWith, caughtUp, connect, liveDisplay } from '../support/display-link.ts';
import { aCommand } from '../support/drafts.ts';
import { shaped, statusIs } from '../support/expect.ts';
import { Batch, Presence } from '../support/shapes.ts';
import {
  addDevice,
  changesFrom,
  command,
  deltaFrom,
  openShop,
  place,
  positionNow,
  type Shop,
  setStatus,
  startOfLog,
} from '../support/shop.ts';
import { eventually, sleep } from '../support/waiting.ts';

const AHEAD = 4;
const BATCH_CHANGES = 200;

/** So many changes of one order, by commands, fifty at a time. */
async function manyChanges(shop: Shop, batches: number): Promise<void> {
  const order = await place(shop);
  for (let b = 0; b < batches; b++) {
    await command(
      shop,
      Array.from({ length: 50 }, (_, i) => aCommand(order, 'set_priority', { priority: i % 2 === 0 })),
    );
  }
}

/** `changes`, `got` and `presence` (contract, section 6). */
export const socketsDown = group('changes', {
  '[6] every change comes down, as the log has it, each batch from where the last one ended': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    const orders = await Promise.all(Array.from({ length: 20 }, () => place(shop)));
    await Promise.all(orders.map(({ id }) => setStatus(shop, id, 'preparing')));
    statusIs(await shop.integration.delete(`/orders/${orders[0]?.id}`), 204);
    const last = await caughtUp(link, 41);
    areContinuous(link, 0);
    const { position } = await changesFrom(shop, link.position);
    assert.deepEqual([last.epoch, last.to, last.hash], [position.epoch, position.cursor, position.hash]);
    const shown = new Map(
      link
        .batches()
        .flatMap(({ changes }) => changes)
        .filter((change) => 'order' in change)
        .map(({ orderId, order }) => [orderId, order?.status]),
    );
    assert.deepEqual([...shown.values()].toSorted(), [...Array(19).fill('preparing'), undefined]);
  },

  '[6] where a batch ends is good for the next hello, and for GET /sync': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    const { id } = await place(shop);
    const { epoch, to, hash } = await batchWith(link, id);
    const again = await connect(trial, shop.display.token);
    assert.equal((await again.hello({ epoch, cursor: to, hash })).mode, 'delta');
    assert.equal((await deltaFrom(shop, { epoch, cursor: to, hash })).head, to);
  },

  '[6] displays that stand at the same place get the same bytes': async (trial) => {
    const shop = await openShop(trial);
    const tokens = [
      shop.display.token,
      (await addDevice(shop, 'display')).token,
      (await addDevice(shop, 'display')).token,
    ];
    const live = await Promise.all(tokens.slice(0, 2).map((token) => liveDisplay(trial, shop, { token })));
    const { id } = await place(shop, { note: 'ring 王' });
    const heard = await Promise.all(
      live.map(async (link) => (await batchWith(link, id)) && link.of('changes').map(({ raw }) => raw)),
    );
    assert.deepEqual(heard[1], heard[0]);

    await place(shop);
    const start = await startOfLog(shop);
    const late = await Promise.all(tokens.map((token) => connect(trial, token)));
    for (const link of late) await link.hello(start);
    for (const link of late) await caughtUp(link, 2);
    const [first, ...others] = late.map((link) => link.of('changes').map(({ raw }) => raw));
    for (const other of others) assert.deepEqual(other, first);
  },

  '[6] at most 200 changes in a batch, and at most 4 batches ahead of the last got': async (trial) => {
    const shop = await openShop(trial);
    const start = await startOfLog(shop);
    await manyChanges(shop, 22);
    const link = await connect(trial, shop.display.token, { got: false });
    await link.hello(start);
    await eventually('four batches', () => link.batches().length >= AHEAD);
    await sleep(700);
    assert.equal(link.batches().length, AHEAD, 'batches without a got');
    for (const { changes } of link.batches()) assert.ok(changes.length <= BATCH_CHANGES);

    link.tell('got', { cursor: link.batches()[0]?.to });
    await eventually('a fifth batch', () => link.batches().length === AHEAD + 1);
    await sleep(400);
    assert.equal(link.batches().length, AHEAD + 1, 'one got is room for one more');
    link.tell('got', { cursor: link.batches().at(-1)?.to });
    await caughtUp(link, 1_101);
    areContinuous(link, 0);
  },

  '[6] a display that never says got is waited for; the others are not': async (trial) => {
    const shop = await openShop(trial);
    const second = await addDevice(shop, 'display');
    const slow = await liveDisplay(trial, shop, { got: false });
    const quick = await liveDisplay(trial, shop, { token: second.token });
    for (let i = 0; i < AHEAD; i++) await batchWith(slow, (await place(shop)).id);
    const { id, seq } = await place(shop);
    await batchWith(quick, id);
    await sleep(500);
    assert.equal(slow.batches().at(-1)?.to, seq - 1);
    assert.equal(slow.batches().length, AHEAD);
    slow.tell('got', { cursor: seq - 1 });
    await batchWith(slow, id);
    areContinuous(slow, 0);
  },

  '[6] a wrong got harms nobody and makes no room': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop, { got: false });
    for (let i = 0; i < AHEAD; i++) await batchWith(link, (await place(shop)).id);
    const { id } = await place(shop);
    for (const payload of [null, {}, { cursor: 'x' }, { cursor: -1 }, { cursor: 1.5 }, [], 7])
      link.tell('got', payload);
    await sleep(500);
    assert.equal(link.batches().length, AHEAD);
    link.tell('got', { cursor: AHEAD });
    await batchWith(link, id);
  },

  '[6] within one batch only the last change of an order carries it': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    for (const status of ['preparing', 'ready']) await setStatus(shop, id, status);
    const link = await connect(trial, shop.display.token);
    await link.hello(await startOfLog(shop));
    const { changes } = await caughtUp(link, 3);
    assert.deepEqual(
      changes.map((change) => 'order' in change),
      [false, false, true],
    );
    assert.equal(changes[2]?.order?.status, 'ready');
  },

  '[6] what a display has done comes down to every display, itself included': async (trial) => {
    const shop = await openShop(trial);
    const second = await addDevice(shop, 'display');
    const links = [await liveDisplay(trial, shop), await liveDisplay(trial, shop, { token: second.token })];
    const order = await place(shop);
    const one = aCommand(order, 'acknowledge');
    await links[0]?.commands([one]);
    for (const link of links) {
      await caughtUp(link, 2);
      const change = link.batches().at(-1)?.changes.at(-1);
      const cause = { deviceId: shop.displayId, commandId: one.commandId };
      assert.deepEqual([change?.type, change?.cause], ['order_acknowledged', cause]);
    }
  },

  '[6] presence names the displays that are there, and how far each is': async (trial) => {
    const shop = await openShop(trial);
    const second = await addDevice(shop, 'display', 'Counter');
    const link = await liveDisplay(trial, shop);
    const other = await liveDisplay(trial, shop, { token: second.token });
    const { seq } = await place(shop);
    await caughtUp(other, seq);
    const told = () => shaped('presence', link.of('presence').at(-1)?.payload ?? { displays: [] }, Presence).displays;
    const names = () =>
      told()
        .map(({ deviceId, name }) => `${deviceId} ${name}`)
        .toSorted();
    const both = [`${shop.displayId} display`, `${second.deviceId} Counter`].toSorted();
    await eventually('presence of both', () => names().join() === both.join(), 12_000);
    other.close();
    await eventually(
      'presence without the one that left',
      () => names().join() === `${shop.displayId} display`,
      12_000,
    );
  },

  '[6] what is pushed has the contract’s form': async (trial) => {
    const shop = await openShop(trial);
    const link = await liveDisplay(trial, shop);
    const { id } = await place(shop);
    await command(shop, [aCommand({ id, version: 1 }, 'acknowledge')]);
    await caughtUp(link, 2);
    const known = ['changes', 'beat', 'stats', 'presence'];
    assert.deepEqual(
      link.messages.map(({ event }) => event).filter((event) => !known.includes(event)),
      [],
    );
    for (const { payload } of link.of('changes')) shaped('changes', payload, Batch);
    assert.equal((await positionNow(shop)).cursor, 2);
  },
});
