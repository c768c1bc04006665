import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASES } from '../testing/databases.ts';
import { lossyTerm } from '../testing/lossy-term.ts';
import { ADMIN, draft, refusalOf } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { DAY, range, seqs, webhookShop } from '../testing/webhook-shop.ts';

describe.each(DATABASES)('[section 11] a replay on $database', ({ start }) => {
  const opened = async (options = {}) => {
    const temp = await start(options);
    return { temp, ...(await webhookShop(temp)) };
  };

  it('sends everything from a number on again, with the same ids, in order', async () => {
    const { temp, receiver, add, place, until } = await opened();
    for (let i = 0; i < 3; i++) await place();
    const { id } = await add();
    for (let i = 0; i < 3; i++) await place();
    await until('what is new', () => receiver.calls.length === 3);
    for (const [from, first] of [
      [5, 5],
      [1, 1],
      [0, 1],
    ] as const) {
      const before = receiver.calls.length;
      expect(await temp.service.webhooks.replay(id, from, null)).toMatchObject({ id, disabled: false });
      await until(`from ${from}`, () => receiver.calls.length === before + 7 - first);
      expect(seqs(receiver.calls.slice(before))).toEqual(range(first, 6));
    }
    for (const seq of range(4, 6)) {
      const ids = receiver.calls.filter(({ message }) => message.seq === seq).map((call) => call.id);
      expect(new Set(ids).size).toBe(1);
    }
  });

  it('from after the head drops what waits; from elsewhere it is refused and changes nothing', async () => {
    const { temp, receiver, add, place, until } = await opened();
    const { id } = await add();
    receiver.answer = () => 500;
    for (let i = 0; i < 3; i++) await place();
    await until('a failed try', () => receiver.calls.length === 1);
    for (const from of [5, 999]) {
      const refusal = await refusalOf(temp.service.webhooks.replay(id, from, null));
      expect(refusal).toMatchObject({ code: 'invalid_request', details: [{ path: 'from' }] });
    }
    expect((await temp.service.webhooks.get(id, null)).cursor).toBe(0);
    receiver.answer = () => 200;
    await temp.service.webhooks.replay(id, 4, null);
    await place();
    await until('the next one', () => receiver.calls.length === 2);
    expect(seqs(receiver.calls)).toEqual([1, 4]);
  });

  it('ends the waiting for the next try', async () => {
    const { temp, receiver, add, place, until } = await opened();
    const { id } = await add();
    receiver.answer = () => 500;
    await place();
    await until('a failed try', async () => (await temp.service.webhooks.deliveries(id, null)).length === 1);
    receiver.answer = () => 200;
    await temp.service.webhooks.replay(id, 1, null);
    await until('it arrives', () => receiver.calls.length === 2);
    await until(
      'it is stored',
      async () => (await temp.service.webhooks.deliveries(id, null))[0]?.state === 'delivered',
    );
    expect(await temp.service.webhooks.get(id, null)).toMatchObject({ cursor: 1, failingSince: null });
  });

  it('a webhook whose changes are no longer kept goes on with the oldest one; receiver and owner get a message', async () => {
    const { temp, receiver, add, place, until } = await opened({ retention: { logChanges: 2, logDays: 1 } });
    const { id } = await add();
    await place();
    await until('the first', () => receiver.calls.length === 1);
    await until('its cursor', async () => (await temp.service.webhooks.get(id, null)).cursor === 1);
    await temp.service.webhooks.patch(id, { url: undefined, disabled: true }, null);
    for (let i = 0; i < 5; i++) await place();
    temp.clock.now += 2 * DAY;
    await temp.service.clean();
    const refusal = await refusalOf(temp.service.webhooks.replay(id, 2, null));
    expect(refusal.details).toEqual([
      { path: 'from', message: 'must be at least 5: older changes are no longer kept' },
    ]);
    await temp.service.webhooks.patch(id, { url: undefined, disabled: false }, null);
    await until('the rest', () => receiver.calls.length === 5);
    expect(receiver.calls[2]?.message).toEqual({ type: 'reset', data: { reason: 'too_old' } });
    expect(receiver.calls.slice(1).map(({ message }) => message.seq ?? message.type)).toEqual([
      'escalation',
      'reset',
      5,
      6,
    ]);
    const { escalations } = await temp.service.escalations.list({ storeId: 'main', limit: 9 });
    expect(escalations).toMatchObject([{ kind: 'webhook', resolvedAt: null }]);
    expect(escalations[0]?.detail).toMatch(/^The webhook to 127\.0\.0\.1:\d+ missed the changes 2 to 4, /);
    await temp.service.webhooks.replay(id, 5, null);
    expect(await temp.service.escalations.unresolved()).toEqual([]);
  });
});

it.each([
  ['', false],
  [', also if the database ends once that is stored', true],
])('after a restored backup a webhook goes on at the head; receiver and owner get a message%s', async (_, isLost) => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  const { receiver, add, place, until } = await webhookShop(temp);
  const { id } = await add();
  await place();
  await until('its cursor', async () => (await temp.service.webhooks.get(id, null)).cursor === 1);
  await temp.service.close();
  const raw = new Sqlite(temp.file);
  raw.exec(`update store_logs set epoch = 'another'`);
  raw.close();
  const service = await temp.restart();
  service.deliverWebhooks(
    await lossyTerm(service.leases, 'unanswered', async ({ tx }) => {
      const resets = await tx.selectFrom('webhook_news').select('number').where('type', '=', 'reset').execute();
      return isLost && resets.length > 0;
    }),
  );
  await until('a reset', () => receiver.calls.length === 3);
  expect(receiver.calls[2]).toMatchObject({
    id: 'another-main-reset-3',
    message: { type: 'reset', data: { reason: 'epoch' } },
  });
  expect(await temp.service.escalations.unresolved()).toHaveLength(1);
  await temp.service.orders.create(ADMIN, 'main', draft());
  await until('the next change', () => receiver.calls.length >= 4);
  expect(temp.logged.some((line) => line.includes('could not be read or stored'))).toBe(isLost);
  expect(receiver.calls[3]).toMatchObject({ id: 'another-main-2', message: { seq: 2 } });
});
