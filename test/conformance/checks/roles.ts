import assert from 'node:assert/strict';
import { type Check, group } from '../support/check.ts';
import { type Answer, type Client, client } from '../support/client.ts';
import { aCommand, aDraft } from '../support/drafts.ts';
import { orderOf, refusalOf, statusIs } from '../support/expect.ts';
import { addDevice, openShop, place, type Shop } from '../support/shop.ts';

type Role = 'admin' | 'integration' | 'display';
const ROLES: Role[] = ['admin', 'integration', 'display'];

interface Call {
  does: string;
  /** Who may, by the table of section 3 and the notes of section 5. */
  may: Role[];
  /** Of whom the contract does not say it. */
  unsaid?: Role[];
  send(shop: Shop, who: Client): Promise<Answer>;
}

/** Admin names the store where a list, a new order, `/sync` or `/snapshot` needs one. */
const isAdmin = (shop: Shop, who: Client): boolean => who.token === shop.admin.token;
const named = (shop: Shop, who: Client, sign = '?'): string => (isAdmin(shop, who) ? `${sign}storeId=${shop.id}` : '');
const onOrder = async (shop: Shop, path: (id: string) => string): Promise<string> => path((await place(shop)).id);

const BACK_OFFICE: Role[] = ['admin', 'integration'];
const CALLS: Call[] = [
  {
    does: 'POST /stores',
    may: ['admin'],
    send: (_, who) => who.post('/stores', { name: 'Another', currency: 'GEL', timeZone: 'UTC' }),
  },
  { does: 'PATCH /stores/:id', may: ['admin'], send: (shop, who) => who.patch(`/stores/${shop.id}`, { name: 'New' }) },
  {
    does: 'POST /stores/:id/devices',
    may: ['admin'],
    send: (shop, who) => who.post(`/stores/${shop.id}/devices`, { name: 'x', role: 'display' }),
  },
  { does: 'GET /stores/:id/devices', may: ['admin'], send: (shop, who) => who.get(`/stores/${shop.id}/devices`) },
  {
    does: 'DELETE /devices/:id',
    may: ['admin'],
    send: async (shop, who) => who.delete(`/devices/${(await addDevice(shop, 'display')).deviceId}`),
  },
  {
    does: 'POST /stores/:id/pairing-codes',
    may: ['admin'],
    send: (shop, who) => who.post(`/stores/${shop.id}/pairing-codes`),
  },
  {
    does: 'POST /orders',
    may: BACK_OFFICE,
    send: (shop, who) => who.post('/orders', aDraft(isAdmin(shop, who) ? { storeId: shop.id } : {})),
  },
  { does: 'GET /orders', may: ROLES, send: (shop, who) => who.get(`/orders${named(shop, who)}`) },
  {
    does: 'GET /orders/:id',
    may: ROLES,
    send: async (shop, who) => who.get(await onOrder(shop, (id) => `/orders/${id}`)),
  },
  {
    does: 'PATCH /orders/:id',
    may: BACK_OFFICE,
    send: async (shop, who) => who.patch(await onOrder(shop, (id) => `/orders/${id}`), { note: 'new' }),
  },
  {
    does: 'DELETE /orders/:id',
    may: BACK_OFFICE,
    send: async (shop, who) => who.delete(await onOrder(shop, (id) => `/orders/${id}`)),
  },
  {
    does: 'POST /orders/:id/status',
    may: BACK_OFFICE,
    send: async (shop, who) => who.post(await onOrder(shop, (id) => `/orders/${id}/status`), { status: 'preparing' }),
  },
  {
    does: 'POST /orders/:id/payment',
    may: BACK_OFFICE,
    send: async (shop, who) => who.post(await onOrder(shop, (id) => `/orders/${id}/payment`), { status: 'paid' }),
  },
  {
    does: 'GET /orders/:id/history',
    may: ROLES,
    send: async (shop, who) => who.get(await onOrder(shop, (id) => `/orders/${id}/history`)),
  },
  {
    does: 'GET /sync',
    may: ['admin', 'display'],
    send: (shop, who) => who.get(`/sync?epoch=x&cursor=0${named(shop, who, '&')}`),
  },
  { does: 'GET /snapshot', may: ['admin', 'display'], send: (shop, who) => who.get(`/snapshot${named(shop, who)}`) },
  {
    does: 'POST /commands',
    may: ['display'],
    unsaid: ['admin'],
    send: async (shop, who) => who.post('/commands', { commands: [aCommand(await place(shop), 'acknowledge')] }),
  },
  {
    does: 'GET /stats',
    may: ['admin', 'display'],
    unsaid: ['integration'],
    send: (shop, who) =>
      who.get(`/stats?from=2026-01-01T00:00:00.000Z&to=2099-01-01T00:00:00.000Z${named(shop, who, '&')}`),
  },
  { does: 'GET /metrics', may: ['admin'], send: (_, who) => who.get('/metrics') },
];

