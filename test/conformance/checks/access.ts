import assert from 'node:assert/strict';
import { sleep } from '#test/support/sleep.ts';
import { eachRow, group } from '../support/check.ts';
import type { Answer, Client } from '../support/client.ts';
import { aCommand, aDraft } from '../support/drafts.ts';
import { bodyOf, eventually, orderOf, refusalOf, SLACK_MS, statusIs } from '../support/expect.ts';
import { OrderList, Stats } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';

const NOBODY = 'nobody-has-this-token-0123456789';
const ALWAYS = 'from=2020-01-01T00:00:00.000Z&to=2099-01-01T00:00:00.000Z';

type Role = 'admin' | 'manager' | 'integration' | 'display';
const ROLES: Role[] = ['admin', 'manager', 'integration', 'display'];

interface Call {
  /** `:store`, `:order` and `:device` stand for ids; the check's name omits the query. */
  call: string;
  /** The roles that may, by the table of section 3 and the notes of section 5. */
  may: Role[];
  body?: unknown;
  /** As admin, names the store, which a list, a new order, `/sync` and `/snapshot` need. */
  adminNames?: 'query' | 'body';
}

const ADMIN: Role[] = ['admin'];
const MANAGING: Role[] = ['admin', 'manager'];
const BACK_OFFICE: Role[] = [...MANAGING, 'integration'];
const READERS: Role[] = [...MANAGING, 'display'];
const CALLS: Call[] = [
  { call: 'POST /stores', may: ADMIN, body: { name: 'Another', currency: 'GEL', timeZone: 'UTC' } },
  { call: 'PATCH /stores/:store', may: MANAGING, body: { name: 'New' } },
  { call: 'GET /stores/:store/availability', may: ROLES },
  { call: 'PATCH /stores/:store/availability', may: READERS, body: { open: true } },
  { call: 'POST /stores/:store/webhooks', may: MANAGING, body: { url: 'https://shop.invalid/', disabled: true } },
  { call: 'GET /stores/:store/webhooks', may: MANAGING },
  { call: 'POST /stores/:store/sources', may: MANAGING, body: { kind: 'standard', name: 'x', enabled: false } },
  { call: 'GET /stores/:store/sources', may: MANAGING },
  { call: 'POST /stores/:store/printers', may: MANAGING, body: { name: 'Pass', address: '127.0.0.1:9' } },
  { call: 'GET /stores/:store/printers', may: MANAGING },
  { call: 'POST /stores/:store/devices', may: MANAGING, body: { name: 'x', role: 'display' } },
  { call: 'GET /stores/:store/devices', may: MANAGING },
  { call: 'DELETE /devices/:device', may: MANAGING },
  { call: 'POST /devices/:device/rotate', may: MANAGING },
  { call: 'POST /stores/:store/pairing-codes', may: MANAGING },
  { call: 'POST /stores/:store/customer-links', may: BACK_OFFICE, body: { ref: 'u-1' } },
  { call: 'POST /orders', may: BACK_OFFICE, body: aDraft(), adminNames: 'body' },
  { call: 'GET /orders', may: ROLES, adminNames: 'query' },
  { call: 'GET /orders/:order', may: ROLES },
  { call: 'PATCH /orders/:order', may: BACK_OFFICE, body: { note: 'new' } },
  { call: 'DELETE /orders/:order', may: BACK_OFFICE },
  { call: 'POST /orders/:order/status', may: BACK_OFFICE, body: { status: 'preparing' } },
  { call: 'POST /orders/:order/payment', may: BACK_OFFICE, body: { status: 'paid' } },
  { call: 'GET /orders/:order/history', may: ROLES },
  { call: 'GET /sync?epoch=x&cursor=0', may: READERS, adminNames: 'query' },
  { call: 'GET /snapshot', may: READERS, adminNames: 'query' },
  {
    call: 'POST /commands',
    may: ['display'],
    body: { commands: [aCommand({ id: 'nope', version: 1 }, 'acknowledge')] },
  },
  { call: `GET /stats?${ALWAYS}`, may: ROLES, adminNames: 'query' },
  { call: 'GET /metrics', may: ADMIN },
];

async function send(shop: Shop, who: Client, { call, body, adminNames }: Call): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ');
  const storeId = who === shop.admin ? shop.id : null;
  const ids: Record<string, () => Promise<string>> = {
    ':store': async () => shop.id,
    ':order': async () => (await shop.place()).id,
    ':device': async () => (await shop.addDevice('display')).deviceId,
  };
  const [mark = ''] = /:\w+/.exec(path.replace(/\?.*/, '')) ?? [];
  const filled = mark ? path.replace(mark, (await ids[mark]?.()) ?? '') : path;
  const query = storeId && adminNames === 'query' ? `${path.includes('?') ? '&' : '?'}storeId=${storeId}` : '';
  return who.send(method, filled + query, {
    body: storeId && adminNames === 'body' ? { ...Object(body), storeId } : body,
  });
}

