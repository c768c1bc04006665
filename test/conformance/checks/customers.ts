import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { group, Skip, type Trial } from '../support/check.ts';
import { client } from '../support/client.ts';
import { connect, type DisplayLink, refusal } from '../support/display-link.ts';
import { aDraft } from '../support/drafts.ts';
import { bodyOf, refusalOf, shaped, statusIs } from '../support/expect.ts';
import { ErrorAck, Order, Tracked } from '../support/shapes.ts';
import { openShop, orderNow, place, type Shop, setStatus } from '../support/shop.ts';
import { eventually, sleep } from '../support/waiting.ts';

const HOUR_S = 3_600;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A customer's JWT: HS256 with claims `sub`, `store` and `exp` (contract, section 3). */
function jwt(secret: string, claims: Record<string, unknown>, header = { alg: 'HS256', typ: 'JWT' }): string {
  const head = `${base64(header)}.${base64({ exp: Math.floor(Date.now() / 1_000) + HOUR_S, ...claims })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

function secretOf(trial: Trial): string {
  if (!trial.customerSecret) throw new Skip('needs --customer-secret');
  return trial.customerSecret;
}

const guest = (trial: Trial, token: string): Promise<DisplayLink> =>
  connect(trial, token, { namespace: '/customer', auth: { token } });
const PublicOrder = z.object({ id: z.string(), status: Order.shape.status });
const hears = (link: DisplayLink, id: string, status: string) =>
  eventually(`order ${id} is ${status}`, () =>
    link.of('order').find(({ payload }) => {
      const order = shaped('order', payload, PublicOrder);
      return order.id === id && order.status === status;
    }),
  );

async function trackingToken(shop: Shop, change: Record<string, unknown> = {}): Promise<{ id: string; token: string }> {
  const { id, tracking } = bodyOf(
    await shop.integration.post('/orders', aDraft(change)),
    201,
    Tracked.extend({ id: z.string() }),
  );
  return { id, token: tracking.token };
}

/** The role `customer` and `/customer` (contract, sections 3 and 6). */
export const customers = group(
  'customers',
  {
    '[3] a customer sees their own orders, and no others': async (trial) => {
      const shop = await openShop(trial);
      const who = client(trial, jwt(secretOf(trial), { sub: 'u-1', store: shop.id }));
      const mine = await place(shop, { customer: { ref: 'u-1', name: 'Nino' } });
      const other = await place(shop, { customer: { ref: 'u-2', name: 'Mari' } });
      statusIs(await who.get(`/orders/${mine.id}`), 200);
      refusalOf(await who.get(`/orders/${other.id}`), 'not_found');
      const elsewhere = client(trial, jwt(secretOf(trial), { sub: 'u-1', store: (await openShop(trial)).id }));
      refusalOf(await elsewhere.get(`/orders/${mine.id}`), 'not_found');
    },

    '[3] a customer’s token counts only when signed, in time and of the right kind': async (trial) => {
      const shop = await openShop(trial);
      const secret = secretOf(trial);
      const claims = { sub: 'u-1', store: shop.id };
      const { id } = await place(shop, { customer: { ref: 'u-1' } });
      const right = jwt(secret, claims);
      const wrong = [
        jwt('another-secret-0123456789-0123456789', claims),
        jwt(secret, { ...claims, exp: Math.floor(Date.now() / 1_000) - 60 }),
        jwt(secret, { ...claims, exp: undefined }),
        jwt(secret, claims, { alg: 'none', typ: 'JWT' }),
        `${right.slice(0, right.lastIndexOf('.'))}.`,
      ];
      for (const token of wrong) {
        refusalOf(await client(trial, token).get(`/orders/${id}`), 'unauthorized');
        assert.equal(await refusal(trial, token, { namespace: '/customer', auth: { token } }), 'unauthorized');
      }
    },

    '[3] a customer writes no orders and reads no store': async (trial) => {
      const shop = await openShop(trial);
      const who = client(trial, jwt(secretOf(trial), { sub: 'u-1', store: shop.id }));
      for (const answer of [await who.post('/orders', aDraft()), await who.get('/snapshot'), await who.get('/metrics')])
        refusalOf(answer, 'forbidden');
    },

    '[6] the holder of a tracking token hears of that order, without phone numbers': async (trial) => {
      const shop = await openShop(trial);
      const { id, token } = await trackingToken(shop, { customer: { name: 'Nino', phone: '+995555123456' } });
      const other = await place(shop);
      const link = await guest(trial, token);
      await setStatus(shop, other.id, 'preparing');
      await setStatus(shop, id, 'preparing');
      await hears(link, id, 'preparing');
      assert.ok(!link.messages.some(({ raw }) => raw.includes('+995555123456') || raw.includes(other.id)));
    },

    '[6] a customer is told when their order is removed': async (trial) => {
      const shop = await openShop(trial);
      const { id, token } = await trackingToken(shop);
      const link = await guest(trial, token);
      statusIs(await shop.integration.delete(`/orders/${id}`), 204);
      await eventually('order_removed', () => link.of('order_removed').length > 0);
    },

    '[6] a customer cancels while the order is pending, and not later': async (trial) => {
      const shop = await openShop(trial);
      const first = await trackingToken(shop);
      const link = await guest(trial, first.token);
      await link.ask('cancel', { orderId: first.id, reason: 'changed my mind' });
      assert.equal((await orderNow(shop, first.id)).status, 'cancelled');
      await hears(link, first.id, 'cancelled');

      const second = await trackingToken(shop);
      const late = await guest(trial, second.token);
      await setStatus(shop, second.id, 'preparing');
      shaped('the ack', await late.ask('cancel', { orderId: second.id }), ErrorAck);
      assert.equal((await orderNow(shop, second.id)).status, 'preparing');
    },

    '[6] a customer cannot cancel somebody else’s order': async (trial) => {
      const shop = await openShop(trial);
      const { token } = await trackingToken(shop);
      const other = await place(shop);
      const link = await guest(trial, token);
      for (const payload of [{ orderId: other.id }, { orderId: 'nope' }, {}, null])
        shaped('the ack', await link.ask('cancel', payload), ErrorAck);
      await sleep(100);
      assert.deepEqual(await orderNow(shop, other.id), other);
    },
  },
  { part: 'customers' },
);
