import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Order } from '#contract/order.ts';
import { DatabaseUnavailable } from '../database/database-unavailable.ts';
import { soleTerm } from '../leases/term.ts';
import { DATABASES } from '../testing/databases.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import type { Reply } from '../testing/webhook-receiver.ts';
import { aReceiver, DAY, HOUR, MINUTE, range, seqs, webhookShop } from '../testing/webhook-shop.ts';

describe.each(DATABASES)('[section 11] a webhook on $database', ({ start }) => {
  const opened = async (options = {}) => {
    const temp = await start(options);
    return { temp, ...(await webhookShop(temp)) };
  };

  it('gets every change from its start on, once, in order, each with the order as it was then', async () => {
    const { temp, receiver, add, place, integration, until } = await opened();
    await place();
    const { id } = await add();
    const order = await place();
    await Promise.all([
      temp.service.orders.patch(integration, order.id, { note: 'one' }, {}),
      temp.service.orders.patch(integration, order.id, { note: 'two' }, {}),
      place(),
    ]);
    await temp.service.orders.remove(integration, order.id, {});
    await until('six changes', () => seqs(receiver.calls).length === 5);
    const { epoch } = await temp.service.log.head('main');
    expect(receiver.calls.map((call) => call.id)).toEqual(range(2, 6).map((seq) => `${epoch}-main-${seq}`));
    for (const { message } of receiver.calls.slice(0, -1)) {
      expect(Object.keys(message)).toEqual(['type', 'seq', 'at', 'data']);
      expect((message.data.order as Order).seq).toBe(message.seq);
    }
    expect(receiver.calls.at(-1)?.message).toMatchObject({
      type: 'order_deleted',
      data: { order: null, orderId: order.id },
    });
    await until('its cursor', async () => (await temp.service.webhooks.get(id, null)).cursor === 6);
    expect(receiver.most()).toBe(1);
  });

  it('has its place stored also after a time when the database ended while that was stored', async () => {
    const { temp, receiver, add, place, until } = await opened();
    temp.service.deliverWebhooks(
      await lossyTerm(temp.service.leases, 'unanswered', async ({ tx }) => {
        const ofWebhook = tx.selectFrom('followers').select('name').where('name', 'like', 'webhook%');
        const isMoved = (await ofWebhook.where('cursor', '>', 0).execute()).length > 0;
        // It is sent before the place is stored again.
        if (isMoved) void place();
        return isMoved;
      }),
    );
    await add();
    await place();
    await until('the second place', async () => {
      const [row] = await temp.run(`select cursor from followers where name like 'webhook%'`);
      return Number(row?.cursor) === 2;
    });
    expect(temp.logged).not.toEqual([]);
    expect(seqs(receiver.calls)).toEqual([1, 2]);
  });

  it('has its place stored also if a message is tried once more while that fails', async () => {
    const { temp, receiver, add, place, until, deliveries } = await opened();
    const { queue } = await lossyTerm(temp.service.leases, 'undone', async () => false);
    const held = Promise.withResolvers<void>();
    let saves = Number.NEGATIVE_INFINITY;
    temp.service.deliverWebhooks(
      soleTerm({
        ...queue,
        async write(storeId, job, size) {
          saves += 1;
          if (saves === 2) await held.promise;
          if (saves === 1 || saves === 2) throw new DatabaseUnavailable('away', undefined);
          return queue.write(storeId, job, size);
        },
      }),
    );
    const { id } = await add();
    receiver.answer = () => (receiver.calls.length === 1 ? 500 : 200);
    await temp.service.lookAtWebhooks();
    saves = 0;
    await place();
    await until('a failed try that is not stored', () => saves === 1);
    const reading = temp.service.webhooks.get(id, null).catch((error) => error.fault);
    temp.clock.now += HOUR;
    await until('the second try', () => receiver.calls.length === 2);
    held.resolve();
    expect(await reading).toBe('away');
    await until('the place', async () => (await temp.service.webhooks.get(id, null)).cursor === 1);
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', tries: [{ status: 500 }, { status: 200 }] }]);
  });

  it('gets only the events that it wants, and passes the others', async () => {
    const { temp, receiver, add, place, integration, until } = await opened();
    await add({ events: ['order_deleted', 'availability'] });
    for (const { id } of [await place(), await place()]) await temp.service.orders.remove(integration, id, {});
    await temp.service.availability.patch('main', { open: false });
    await until('three messages', () => receiver.calls.length === 3);
    expect(receiver.calls.map(({ message }) => message.type).sort()).toEqual([
      'availability',
      'order_deleted',
      'order_deleted',
    ]);
  });

  it('that wants nothing of what happens keeps up with the log, over restarts', async () => {
    const { temp, receiver, add, place, until } = await opened();
    const { id } = await add({ events: ['availability'] });
    const stored = async () => (await temp.service.webhooks.list('main'))[0]?.cursor;
    for (let i = 0; i < 510; i += 30) await Promise.all(range(1, 30).map(place));
    await until('a stored cursor', async () => ((await stored()) ?? 0) >= 500);
    await place();
    await until('the last one is handled', async () => (await temp.service.webhooks.get(id, null)).cursor === 511);
    await temp.restart();
    expect(await temp.service.webhooks.get(id, null)).toMatchObject({ cursor: 511 });
    expect(receiver.calls).toEqual([]);
  });

  it('that is dead for a day gets everything in order, once, when it is back', async () => {
    const { temp, receiver, add, place, pass, until, deliveries } = await opened();
    const { id } = await add();
    await receiver.kill();
    await place();
    await until('a failed try', async () => (await deliveries(id)).length === 1);
    for (let hour = 0; hour < 24; hour++) {
      await pass(HOUR);
      await place();
    }
    expect((await temp.service.webhooks.get(id, null)).failingSince).not.toBeNull();
    await receiver.revive();
    await pass(20 * HOUR);
    await until('all changes', () => receiver.calls.length === 25);
    expect(seqs(receiver.calls)).toEqual(range(1, 25));
    await until('nothing waits', async () => (await deliveries(id)).every(({ state }) => state === 'delivered'));
    const first = (await deliveries(id)).at(-1);
    expect(first?.seq).toBe(1);
    expect(first?.tries.at(-1)?.status).toBe(200);
    expect(first?.tries.slice(0, -1).every(({ error }) => error?.includes('ECONNREFUSED'))).toBe(true);
    expect(await temp.service.webhooks.get(id, null)).toMatchObject({ cursor: 25, failingSince: null });
  });

  it('gets a message ten times by the schedule, over restarts; then it is given up, and the next goes on', async () => {
    const { temp, receiver, add, place, pass, restart, until, deliveries } = await opened();
    const { id } = await add();
    receiver.answer = ({ message }): Reply => (message.seq === 1 ? 500 : 200);
    await place();
    await place();
    const pauses = [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24];
    for (const [i, hours] of pauses.entries()) {
      await until(`try ${i + 1}`, async () => (await deliveries(id))[0]?.tries.length === i + 1);
      expect((await deliveries(id))[0]).toMatchObject({ state: 'waiting', seq: 1 });
      if (i % 3 === 1) await restart();
      await pass(hours * HOUR * 0.99);
      await sleep(30);
      expect(receiver.calls).toHaveLength(i + 1);
      await pass(hours * HOUR * 0.12);
    }
    await until('the next one', () => seqs(receiver.calls).includes(2));
    expect(new Set(receiver.calls.slice(0, 10).map((call) => call.id)).size).toBe(1);
    await until('both are stored', async () => (await deliveries(id)).length === 2);
    expect(await deliveries(id)).toMatchObject([
      { seq: 2, state: 'delivered', nextTryAt: null },
      { seq: 1, state: 'undeliverable', nextTryAt: null, tries: Array.from({ length: 10 }, () => ({ status: 500 })) },
    ]);
    expect(await temp.service.escalations.unresolved()).toEqual([]);
  });

  it('that fails for five days is switched off with an escalation; switched on again, it goes on', async () => {
    const { temp, receiver, add, place, pass, until, deliveries } = await opened();
    const { id } = await add();
    receiver.answer = () => 503;
    await place();
    await place();
    await until('a failed try', async () => (await deliveries(id)).length === 1);
    for (let hour = 0; hour < 5 * 24; hour++) {
      expect((await temp.service.webhooks.get(id, null)).disabled).toBe(false);
      await pass(HOUR);
      await sleep(5);
    }
    await until('it is off', async () => (await temp.service.webhooks.get(id, null)).disabled);
    const list = async () => (await temp.service.escalations.list({ storeId: 'main', limit: 9 })).escalations;
    expect(await list()).toMatchObject([{ kind: 'webhook', orderId: null, orderNumber: null, resolvedAt: null }]);
    expect((await list())[0]?.detail).toContain('has failed for five days and is switched off');
    const tried = receiver.calls.length;
    await place();
    await pass(DAY);
    await sleep(30);
    expect(receiver.calls).toHaveLength(tried);

    receiver.answer = () => 204;
    await temp.service.webhooks.patch(id, { url: undefined, disabled: false }, null);
    await until('what waited', () => seqs(receiver.calls.slice(tried)).length === 2);
    expect(seqs(receiver.calls.slice(tried))).toEqual([2, 3]);
    expect((await deliveries(id)).find(({ seq }) => seq === 1)?.state).toBe('undeliverable');
    expect((await list())[0]?.resolvedAt).not.toBeNull();
  });

  it('that failed and then had no message for five days is switched off too', async () => {
    const { temp, receiver, add, place, pass, until, deliveries } = await opened();
    const { id } = await add();
    receiver.answer = () => 503;
    await place();
    await until('a failed try', async () => (await deliveries(id)).length === 1);
    for (let hour = 0; hour < 100; hour++) await pass(HOUR).then(() => sleep(5));
    await until('it is given up', async () => (await deliveries(id))[0]?.state === 'undeliverable');
    await pass(DAY);
    await until('it is off', async () => (await temp.service.webhooks.get(id, null)).disabled);
    expect(await temp.service.escalations.unresolved()).toHaveLength(1);
  });

  it('that answers 410 is switched off', async () => {
    const { temp, receiver, add, place, pass, until } = await opened();
    const { id } = await add();
    receiver.answer = () => 410;
    await place();
    await until('it is off', async () => (await temp.service.webhooks.get(id, null)).disabled);
    await pass(DAY);
    expect(receiver.calls).toHaveLength(1);
    expect(await temp.service.escalations.unresolved()).toEqual([]);
  });

  it('that redirects, answers without end or never is a failure or a success by its status, and holds up no other', async () => {
    const { add, place, pass, until, deliveries } = await opened({ webhookWithinMs: 400 });
    const good = await aReceiver();
    const elsewhere = await aReceiver();
    const replies: Record<string, Reply> = {
      redirect: (response) => void response.writeHead(307, { location: elsewhere.url }).end(),
      never: 'never',
      huge(response) {
        response.writeHead(200);
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', write);
        write();
      },
      trickle(response) {
        response.writeHead(202);
        const timer = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(timer));
      },
    };
    const bad = new Map<string, string>();
    for (const [name, reply] of Object.entries(replies)) {
      const receiver = await aReceiver();
      receiver.answer = () => reply;
      bad.set(name, (await add({}, receiver.url)).id);
    }
    await add({}, good.url);
    for (let i = 0; i < 5; i++) await place();
    await until('the good one has all', () => good.calls.length === 5);
    const first = async (name: string) => (await deliveries(bad.get(name) ?? '')).at(-1);
    await until('all are tried', async () => (await Promise.all([...bad.keys()].map(first))).every(Boolean));
    expect(await first('redirect')).toMatchObject({ state: 'waiting', tries: [{ status: 307 }] });
    expect(elsewhere.calls).toEqual([]);
    expect(await first('never')).toMatchObject({ state: 'waiting', tries: [{ error: 'no answer within 0.4 s' }] });
    expect(await first('huge')).toMatchObject({ state: 'delivered', tries: [{ status: 200 }] });
    expect(await first('trickle')).toMatchObject({ state: 'delivered', tries: [{ status: 202 }] });
    await pass(6_000);
    await until('a second try', async () => (await first('never'))?.tries.length === 2);
  });

  it('that is slow has one message under way, gets all in order, and delays no other webhook and no order', async () => {
    const { receiver, add, place, until } = await opened();
    const fast = await aReceiver();
    receiver.answer = () => (response) => void setTimeout(() => response.writeHead(200).end(), 60);
    await add();
    await add({}, fast.url);
    for (let i = 0; i < 12; i++) await place();
    await until('the fast one has all', () => fast.calls.length === 12);
    expect(receiver.calls.length).toBeLessThan(12);
    await until('the slow one has all', () => receiver.calls.length === 12);
    expect(seqs(receiver.calls)).toEqual(range(1, 12));
    expect(receiver.most()).toBe(1);
  });

  it('[section 16] is signed by its former secret too for 24 h after it was rotated', async () => {
    const { temp, receiver, add, place, pass, until } = await opened();
    const { id } = await add();
    await temp.service.webhooks.rotate(id, null);
    for (const [signatures, hours] of [
      [2, 23.9],
      [1, 0.2],
    ] as const) {
      await pass(hours * HOUR);
      const before = receiver.calls.length;
      await place();
      await until('a call', () => receiver.calls.length > before);
      expect(receiver.calls.at(-1)?.headers['webhook-signature']?.split(' ')).toHaveLength(signatures);
    }
  });

  it('that is deleted or switched off gets nothing more, and goes on where it stopped', async () => {
    const { temp, receiver, add, place, pass, until, deliveries } = await opened();
    const gone = await aReceiver();
    const { id } = await add();
    const { id: deleted } = await add({}, gone.url);
    await place();
    await until('one change', () => receiver.calls.length === 1 && gone.calls.length === 1);
    await temp.service.webhooks.remove(deleted, null);
    await temp.service.webhooks.patch(id, { url: undefined, disabled: true }, null);
    await place();
    await pass(MINUTE);
    await sleep(50);
    expect([receiver.calls.length, gone.calls.length]).toEqual([1, 1]);
    await expect(deliveries(deleted)).rejects.toMatchObject({ code: 'not_found' });
    for (const table of ['webhooks', 'webhook_deliveries', 'followers'])
      expect(await temp.bytesOf(table)).toBeGreaterThan(2);
    await temp.service.webhooks.patch(id, { url: undefined, disabled: false }, null);
    await until('the second change', () => receiver.calls.length === 2);
    expect(seqs(receiver.calls)).toEqual([1, 2]);
  });

  it('keeps the newest deliveries, and no more', async () => {
    const { add, place, until, deliveries, receiver } = await opened();
    const { id } = await add();
    for (let i = 0; i < 260; i += 20) await Promise.all(range(1, 20).map(() => place()));
    await until('all changes', () => receiver.calls.length === 260);
    await until('the last is stored', async () => (await deliveries(id))[0]?.seq === 260);
    expect((await deliveries(id)).map(({ seq }) => seq)).toEqual(range(61, 260).reverse());
  });
});