/** Tries every role, no token and a wrong token on each call. */
export const roles = group('roles', {
  ...eachRow(CALLS, (row) => [
    `[3] ${row.call.replace(/\?.*/, '')} is for ${row.may.join(', ')} and nobody else`,
    async (shop) => {
      const manager = await shop.addDevice('manager');
      for (const role of ROLES) {
        const answer = await send(shop, role === 'manager' ? manager : shop[role], row);
        if (row.may.includes(role)) assert.ok(answer.status < 300, `${role}: ${answer.asked}: ${answer.text}`);
        else refusalOf(answer, 'forbidden');
      }
      for (const token of [null, NOBODY]) refusalOf(await send(shop, shop.as(token), row), 'unauthorized');
    },
  ]),
  '[3] a token of another scheme, or none behind the word, is unauthorized': async (shop) => {
    const { token } = shop.integration;
    const wrong = [`Basic ${token}`, `Bearer ${token}x`, `Bearer ${token} ${token}`];
    for (const authorization of ['', 'Bearer', 'Bearer ', ...wrong])
      refusalOf(await shop.nobody.get('/orders', { authorization }), 'unauthorized');
  },
  '[3] the role is judged first (403), then the store (404)': async (shop) => {
    const { id } = await (await openShop(shop)).place();
    refusalOf(await shop.display.patch(`/orders/${id}`, { note: 'x' }), 'forbidden');
    refusalOf(await shop.patch(id, { note: 'x' }), 'not_found');
    refusalOf(await shop.display.post('/orders/there-is-no-such-order/status', { status: 'preparing' }), 'forbidden');
  },
  '[3] a manager manages its own store only, and makes no managers': async (shop) => {
    const other = await openShop(shop);
    const manager = await shop.addDevice('manager');
    const order = await other.place();
    refusalOf(await manager.post(`/stores/${shop.id}/devices`, { name: 'x', role: 'manager' }), 'forbidden');
    for (const path of [`/stores/${other.id}`, `/stores/${other.id}/devices`, `/orders/${order.id}`])
      refusalOf(await manager.get(path), 'not_found');
    refusalOf(await manager.patch(`/stores/${other.id}`, { name: 'Mine' }), 'not_found');
    refusalOf(await manager.post(`/stores/${other.id}/devices`, { name: 'x', role: 'display' }), 'not_found');
    refusalOf(await manager.delete(`/devices/${other.display.deviceId}`), 'not_found');
    statusIs(await other.display.get('/orders'), 200);
  },
  '[3] admin names the store of a new order, which must be given and exist': async ({ admin, id }) => {
    assert.equal(orderOf(await admin.post('/orders', aDraft({ storeId: id })), 201).storeId, id);
    refusalOf(await admin.post('/orders', aDraft()), 'invalid_request');
    refusalOf(await admin.post('/orders', aDraft({ storeId: 'there-is-no-such-store' })), 'not_found');
  },
  '[3] admin must name the store of /sync and /snapshot': async ({ admin }) => {
    refusalOf(await admin.get('/sync?epoch=x&cursor=0'), 'invalid_request');
    refusalOf(await admin.get('/snapshot'), 'invalid_request');
    refusalOf(await admin.get('/snapshot?storeId=there-is-no-such-store'), 'not_found');
  },
  '[3] a token is shown once: the list of devices has none': async (shop) => {
    const answer = await shop.admin.get(`/stores/${shop.id}/devices`);
    statusIs(answer, 200);
    for (const { token } of [shop.integration, shop.display]) assert.ok(!answer.text.includes(token));
  },
  '[3] tokens are random: no two are alike': async (shop) => {
    const tokens = await Promise.all(Array.from({ length: 8 }, async () => (await shop.addDevice('display')).token));
    assert.equal(new Set(tokens).size, tokens.length);
  },
});

