import assert from 'node:assert/strict';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import { client } from '../support/client.ts';
import { eventually, refusalOf, SLACK_MS, statusIs } from '../support/expect.ts';
import type { Shop } from '../support/shop.ts';

const NOBODY = 'nobody-has-this-token-0123456789';
const ENDED_WITHIN_MS = 2_000;

/** Signs in; the attributes of the cookie, and a caller that has only the cookie. */
async function signIn(shop: Shop, token: string) {
  const answer = await shop.nobody.post('/session', { token });
  statusIs(answer, 204);
  const [cookie = '', ...attributes] = (answer.headers.get('set-cookie') ?? '').split(/;\s*/);
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    client(shop, null).send(method, path, { body, headers: { cookie, ...headers } });
  return { cookie, attributes, ask };
}

/** `POST` and `DELETE /session` (contract, sections 9 and 16). */
export const sessions = group('sessions', {
  '[9] the cookie is HttpOnly, SameSite=Strict, and lasts 12 hours': async (shop) => {
    const { attributes } = await signIn(shop, shop.adminToken);
    for (const wanted of ['HttpOnly', 'SameSite=Strict', 'Max-Age=43200'])
      assert.ok(
        attributes.some((one) => one.toLowerCase() === wanted.toLowerCase()),
        `${wanted} is missing: ${attributes.join('; ')}`,
      );
  },
  '[16] a session is for admin and manager; others are 403, a wrong token is 401': async (shop) => {
    const manager = await shop.addDevice('manager');
    await signIn(shop, manager.token);
    for (const { token } of [shop.display, shop.integration])
      refusalOf(await shop.nobody.post('/session', { token }), 'forbidden');
    refusalOf(await shop.nobody.post('/session', { token: NOBODY }), 'unauthorized');
    refusalOf(await shop.nobody.post('/session', {}), 'invalid_request');
    refusalOf(await shop.display.delete('/session'), 'forbidden');
    refusalOf(await shop.nobody.delete('/session'), 'unauthorized');
  },
  '[9] the cookie does what its token does, in the same stores': async (shop) => {
    const manager = await shop.addDevice('manager');
    const page = await signIn(shop, manager.token);
    statusIs(await page.ask('GET', `/stores/${shop.id}/devices`), 200);
    statusIs(await page.ask('PATCH', `/stores/${shop.id}`, { origin: shop.url }, { name: 'Renamed' }), 200);
    refusalOf(await page.ask('GET', '/stores/there-is-no-such-store'), 'not_found');
    refusalOf(await page.ask('POST', '/stores', {}, { name: 'x', currency: 'GEL', timeZone: 'UTC' }), 'forbidden');
  },
  '[9] a call with the cookie and another Origin is 403, also one of CORS_ORIGINS': async (shop) => {
    const page = await signIn(shop, shop.adminToken);
    for (const origin of ['https://evil.example', 'null', ...(shop.corsOrigin ? [shop.corsOrigin] : [])]) {
      refusalOf(await page.ask('GET', '/stores', { origin }), 'forbidden');
      refusalOf(await page.ask('DELETE', '/session', { origin }), 'forbidden');
    }
    statusIs(await page.ask('GET', '/stores'), 200);
  },
  '[9] DELETE ends the session, and no other': async (shop) => {
    const [mine, other] = [await signIn(shop, shop.adminToken), await signIn(shop, shop.adminToken)];
    statusIs(await mine.ask('DELETE', '/session', { origin: shop.url }), 204);
    refusalOf(await mine.ask('GET', '/stores'), 'unauthorized');
    statusIs(await other.ask('GET', '/stores'), 200);
  },
  '[16] a session ends when its token is revoked': async (shop) => {
    const manager = await shop.addDevice('manager');
    const page = await signIn(shop, manager.token);
    statusIs(await shop.admin.delete(`/devices/${manager.deviceId}`), 204);
    await eventually(
      'the session has ended',
      async () => (await page.ask('GET', '/stores')).status === 401,
      ENDED_WITHIN_MS + SLACK_MS,
    );
  },
  '[5] a rotated token and its new one are both good, and the sockets of both stay': async (shop) => {
    const { deviceId, token } = await shop.addDevice('display');
    const link = await shop.live({ token });
    const answer = await shop.admin.post(`/devices/${deviceId}/rotate`);
    statusIs(answer, 201);
    assert.notEqual(answer.json.token, token);
    const newer = await shop.live({ token: answer.json.token });
    for (const one of [token, answer.json.token]) statusIs(await shop.as(one).get('/orders'), 200);
    await sleep(ENDED_WITHIN_MS);
    assert.ok(link.connected() && newer.connected());
    statusIs(await shop.admin.delete(`/devices/${deviceId}`), 204);
    for (const one of [token, answer.json.token]) refusalOf(await shop.as(one).get('/orders'), 'unauthorized');
  },
});
