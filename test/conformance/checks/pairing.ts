import assert from 'node:assert/strict';
import { request } from 'node:http';
import { z } from 'zod';
import { group, launcherOf, Skip } from '../support/check.ts';
import { type Client, client } from '../support/client.ts';
import { liveDisplay } from '../support/display-link.ts';
import { bodyOf, refusesField, statusIs } from '../support/expect.ts';
import { limitedServer } from '../support/limited-server.ts';
import { NewDevice, Snapshot, Time } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';

const Code = z.object({ code: z.string().regex(/^.{6}$/), expiresAt: Time });
const Paired = NewDevice.extend({ storeId: z.string() });
const TEN_MINUTES_MS = 600_000;

const newCode = async (shop: Shop) => bodyOf(await shop.admin.post(`/stores/${shop.id}/pairing-codes`), 201, Code);
const pair = (who: Client, code: string) => who.post('/pair', { code, deviceName: 'Counter' });

/** A code that is not `code` and no other that is likely to be open. */
const wrong = (code: string): string =>
  [...code].reverse().join('') === code ? 'ZZZZZ9' : [...code].reverse().join('');

/** Pairing codes (contract, sections 3 and 5). Wrong tries are kept to servers of their own: they are limited for all. */
export const pairing = group('pairing', {
  '[5] a code of 6 characters pairs a display, without a token, within 10 minutes': async (trial) => {
    const shop = await openShop(trial);
    const nobody = client(trial, null);
    const { code, expiresAt } = await newCode(shop);
    const now = Date.parse((await nobody.get('//health')).headers.get('date') ?? new Date().toUTCString());
    const left = Date.parse(expiresAt) - now;
    assert.ok(Math.abs(left - TEN_MINUTES_MS) < 10_000, `expires in ${left / 1_000} s`);

    const device = bodyOf(await pair(nobody, code), 201, Paired);
    assert.equal(device.storeId, shop.id);
    bodyOf(await client(trial, device.token).get('/snapshot'), 200, Snapshot);
    assert.ok((await liveDisplay(trial, shop, { token: device.token })).connected());
  },

  '[5] a code is for one use': async (trial) => {
    const shop = await openShop(trial);
    const nobody = client(trial, null);
    const { code } = await newCode(shop);
    const answers = await Promise.all([pair(nobody, code), pair(nobody, code), pair(nobody, code)]);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      statusIs(answer, 400, 401, 403, 404, 409, 410, 429);
  },

  '[5] /pair wants a code and a name': async (trial) => {
    const nobody = client(trial, null);
    refusesField(await nobody.post('/pair', { deviceName: 'Counter' }), 'code');
    refusesField(await nobody.post('/pair', { code: 'AAAAAA' }), 'deviceName');
  },

  '[3] codes are made of 32 characters': async (trial) => {
    const shop = await openShop(trial);
    const codes = await Promise.all(Array.from({ length: 60 }, async () => (await newCode(shop)).code));
    assert.equal(new Set(codes).size, codes.length);
    const characters = new Set(codes.join(''));
    assert.ok(characters.size <= 32 && characters.size > 16, `${characters.size} different characters in 60 codes`);
  },

  '[3] ten wrong tries end a code; nine do not': async (trial) => {
    const server = await launcherOf(trial).start();
    trial.after(() => server.stop());
    const shop = await openShop(server);
    const nobody = client(server, null);
    const tryWrong = async (code: string, times: number) => {
      for (let i = 0; i < times; i++) assert.notEqual((await pair(nobody, wrong(code))).status, 201);
    };
    const nine = await newCode(shop);
    await tryWrong(nine.code, 9);
    bodyOf(await pair(nobody, nine.code), 201, Paired);
    const ten = await newCode(shop);
    await tryWrong(ten.code, 10);
    assert.notEqual((await pair(nobody, ten.code)).status, 201);
  },

  '[3] wrong tries are limited over all addresses': async (trial) => {
    const server = await limitedServer(trial);
    const tries = [];
    // Six tries from each of 40 addresses: far below the 60 that one address may do in a minute.
    for (let i = 0; i < 240; i++) tries.push(await pairFrom(`127.0.1.${1 + (i % 40)}`, server.url));
    assert.ok(tries.includes(429), `240 wrong tries, answered ${[...new Set(tries)].join(', ')}`);
  },
});

/** A wrong code from another address of this machine; the status of the answer. */
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