/** "A token reaches only its own store; another store's order is 404, never 403" (contract, section 3). */
export const isolation = group('isolation between stores', {
  "[3] another store's order is 404 to every call, never 403, and stays as it was": async (shop) => {
    const other = await openShop(shop);
    const order = await other.place();
    for (const who of [shop.integration, shop.display])
      for (const path of [`/orders/${order.id}`, `/orders/${order.id}/history`])
        refusalOf(await who.get(path), 'not_found');
    refusalOf(await shop.patch(order.id, { note: 'mine' }), 'not_found');
    refusalOf(await shop.move(order.id, { status: 'preparing' }), 'not_found');
    refusalOf(await shop.pay(order.id, { status: 'paid' }), 'not_found');
    refusalOf(await shop.remove(order.id), 'not_found');
    assert.deepEqual(await other.order(order.id), order);
  },
  "[3] lists, searches, snapshots, the log and figures hold nothing of another store's": async (shop) => {
    const other = await openShop(shop);
    await other.place({ note: 'not yours', number: 'ZZ-9' });
    for (const who of [shop.integration, shop.display])
      for (const path of ['/orders', '/orders?q=ZZ-9', `/orders?storeId=${other.id}`]) {
        const answer = await who.get(path);
        if (path.includes('storeId')) statusIs(answer, 200, 400, 403, 404);
        if (answer.status === 200) assert.deepEqual(bodyOf(answer, 200, OrderList).orders, []);
      }
    assert.deepEqual((await shop.snapshot()).orders, []);
    assert.deepEqual((await shop.changes(await shop.start())).changes, []);
    assert.equal(bodyOf(await shop.display.get(`/stats?${ALWAYS}`), 200, Stats).orders, 0);
  },
  '[3] naming another store in the query or the body does not lead there': async (shop) => {
    const other = await openShop(shop);
    await other.place();
    for (const path of [`/snapshot?storeId=${other.id}`, `/sync?epoch=x&cursor=0&storeId=${other.id}`]) {
      const answer = await shop.display.get(path);
      statusIs(answer, 200, 400, 403, 404);
      assert.ok(!answer.text.includes((await other.snapshot()).epoch), answer.asked);
    }
    statusIs(await shop.create({ storeId: other.id }), 400, 403, 404);
    assert.equal((await other.snapshot()).orders.length, 1);
  },
  "[3] another store's changes do not come down a display's socket": async (shop) => {
    const other = await openShop(shop);
    const [mine, theirs] = await Promise.all([shop.live(), other.live()]);
    const { id } = await other.place();
    await theirs.batchWith(id);
    await sleep(300);
    assert.ok(!mine.messages.some(({ raw }) => raw.includes(id)));
    assert.equal(mine.batches().length, 0);
  },
  "[C4] a command for another store's order is rejected, not_found, without the order": async (shop) => {
    const other = await openShop(shop);
    const order = await other.place({ note: 'not yours' });
    const { results } = await (await shop.connect()).commands([aCommand(order, 'acknowledge')]);
    assert.deepEqual([results[0]?.code, results[0]?.order], ['not_found', undefined]);
    assert.equal((await shop.commandOne(aCommand(order, 'set_priority', { priority: true }))).code, 'not_found');
    assert.deepEqual(await other.order(order.id), order);
  },
  '[4] the same externalId in two stores is two orders': async (shop) => {
    const other = await openShop(shop);
    const [first, second] = [await shop.place({ externalId: 'web-1' }), await other.place({ externalId: 'web-1' })];
    assert.notEqual(first.id, second.id);
  },
  '[S1] every store has its own epoch': async (shop) => {
    const shops = [shop, await openShop(shop), await openShop(shop)];
    const epochs = await Promise.all(shops.map(async (one) => (await one.snapshot()).epoch));
    assert.equal(new Set(epochs).size, 3);
  },
});

const GONE_WITHIN_MS = 2_000;

/** "Revoking one ends its sockets within 2 s" (contract, section 3). */
export const revocation = group('revocation', {
  '[3] revoking a device ends its sockets within 2 s, and only its own': async (shop) => {
    const { deviceId, token } = await shop.addDevice('display');
    const links = [await shop.live({ token }), await shop.live({ token })];
    const neighbour = await shop.live();
    statusIs(await shop.admin.delete(`/devices/${deviceId}`), 204);
    await eventually('its sockets are gone', () => links.every((link) => !link.connected()), GONE_WITHIN_MS + SLACK_MS);
    assert.ok(neighbour.connected());
    assert.equal(await shop.refusal({ token }), 'unauthorized');
  },
  '[3] a revoked token neither reads nor writes': async (shop) => {
    const [display, integration] = [await shop.addDevice('display'), await shop.addDevice('integration')];
    const order = await shop.place();
    for (const { deviceId } of [display, integration]) statusIs(await shop.admin.delete(`/devices/${deviceId}`), 204);
    const before = await shop.snapshot();
    refusalOf(await display.get('/orders'), 'unauthorized');
    refusalOf(await display.get('/snapshot'), 'unauthorized');
    refusalOf(await display.post('/commands', { commands: [aCommand(order, 'acknowledge')] }), 'unauthorized');
    refusalOf(await integration.post('/orders', aDraft()), 'unauthorized');
    refusalOf(await integration.delete(`/orders/${order.id}`), 'unauthorized');
    assert.equal((await shop.snapshot()).seq, before.seq);
  },
});