/** One check per call: every role, no token and a wrong token. */
const matrix = Object.fromEntries(
  CALLS.map(({ does, may, unsaid = [], send }): [string, Check] => [
    `[3] ${does} is for ${may.join(', ')} and nobody else`,
    async (trial) => {
      const shop = await openShop(trial);
      for (const role of ROLES.filter((one) => !unsaid.includes(one))) {
        const answer = await send(shop, shop[role]);
        if (may.includes(role))
          assert.ok(answer.status < 300, `${role}: ${answer.asked}: ${answer.status} ${answer.text}`);
        else refusalOf(answer, 'forbidden');
      }
      for (const token of [null, 'nobody-has-this-token-0123456789'])
        refusalOf(await send(shop, client(trial, token)), 'unauthorized');
    },
  ]),
);

export const roles = group('roles', {
  ...matrix,

  '[3] a token of another scheme, or none behind the word, is unauthorized': async (trial) => {
    const nobody = client(trial, null);
    const { token } = (await openShop(trial)).integration;
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token} ${token}`,
    ])
      refusalOf(await nobody.get('/orders', { authorization }), 'unauthorized');
  },

  '[3] the role is judged first (403), then the store (404)': async (trial) => {
    const [shop, other] = await Promise.all([openShop(trial), openShop(trial)]);
    const { id } = await place(other);
    refusalOf(await shop.display.patch(`/orders/${id}`, { note: 'x' }), 'forbidden');
    refusalOf(await shop.integration.patch(`/orders/${id}`, { note: 'x' }), 'not_found');
    refusalOf(await shop.display.post('/orders/there-is-no-such-order/status', { status: 'preparing' }), 'forbidden');
  },

  '[3] admin names the store of a new order, which must be given and exist': async (trial) => {
    const shop = await openShop(trial);
    assert.equal(orderOf(await shop.admin.post('/orders', aDraft({ storeId: shop.id })), 201).storeId, shop.id);
    refusalOf(await shop.admin.post('/orders', aDraft()), 'invalid_request');
    refusalOf(await shop.admin.post('/orders', aDraft({ storeId: 'there-is-no-such-store' })), 'not_found');
  },

  '[3] admin must name the store of /sync and /snapshot': async (trial) => {
    const { admin } = await openShop(trial);
    refusalOf(await admin.get('/sync?epoch=x&cursor=0'), 'invalid_request');
    refusalOf(await admin.get('/snapshot'), 'invalid_request');
    refusalOf(await admin.get('/snapshot?storeId=there-is-no-such-store'), 'not_found');
  },

  '[3] a token is shown once: the list of devices has none': async (trial) => {
    const shop = await openShop(trial);
    const answer = await shop.admin.get(`/stores/${shop.id}/devices`);
    statusIs(answer, 200);
    for (const { token } of [shop.integration, shop.display]) assert.ok(token && !answer.text.includes(token));
  },

  '[3] tokens are random: no two are alike': async (trial) => {
    const shop = await openShop(trial);
    const tokens = await Promise.all(Array.from({ length: 8 }, async () => (await addDevice(shop, 'display')).token));
    assert.equal(new Set(tokens).size, tokens.length);
  },
});
