import assert from 'node:assert/strict';
import { z } from 'zod';
import { connectFeed, type FeedClient, FeedRefused } from '#test/support/feed-client.ts';
import { group } from '../support/check.ts';
import { aCommand } from '../support/drafts.ts';
import { eventually, SLACK_MS, shaped, statusIs } from '../support/expect.ts';
import { Change, Order } from '../support/shapes.ts';
import { openShop, type Shop } from '../support/shop.ts';

const Hello = z.strictObject({
  type: z.literal('hello'),
  data: z.strictObject({ epoch: z.string().min(1), head: z.int().min(0) }),
});
const FeedChange = z.strictObject({
  ...Change.pick({ type: true, seq: true, at: true }).shape,
  data: z.strictObject({
    order: Order.nullable(),
    ...Change.pick({ orderId: true, previousStatus: true, reason: true }).shape,
  }),
});

interface Asked {
  token?: string | null;
  query?: Record<string, string | number>;
}

/** A client whose first message has arrived. */
async function open(shop: Shop, { token = shop.integration.token, query = {} }: Asked = {}): Promise<FeedClient> {
  const client = await connectFeed(shop.url, { token, query });
  shop.after(() => client.ws.terminate());
  await eventually('the first message', () => client.messages.length > 0);
  return client;
}
const helloOf = ({ messages: [first] }: FeedClient) => shaped('the first message', first, Hello).data;
const changesOf = (client: FeedClient) => client.changes().map((one) => shaped('a change', one, FeedChange));
const hasAll = (client: FeedClient, head: number) =>
  eventually(`everything up to ${head}`, () => client.changes().at(-1)?.seq === head);
const statusOf = (shop: Shop, asked: Asked): Promise<number> =>
  open(shop, asked).then(
    () => 101,
    (error: Error) => (error instanceof FeedRefused ? error.status : assert.fail(error.message)),
  );

/** Seven changes, the last two of which cancel and delete. */
async function sevenChanges(shop: Shop): Promise<void> {
  const [first, second] = [await shop.place(), await shop.place()];
  statusIs(await shop.patch(first.id, { note: 'new' }), 200);
  await shop.setStatus(first.id, 'preparing');
  await shop.commandOne(aCommand(second, 'acknowledge'));
  await shop.setStatus(second.id, 'cancelled', 'no dough');
  statusIs(await shop.remove(first.id), 204);
}

/** `/api/v1/feed` (contract, sections 10 and 16). */
export const feed = group(
  'the plain feed',
  {
    '[10] says hello, then every change with its order as it was after it': async (shop) => {
      const client = await open(shop);
      assert.equal(helloOf(client).head, 0);
      await sevenChanges(shop);
      await hasAll(client, 7);
      const changes = changesOf(client);
      assert.deepEqual(
        changes.map(({ seq }) => seq),
        [1, 2, 3, 4, 5, 6, 7],
      );
      assert.deepEqual(
        changes.map(({ data: { order } }) => order?.version ?? null),
        [1, 1, 2, 3, 2, 3, null],
      );
      for (const { seq, data } of changes) if (data.order) assert.equal(data.order.seq, seq);
      assert.deepEqual(
        changes.map(({ data }) => data.previousStatus ?? null),
        [null, null, null, 'pending', null, 'pending', null],
      );
      assert.equal(changes[5]?.data.reason, 'no dough');
    },
    '[10] goes on after `since` with what it told those who stayed': async (shop) => {
      const live = await open(shop);
      await sevenChanges(shop);
      await hasAll(live, 7);
      const { epoch } = helloOf(live);
      for (const since of [0, 2, 6]) {
        const client = await open(shop, { query: { since, epoch } });
        assert.deepEqual(helloOf(client), { epoch, head: 7 });
        await hasAll(client, 7);
        assert.deepEqual(client.changes(), live.changes().slice(since));
      }
    },
    '[S2] says reset and ends when it cannot go on': async (shop) => {
      const { epoch } = helloOf(await open(shop));
      for (const [query, reason] of [
        [{ since: 0, epoch: 'another' }, 'epoch'],
        [{ since: 1, epoch }, 'future'],
      ] as const) {
        const client = await open(shop, { query });
        await client.ended;
        assert.deepEqual(client.messages, [{ type: 'reset', data: { reason } }]);
      }
    },
    '[10] is for displays, integrations and managers, and for an admin who names the store': async (shop) => {
      const other = await openShop(shop);
      const manager = await shop.addDevice('manager');
      for (const { token } of [shop.display, shop.integration, manager]) {
        assert.equal(await statusOf(shop, { token }), 101);
        assert.equal(await statusOf(shop, { token, query: { storeId: other.id } }), 404);
      }
      const token = shop.adminToken;
      assert.equal(await statusOf(shop, { token, query: { storeId: shop.id } }), 101);
      assert.equal(await statusOf(shop, { token, query: { storeId: 'nowhere' } }), 404);
      assert.equal(await statusOf(shop, { token }), 400);
    },
    '[10] refuses a wrong token and a wrong `since` on the handshake': async (shop) => {
      const { token } = shop.display;
      assert.equal(await statusOf(shop, { token: null }), 401);
      assert.equal(await statusOf(shop, { token: `${token}x` }), 401);
      assert.equal(await statusOf(shop, { token: null, query: { token } }), 401);
      for (const since of ['abc', '-1', '1.5'])
        assert.equal(await statusOf(shop, { query: { since, epoch: 'e' } }), 400, since);
      assert.equal(await statusOf(shop, { query: { since: 0 } }), 400);
    },
    '[10] sends nothing of another store': async (shop) => {
      const other = await openShop(shop);
      const [mine, theirs] = [await open(shop), await open(other)];
      await other.place({ note: 'not yours' });
      await hasAll(theirs, 1);
      await shop.place();
      await hasAll(mine, 1);
      assert.ok(!JSON.stringify(mine.messages).includes('not yours'));
    },
    '[10] answers a ping, and survives what is none': async (shop) => {
      const client = await open(shop);
      for (const text of ['no json', 'null', '[]', '{"type":{}}', '{"type":"ping"}']) client.ws.send(text);
      await eventually('a pong', () => client.of('pong').length > 0);
      await shop.place();
      await hasAll(client, 1);
    },
    '[3] revoking a device ends its feed within 2 s, and no other': async (shop) => {
      const { deviceId, token } = await shop.addDevice('integration');
      const [lost, kept] = [await open(shop, { token }), await open(shop)];
      statusIs(await shop.admin.delete(`/devices/${deviceId}`), 204);
      await eventually('it is ended', () => lost.closed !== null, 2_000 + SLACK_MS);
      assert.equal(kept.closed, null);
    },
  },
  { part: 'feed' },
);
