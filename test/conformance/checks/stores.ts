import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { group } from '../support/check.ts';
import { client } from '../support/client.ts';
import { liveDisplay } from '../support/display-link.ts';
import { bodyOf, refusalOf, refusesField, statusIs } from '../support/expect.ts';
import { DeviceList, Store } from '../support/shapes.ts';
import { addDevice, openShop, place, type Shop } from '../support/shop.ts';
import { eventually } from '../support/waiting.ts';

const devicesOf = async (shop: Shop) =>
  bodyOf(await shop.admin.get(`/stores/${shop.id}/devices`), 200, DeviceList).devices;

export const stores = group('stores and devices', {
  '[5] a store is made with the id it is given, or with one of its own': async (trial) => {
    const admin = client(trial, trial.adminToken);
    const draft = { name: 'Café 王', currency: 'GEL', timeZone: 'Asia/Tbilisi' };
    const id = `conf-${randomUUID().slice(0, 13)}`;
    const given = bodyOf(await admin.post('/stores', { id, ...draft }), 201, Store);
    assert.deepEqual(given, { id, ...draft });
    const own = bodyOf(await admin.post('/stores', { ...draft, settings: {} }), 201, Store);
    assert.ok(own.id && own.id !== id);
    for (const store of [given, own]) {
      assert.deepEqual(bodyOf(await admin.get(`/stores/${store.id}`), 200, Store), store);
      const { stores } = bodyOf(await admin.get('/stores'), 200, z.object({ stores: z.array(Store) }));
      assert.ok(stores.some((one) => one.id === store.id));
    }
  },

  '[5] a store needs a name, a currency and a time zone, and takes nothing unknown': async (trial) => {
    const admin = client(trial, trial.adminToken);
    const draft = { name: 'x', currency: 'GEL', timeZone: 'UTC' };
    for (const field of ['name', 'currency', 'timeZone'])
      refusesField(await admin.post('/stores', { ...draft, [field]: undefined }), field);
    refusesField(await admin.post('/stores', { ...draft, timeZone: 'Mars/Olympus' }), 'timeZone');
    refusesField(await admin.post('/stores', { ...draft, surprise: 1 }), 'surprise');
  },

  '[5] a store id that is taken makes no second store': async (trial) => {
    const { admin, id } = await openShop(trial);
    const before = bodyOf(await admin.get(`/stores/${id}`), 200, Store);
    statusIs(await admin.post('/stores', { id, name: 'Thief', currency: 'EUR', timeZone: 'UTC' }), 400, 409);
    assert.deepEqual(bodyOf(await admin.get(`/stores/${id}`), 200, Store), before);
  },

  '[5] PATCH changes a store': async (trial) => {
    const { admin, id } = await openShop(trial);
    const store = bodyOf(await admin.patch(`/stores/${id}`, { name: 'New name' }), 200, Store);
    assert.equal(store.name, 'New name');
    assert.deepEqual(bodyOf(await admin.get(`/stores/${id}`), 200, Store), store);
    refusesField(await admin.patch(`/stores/${id}`, { surprise: 1 }), 'surprise');
  },

  '[5] a store that never was is 404': async (trial) => {
    const { admin } = await openShop(trial);
    for (const answer of [
      await admin.get('/stores/nope'),
      await admin.patch('/stores/nope', { name: 'x' }),
      await admin.get('/stores/nope/devices'),
      await admin.post('/stores/nope/devices', { name: 'x', role: 'display' }),
      await admin.post('/stores/nope/pairing-codes'),
      await admin.delete('/devices/nope'),
    ])
      refusalOf(answer, 'not_found');
  },

  '[5] a device has a name and is a display or an integration': async (trial) => {
    const shop = await openShop(trial);
    const path = `/stores/${shop.id}/devices`;
    for (const role of ['admin', 'customer', '', null])
      refusesField(await shop.admin.post(path, { name: 'x', role }), 'role');
    refusesField(await shop.admin.post(path, { role: 'display' }), 'name');
    const { deviceId } = await addDevice(shop, 'integration', 'Web shop');
    const listed = (await devicesOf(shop)).find((device) => device.deviceId === deviceId);
    assert.deepEqual([listed?.name, listed?.role, listed?.live], ['Web shop', 'integration', false]);
  },

  '[5] the list of devices knows who is live and how far each display is': async (trial) => {
    const shop = await openShop(trial);
    const own = async () => (await devicesOf(shop)).find(({ deviceId }) => deviceId === shop.displayId);
    assert.equal((await own())?.live, false);
    const link = await liveDisplay(trial, shop);
    await eventually('the display is live', async () => (await own())?.live);
    const { seq } = await place(shop);
    await eventually(`its cursor is ${seq}`, async () => (await own())?.cursor === seq);
    assert.ok((await own())?.lastSeenAt);
    link.close();
    await eventually('the display is not live any more', async () => (await own())?.live === false, 12_000);
  },
});
