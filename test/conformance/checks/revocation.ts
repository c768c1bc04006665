import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { liveDisplay, refusal } from '../support/display-link.ts';
import { aCommand, aDraft } from '../support/drafts.ts';
import { refusalOf, statusIs } from '../support/expect.ts';
import { addDevice, openShop, place, snapshotOf } from '../support/shop.ts';
import { eventually, SLACK_MS } from '../support/waiting.ts';

const GONE_WITHIN_MS = 2_000;

/** "Revoking one ends its sockets within 2 s" (contract, section 3). */
export const revocation = group('revocation', {
  '[3] revoking a device ends its sockets within 2 s, and only its own': async (trial) => {
    const shop = await openShop(trial);
    const device = await addDevice(shop, 'display');
    const links = [
      await liveDisplay(trial, shop, { token: device.token }),
      await liveDisplay(trial, shop, { token: device.token }),
    ];
    const neighbour = await liveDisplay(trial, shop);
    statusIs(await shop.admin.delete(`/devices/${device.deviceId}`), 204);
    await eventually('its sockets are gone', () => links.every((link) => !link.connected()), GONE_WITHIN_MS + SLACK_MS);
    assert.ok(neighbour.connected());
    assert.equal(await refusal(trial, device.token), 'unauthorized');
  },

  '[3] a revoked token reads and writes nothing any more': async (trial) => {
    const shop = await openShop(trial);
    const display = await addDevice(shop, 'display');
    const integration = await addDevice(shop, 'integration');
    const order = await place(shop);
    for (const { deviceId } of [display, integration]) statusIs(await shop.admin.delete(`/devices/${deviceId}`), 204);
    const before = await snapshotOf(shop);
    refusalOf(await display.get('/orders'), 'unauthorized');
    refusalOf(await display.get('/snapshot'), 'unauthorized');
    refusalOf(await display.post('/commands', { commands: [aCommand(order, 'acknowledge')] }), 'unauthorized');
    refusalOf(await integration.post('/orders', aDraft()), 'unauthorized');
    refusalOf(await integration.delete(`/orders/${order.id}`), 'unauthorized');
    assert.equal((await snapshotOf(shop)).seq, before.seq);
  },
});
