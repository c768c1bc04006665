import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import type { Call } from '../testing/webhook-receiver.ts';
import { aReceiver, HOUR, MINUTE, seqs, webhookShop } from '../testing/webhook-shop.ts';

const typed = (calls: readonly Call[], type: string) => calls.filter(({ message }) => message.type === type);

describe.each(DATABASES)('[section 16] messages without a seq on $database', ({ start }) => {
  const opened = async (options = {}) => {
    const temp = await start(options);
    return { temp, ...(await webhookShop(temp)) };
  };

  it('tell what a store takes, when it is changed and when a time ends, each once, with an id that stays', async () => {
    const { temp, receiver, add, pass, restart, until } = await opened();
    await temp.service.availability.patch('main', { busyUntil: new Date(temp.clock.now + HOUR).toISOString() });
    await add();
    const pausedUntil = new Date(temp.clock.now + MINUTE).toISOString();
    receiver.answer = () => 500;
    await temp.service.availability.patch('main', { pausedUntil });
    await until('a failed try', () => receiver.calls.length === 1);
    await restart();
    receiver.answer = () => 200;
    await pass(MINUTE);
    await temp.service.lookAtAvailability();
    await until('the end', () => receiver.calls.length === 3);
    await restart();
    await sleep(30);
    const { epoch } = await temp.service.log.head('main');
    expect(receiver.calls.map(({ id, message }) => [id, Object.keys(message), message.data.pausedUntil])).toEqual([
      [`${epoch}-main-availability-2`, ['type', 'data'], pausedUntil],
      [`${epoch}-main-availability-2`, ['type', 'data'], pausedUntil],
      [`${epoch}-main-availability-3`, ['type', 'data'], null],
    ]);
    expect(receiver.calls[0]?.message.data).toEqual({
      ...(await temp.service.availability.get('main')),
      pausedUntil,
    });
  });

  it('tell escalations when they are raised and when they are resolved, to those who want them', async () => {
    const { temp, receiver, display, add, place, until } = await opened();
    const other = await aReceiver();
    await add();
    await add({ events: ['order_created'] }, other.url);
    temp.service.receipts.connected(display);
    const order = await place();
    temp.service.receipts.onDisk(display, order.seq ?? 0);
    temp.clock.now += 61_000;
    await temp.service.escalate();
    await temp.service.orders.remove(ADMIN, order.id, {});
    await temp.service.escalate();
    await until('four messages', () => receiver.calls.length === 4);
    const told = typed(receiver.calls, 'escalation').map(({ message }) => message.data);
    expect(told).toMatchObject([
      { kind: 'unacknowledged', orderId: order.id, orderNumber: order.number, detail: null, resolvedAt: null },
      { kind: 'unacknowledged', orderId: order.id, resolvedAt: new Date(temp.clock.now).toISOString() },
    ]);
    expect(seqs(other.calls)).toEqual([1]);
    expect(other.calls).toHaveLength(1);
  });

  it('pass changes that wait, but not the one that is being tried', async () => {
    const { temp, receiver, add, place, pass, restart, until } = await opened();
    const { id } = await add();
    receiver.answer = () => 500;
    await place();
    await place();
    await until('a failed try', async () => (await temp.service.webhooks.deliveries(id, null)).length === 1);
    await temp.service.availability.patch('main', { open: false });
    await restart();
    receiver.answer = () => 200;
    await pass(MINUTE);
    await until('all', () => receiver.calls.length === 4);
    expect(receiver.calls.map(({ message }) => message.seq ?? message.type)).toEqual([1, 1, 'availability', 2]);
  });
});

it('[section 16] a change of what a store takes is sent even if the server is killed before it is noted', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { receiver, add, restart, until, deliveries } = await webhookShop(temp);
  const { id } = await add({ disabled: true });
  await temp.service.availability.patch('main', { open: false });
  await temp.service.close();
  const raw = new Sqlite(temp.file);
  raw.exec(`delete from webhook_news where number > 1`);
  raw.close();
  await restart();
  await temp.service.webhooks.patch(id, { url: undefined, disabled: false }, null);
  await until('the change', () => receiver.calls.length === 1);
  expect(receiver.calls[0]?.message).toMatchObject({ type: 'availability', data: { open: false } });
  await until('it is stored', async () => (await deliveries(id))[0]?.state === 'delivered');
  await restart();
  await sleep(30);
  expect(receiver.calls).toHaveLength(1);
});
