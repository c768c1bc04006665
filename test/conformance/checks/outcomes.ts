import assert from 'node:assert/strict';
import { group } from '../support/check.ts';
import { aCommand } from '../support/drafts.ts';
import { orderOf, statusIs } from '../support/expect.ts';
import { OPEN, type Order, type Status } from '../support/shapes.ts';
import { addDevice, command, commandOne, historyOf, openShop, orderNow, place, type Shop } from '../support/shop.ts';

const HOUR_MS = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** A forward step that is answered `applied` in every open status. */
const NEXT: Partial<Record<Status, Status>> = { pending: 'preparing', preparing: 'ready', ready: 'completed' };

/** What becomes of a command, case by case (rule C4). */
export const outcomes = group('outcomes', {
  '[C4] applied: the next step from where the order is, whatever version the person saw': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    await shop.integration.patch(`/orders/${order.id}`, { note: 'changed since' });
    const result = await commandOne(shop, aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }));
    assert.deepEqual([result.outcome, result.code, result.order], ['applied', undefined, undefined]);
    const now = await orderNow(shop, order.id);
    assert.deepEqual([now.status, now.note, now.seq], ['preparing', 'changed since', result.seq]);
  },

  '[C4] already: the order is there already, by whoever': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const second = await addDevice(shop, 'display');
    const bump = { from: 'pending', to: 'preparing' };
    await commandOne(shop, aCommand(order, 'set_status', bump), second);
    const result = await commandOne(shop, aCommand(order, 'set_status', bump));
    assert.deepEqual([result.outcome, result.order], ['already', undefined]);
    assert.equal((await historyOf(shop, order.id)).length, 2);
  },

  '[C4] superseded: the order is further on already': async (trial) => {
    const shop = await openShop(trial);
    for (const status of ['ready', 'completed'] as const) {
      const order = await place(shop, { status });
      const result = await commandOne(shop, aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }));
      assert.deepEqual([result.outcome, result.order], ['superseded', undefined]);
      assert.deepEqual(await orderNow(shop, order.id), order);
    }
  },

  '[C4] a recall goes through when its baseVersion is the order’s': async (trial) => {
    const shop = await openShop(trial);
    const recalls: [Status, Status, string][] = [
      ['ready', 'preparing', 'pickup'],
      ['delivering', 'ready', 'delivery'],
      ['completed', 'ready', 'dine_in'],
      ['completed', 'delivering', 'delivery'],
    ];
    for (const [from, to, fulfilment] of recalls) {
      const order = await place(shop, { status: from, fulfilment });
      const result = await commandOne(shop, aCommand(order, 'set_status', { from, to }));
      assert.equal(result.outcome, 'applied', `${from} to ${to}: ${JSON.stringify(result)}`);
      assert.equal((await orderNow(shop, order.id)).status, to);
    }
  },

  '[C4] a recall by somebody who saw an older version is rejected, stale, with the order as it is now': async (
    trial,
  ) => {
    const shop = await openShop(trial);
    const order = await place(shop, { status: 'ready' });
    const now = orderOf(await shop.integration.patch(`/orders/${order.id}`, { note: 'changed since' }));
    const recall = { from: 'ready', to: 'preparing' };
    const old = await commandOne(shop, aCommand(order, 'set_status', recall));
    assert.deepEqual([old.outcome, old.code, old.order], ['rejected', 'stale', now]);
    assert.equal((await commandOne(shop, aCommand(now, 'set_status', recall))).outcome, 'applied');
  },

  '[C4] a command made eleven hours ago, offline, still counts': async (trial) => {
    const shop = await openShop(trial);
    const issuedAt = ago(11 * HOUR_MS);
    const order = await place(shop);
    const result = await commandOne(shop, aCommand(order, 'acknowledge', {}, { issuedAt }));
    assert.equal(result.outcome, 'applied');
    const { acknowledgedAt } = await orderNow(shop, order.id);
    assert.ok(acknowledgedAt && Date.parse(acknowledgedAt) > Date.parse(issuedAt) + HOUR_MS, 'not server time');
  },

  '[C4] a command from a clock that runs ahead still counts': async (trial) => {
    const shop = await openShop(trial);
    const issuedAt = ago(-5 * HOUR_MS);
    const result = await commandOne(shop, aCommand(await place(shop), 'acknowledge', {}, { issuedAt }));
    assert.equal(result.outcome, 'applied');
  },

  '[C4] anything else wrong with a command is rejected, invalid, and consumed, so that it blocks nobody': async (
    trial,
  ) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const wrong: Record<string, unknown>[] = [
      { type: undefined },
      { type: 7 },
      { payload: undefined },
      { payload: 'x' },
      { payload: { priority: 'yes' } },
      { orderId: undefined },
      { orderId: 7 },
      { baseVersion: 'x' },
      { issuedAt: 'yesterday' },
      { issuedAt: undefined },
    ];
    const base = () => aCommand(order, 'set_priority', { priority: true });
    const bad = wrong.map((change) => ({ ...base(), ...change }));
    const batch = [...bad, { ...base(), after: bad.at(-1)?.commandId ?? null }];
    const { results } = await command(shop, batch);
    assert.deepEqual(
      results.map(({ commandId }) => commandId),
      batch.map(({ commandId }) => commandId),
    );
    assert.deepEqual(
      results.slice(0, -1).map(({ outcome, code }) => [outcome, code]),
      wrong.map(() => ['rejected', 'invalid']),
    );
    assert.equal(results.at(-1)?.outcome, 'applied');
  },

  '[C4] a command for a deleted order is rejected, not_found': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    statusIs(await shop.integration.delete(`/orders/${order.id}`), 204);
    const result = await commandOne(shop, aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }));
    assert.deepEqual([result.outcome, result.code, result.order], ['rejected', 'not_found', undefined]);
  },

  '[C4] two displays bump one order at once: it moves once, and the second is told': async (trial) => {
    const shop = await openShop(trial);
    const second = await addDevice(shop, 'display');
    for (const status of OPEN.slice(0, 3)) {
      const order = await place(shop, { status });
      const told = await bothBump(shop, order, second);
      assert.deepEqual(told.toSorted(), ['already', 'applied']);
    }
  },

  '[C4] the order of a rejected command is what it is now': async (trial) => {
    const shop = await openShop(trial);
    const order = await place(shop);
    const now = orderOf(
      await shop.integration.post(`/orders/${order.id}/status`, { status: 'cancelled', reason: 'no dough' }),
    );
    const result = await commandOne(shop, aCommand(order, 'set_status', { from: 'pending', to: 'preparing' }));
    assert.deepEqual([result.code, result.order], ['order_cancelled', now]);
  },
});

async function bothBump(shop: Shop, order: Order, second: Shop['display']) {
  const payload = { from: order.status, to: NEXT[order.status] };
  const send = (who: Shop['display']) => commandOne(shop, aCommand(order, 'set_status', payload), who);
  return (await Promise.all([send(shop.display), send(second)])).map(({ outcome }) => outcome);
}
