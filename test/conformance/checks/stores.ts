import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { z } from 'zod';
import { group } from '../support/check.ts';
import type { Client } from '../support/client.ts';
import { bodyOf, eventually, refusalOf, refusesField, statusIs } from '../support/expect.ts';
import { DeviceList, NewDevice, Snapshot, Store, Time } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { launcherOf, limitedServer, Skip } from '../support/subject.ts';

const devicesOf = async ({ admin, id }: Shop) =>
  bodyOf(await admin.get(`/stores/${id}/devices`), 200, DeviceList).devices;

export const stores = group('stores and devices', {
  '[5] a store is made with the id it is given, or with one from the server': async ({ admin }) => {
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
  '[5] a store needs a name, a currency and a time zone, and takes nothing unknown': async ({ admin }) => {
    const draft = { name: 'x', currency: 'GEL', timeZone: 'UTC' };
    const wrong = { name: undefined, currency: undefined, timeZone: undefined, surprise: 1 };
    for (const [field, value] of Object.entries(wrong))
      refusesField(await admin.post('/stores', { ...draft, [field]: value }), field);
    refusesField(await admin.post('/stores', { ...draft, timeZone: 'Mars/Olympus' }), 'timeZone');
  },
  '[5] a store id that is taken makes no second store': async ({ admin, id }) => {
    const before = bodyOf(await admin.get(`/stores/${id}`), 200, Store);
    statusIs(await admin.post('/stores', { id, name: 'Thief', currency: 'EUR', timeZone: 'UTC' }), 400, 409);
    assert.deepEqual(bodyOf(await admin.get(`/stores/${id}`), 200, Store), before);
  },
  '[5] PATCH changes a store': async ({ admin, id }) => {
    const store = bodyOf(await admin.patch(`/stores/${id}`, { name: 'New name' }), 200, Store);
    assert.equal(store.name, 'New name');
    assert.deepEqual(bodyOf(await admin.get(`/stores/${id}`), 200, Store), store);
    refusesField(await admin.patch(`/stores/${id}`, { surprise: 1 }), 'surprise');
  },
  '[5] an unknown store is 404': async ({ admin }) => {
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
  '[5] a device has a name and is a display or an integration': async (shop) => {
    const path = `/stores/${shop.id}/devices`;
    for (const role of ['admin', 'customer', '', null])
      refusesField(await shop.admin.post(path, { name: 'x', role }), 'role');
    refusesField(await shop.admin.post(path, { role: 'display' }), 'name');
    const { deviceId } = await shop.addDevice('integration', 'Web shop');
    const listed = (await devicesOf(shop)).find((device) => device.deviceId === deviceId);
    assert.deepEqual([listed?.name, listed?.role, listed?.live], ['Web shop', 'integration', false]);
  },
  '[5] the list of devices says which are live, and the cursor of each display': async (shop) => {
    const own = async () => (await devicesOf(shop)).find(({ deviceId }) => deviceId === shop.display.deviceId);
    assert.equal((await own())?.live, false);
    const link = await shop.live();
    await eventually('the display is live', async () => (await own())?.live);
    const { seq } = await shop.place();
    await eventually(`its cursor is ${seq}`, async () => (await own())?.cursor === seq);
    assert.ok((await own())?.lastSeenAt);
    link.close();
    await eventually('the display is not live any more', async () => (await own())?.live === false, 12_000);
  },
});

const Code = z.object({ code: z.string().regex(/^.{6}$/), expiresAt: Time });
const Paired = NewDevice.extend({ storeId: z.string() });
const TEN_MINUTES_MS = 600_000;

const newCode = async ({ admin, id }: Shop) => bodyOf(await admin.post(`/stores/${id}/pairing-codes`), 201, Code);
const pair = (who: Client, code: string) => who.post('/pair', { code, deviceName: 'Counter' });

/** A code that is neither `code` nor likely to be another valid one. */
function wrong(code: string): string {
  const reversed = [...code].reverse().join('');
  return reversed === code ? 'ZZZZZ9' : reversed;
}

/** Pairing codes (contract, sections 3 and 5). Wrong attempts go to other servers, because the limit affects everybody. */
export const pairing = group('pairing', {
  '[5] a code of 6 characters pairs a display, without a token, within 10 minutes': async (shop) => {
    const { code, expiresAt } = await newCode(shop);
    const now = Date.parse((await shop.nobody.get('//health')).headers.get('date') ?? new Date().toUTCString());
    const left = Date.parse(expiresAt) - now;
    assert.ok(Math.abs(left - TEN_MINUTES_MS) < 10_000, `expires in ${left / 1_000} s`);

    const { storeId, token } = bodyOf(await pair(shop.nobody, code), 201, Paired);
    assert.equal(storeId, shop.id);
    bodyOf(await shop.as(token).get('/snapshot'), 200, Snapshot);
    assert.ok((await shop.live({ token })).connected());
  },
  '[5] a code is for one use': async (shop) => {
    const { code } = await newCode(shop);
    const answers = await Promise.all([pair(shop.nobody, code), pair(shop.nobody, code), pair(shop.nobody, code)]);
    const refused = answers.filter(({ status }) => status !== 201);
    assert.equal(refused.length, 2);
    for (const answer of refused) statusIs(answer, 400, 401, 403, 404, 409, 410, 429);
  },
  '[5] /pair wants a code and a name': async ({ nobody }) => {
    refusesField(await nobody.post('/pair', { deviceName: 'Counter' }), 'code');
    refusesField(await nobody.post('/pair', { code: 'AAAAAA' }), 'deviceName');
  },
  '[3] codes are made of 32 characters': async (shop) => {
    const codes = await Promise.all(Array.from({ length: 60 }, async () => (await newCode(shop)).code));
    assert.equal(new Set(codes).size, codes.length);
    const characters = new Set(codes.join(''));
    assert.ok(characters.size <= 32 && characters.size > 16, `${characters.size} different characters in 60 codes`);
  },
  '[3] ten wrong tries close pairing to their address; nine do not': async (trial) => {
    const server = await launcherOf(trial).start();
    trial.after(() => server.stop());
    const shop = await openShop({ ...trial, ...server });
    const tryWrong = async (code: string, times: number) => {
      for (let i = 0; i < times; i++) assert.notEqual((await pair(shop.nobody, wrong(code))).status, 201);
    };
    const nine = await newCode(shop);
    await tryWrong(nine.code, 9);
    bodyOf(await pair(shop.nobody, nine.code), 201, Paired);
    const ten = await newCode(shop);
    await tryWrong(ten.code, 10);
    assert.notEqual((await pair(shop.nobody, ten.code)).status, 201);
  },
  '[3] wrong tries are limited over all addresses': async (shop) => {
    const server = await limitedServer(shop);
    const tries = [];
    // Six attempts from each of 40 addresses: far below the 60 a minute that one address may make.
    for (let i = 0; i < 240; i++) tries.push(await pairFrom(`127.0.1.${1 + (i % 40)}`, server.url));
    assert.ok(tries.includes(429), `240 wrong tries, answered ${[...new Set(tries)].join(', ')}`);
  },
});

/** A wrong code from another address of this machine. @returns the status of the answer */
function pairFrom(localAddress: string, url: string): Promise<number> {
  const body = JSON.stringify({ code: 'ZZZZZ9', deviceName: 'Thief' });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    request(`${url}/api/v1/pair`, { method: 'POST', localAddress, headers, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRNOTAVAIL' ? new Skip('needs a machine with all of 127.0.0.0/8') : error),
      )
      .end(body);
  });
}
