import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aCommand } from '../support/drafts.ts';
import { statusIs } from '../support/expect.ts';
import {
  addDevice,
  changesFrom,
  command,
  historyOf,
  openShop,
  orderNow,
  place,
  setStatus,
  startOfLog,
} from '../support/shop.ts';

/** `GET /orders/:id/history` and the form of a change (contract, sections 5 and 6). */
export const history = group('history', {
  '[5] the history is oldest first, each change with its order': async (trial) => {
    const shop = await openShop(trial);
    const placed = await place(shop);
    const patched = await shop.integration.patch(`/orders/${placed.id}`, { note: 'x' });
    statusIs(patched, 200);
    const moved = await setStatus(shop, placed.id, 'preparing');
    const changes = await historyOf(shop, placed.id);
    assert.deepEqual(
      changes.map(({ type }) => type),
      ['order_created', 'order_updated', 'order_status_changed'],
    );
    assert.deepEqual(
      changes.map((change) => change.order?.version),
      [1, 2, 3],
    );
    assert.deepEqual(changes[0]?.order, placed);
    assert.deepEqual(changes[2]?.order, moved);
    const numbers = changes.map(({ seq }) => seq);
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
  },

  '[6] a change says who made it': async (trial) => {
    const shop = await openShop(trial);
    const device = await addDevice(shop, 'integration', 'Web shop');
    const { id } = await place(shop);
    await device.patch(`/orders/${id}`, { note: 'x' });
    await shop.admin.patch(`/orders/${id}`, { note: 'y' });
    const [, byDevice, byAdmin] = await historyOf(shop, id);
    assert.deepEqual(byDevice?.by, { role: 'integration', id: device.deviceId, name: 'Web shop' });
    assert.equal(byAdmin?.by.role, 'admin');
    assert.equal(byDevice?.cause, undefined);
  },

  "[6] a change by a display's command names the command": async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const one = aCommand(order, 'set_status', { from: 'pending', to: 'preparing' });
    await command(shop, [one]);
    const change = (await historyOf(shop, order.id)).at(-1);
    assert.deepEqual(change?.cause, { deviceId: shop.displayId, commandId: one.commandId });
    assert.deepEqual([change?.by.role, change?.by.id], ['display', shop.displayId]);
    assert.deepEqual([change?.type, change?.previousStatus], ['order_status_changed', 'pending']);
  },

  '[6] the history is the log: same numbers, same times, same orders': async (trial) => {
    const shop = await openShop(trial);
    const { id } = await place(shop);
    await place(shop);
    await setStatus(shop, id, 'cancelled', 'no dough');
    const { changes } = await changesFrom(shop, await startOfLog(shop), 1);
    assert.deepEqual(
      await historyOf(shop, id),
      changes.filter(({ orderId }) => orderId === id),
    );
    assert.equal((await orderNow(shop, id)).seq, changes.at(-1)?.seq);
  },
});
