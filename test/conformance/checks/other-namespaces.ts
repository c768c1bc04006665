import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sleep } from '#test/support/sleep.ts';
import { group } from '../support/check.ts';
import { client } from '../support/client.ts';
import type { DisplayLink } from '../support/display-link.ts';
import { aDraft } from '../support/drafts.ts';
import { bodyOf, eventually, refusalOf, shaped, statusIs } from '../support/expect.ts';
import { Change, Order, Tracked } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { Skip } from '../support/subject.ts';

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A customer's JWT: HS256 with claims `sub`, `store` and `exp` (contract, section 3). */
function jwt(secret: string, claims: Record<string, unknown>, alg = 'HS256'): string {
  const head = `${base64({ alg, typ: 'JWT' })}.${base64({ exp: inSeconds(3_600), ...claims })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

function secretOf({ customerSecret }: Shop): string {
  if (!customerSecret) throw new Skip('needs --customer-secret');
  return customerSecret;
}
const tokenOf = (shop: Shop, store = shop.id): string => jwt(secretOf(shop), { sub: 'u-1', store });
const asCustomer = (token: string) => ({ namespace: '/customer', auth: { token } });

const PublicOrder = z.object({ id: z.string(), status: Order.shape.status });
const CustomerOrders = z.object({ orders: z.array(PublicOrder), nextBefore: z.string().nullable() });
const receives = (link: DisplayLink, id: string, status: string) =>
  eventually(`order ${id} is ${status}`, () =>
    link.of('order').find(({ payload }) => {
      const order = shaped('order', payload, PublicOrder);
      return order.id === id && order.status === status;
    }),
  );

/** A new order, and a connection with its tracking token. */
async function tracked(shop: Shop, draft: Record<string, unknown> = {}): Promise<{ id: string; link: DisplayLink }> {
  const Placed = Tracked.extend({ id: z.string() });
  const { id, tracking } = bodyOf(await shop.create(draft), 201, Placed);
  return { id, link: await shop.connect(asCustomer(tracking.token)) };
}

const checks = {
  '[3] a customer sees their own orders, and no others': async (shop: Shop) => {
    const who = shop.as(tokenOf(shop));
    const mine = await shop.place({ customer: { ref: 'u-1', name: 'Nino' } });
    const other = await shop.place({ customer: { ref: 'u-2', name: 'Mari' } });
    const { orders } = bodyOf(await who.get('/customer/orders'), 200, CustomerOrders);
    assert.deepEqual(
      orders.map(({ id }) => id),
      [mine.id],
    );
    refusalOf(await who.post(`/customer/orders/${other.id}/cancel`, {}), 'not_found');
    const elsewhere = client(shop, tokenOf(shop, (await openShop(shop)).id));
    refusalOf(await elsewhere.post(`/customer/orders/${mine.id}/cancel`, {}), 'not_found');
  },
  '[3] a customer’s token counts only when signed, in time and of the right kind': async (shop: Shop) => {
    const secret = secretOf(shop);
    const claims = { sub: 'u-1', store: shop.id };
    for (const token of [
      jwt('another-secret-0123456789-0123456789', claims),
      jwt(secret, { ...claims, exp: inSeconds(-60) }),
      jwt(secret, { ...claims, exp: undefined }),
      jwt(secret, claims, 'none'),
      jwt(secret, claims).replace(/[^.]+$/, ''),
    ]) {
      refusalOf(await shop.as(token).get('/customer/orders'), 'unauthorized');
      assert.equal(await shop.refusal(asCustomer(token)), 'unauthorized');
    }
  },
  '[3] a customer writes no orders and reads no store': async (shop: Shop) => {
    const who = shop.as(tokenOf(shop));
    const { id } = await shop.place({ customer: { ref: 'u-1' } });
    for (const path of [`/orders/${id}`, '/orders', '/snapshot', '/metrics'])
      refusalOf(await who.get(path), 'forbidden');
    refusalOf(await who.post('/orders', aDraft()), 'forbidden');
  },
  '[6] the holder of a tracking token hears of that order, without phone numbers': async (shop: Shop) => {
    const { id, link } = await tracked(shop, { customer: { name: 'Nino', phone: '+995555123456' } });
    const other = await shop.place();
    for (const orderId of [other.id, id]) await shop.setStatus(orderId, 'preparing');
    await receives(link, id, 'preparing');
    assert.ok(!link.messages.some(({ raw }) => raw.includes('+995555123456') || raw.includes(other.id)));
  },
  '[6] a customer gets `order_removed` when their order is deleted': async (shop: Shop) => {
    const { id, link } = await tracked(shop);
    statusIs(await shop.remove(id), 204);
    await eventually('order_removed', () => link.of('order_removed').length > 0);
  },
  '[6] a customer cancels while the order is pending, and not later': async (shop: Shop) => {
    const first = await tracked(shop);
    await first.link.ask('cancel', { orderId: first.id, reason: 'changed my mind' });
    assert.equal((await shop.order(first.id)).status, 'cancelled');
    await receives(first.link, first.id, 'cancelled');

    const late = await tracked(shop);
    await shop.setStatus(late.id, 'preparing');
    await late.link.refused('cancel', { orderId: late.id });
    assert.equal((await shop.order(late.id)).status, 'preparing');
  },
  '[6] a customer cannot cancel somebody else’s order': async (shop: Shop) => {
    const { link } = await tracked(shop);
    const other = await shop.place();
    for (const payload of [{ orderId: other.id }, { orderId: 'nope' }, {}, null]) await link.refused('cancel', payload);
    await sleep(100);
    assert.deepEqual(await shop.order(other.id), other);
  },
};

/** The role `customer` and `/customer` (contract, sections 3 and 6). */
export const customers = group('customers', checks, { part: 'customers' });

const StoreChanges = z.object({ storeId: z.string(), changes: z.array(Change) });
const asAdmin = (token: string) => ({ namespace: '/admin', auth: { token }, got: false });

async function subscribed(shop: Shop) {
  const link = await shop.connect(asAdmin(shop.adminToken));
  await link.ask('subscribe', { storeIds: [shop.id] });
  return link;
}

const adminChecks = {
  '[6] /admin is for the admin alone': async (shop: Shop) => {
    for (const token of ['nobody-has-this-token-0123456789', shop.integration.token, shop.display.token])
      assert.equal(await shop.refusal(asAdmin(token)), 'unauthorized');
  },
  '[6] a subscriber hears the changes of the stores it named, and of no others': async (shop: Shop) => {
    const link = await subscribed(shop);
    await (await openShop(shop)).place();
    const { id } = await shop.place();
    const seen = () => link.of('changes').map(({ payload }) => shaped('changes', payload, StoreChanges));
    await eventually('the change', () => seen().some(({ changes }) => changes.some(({ orderId }) => orderId === id)));
    await sleep(200);
    for (const { storeId } of seen()) assert.equal(storeId, shop.id);
  },
  '[6] a subscriber hears stats and presence': async (shop: Shop) => {
    const link = await subscribed(shop);
    await shop.live();
    await shop.place();
    await eventually('stats', () => link.of('stats').length > 0);
    await eventually('presence', () => link.of('presence').some(({ raw }) => raw.includes(shop.display.deviceId)));
  },
};

/** `/admin` (contract, section 6). */
export const adminSocket = group('admin socket', adminChecks, { part: 'admin-socket' });
