import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CommandAnswer } from '#contract/command.ts';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, chain, command, makeShop, refusalOf } from '../testing/shop.ts';

const bump = { from: 'pending', to: 'preparing', reason: undefined } as const;

describe.each(DATABASES)('commands on $database', ({ start }) => {
  it('[C2] returns the stored answer for a repeated command, after a restart too', async () => {
    const temp = await start();
    const { display, place } = await makeShop(temp.service);
    const order = await place();
    const intent = command(order, 'set_status', bump, temp.clock.now);
    const first = await temp.service.submitCommands(display, [intent]);
    expect(CommandAnswer.parse(first)).toEqual(first);
    expect(first.results).toEqual([{ commandId: intent.commandId, outcome: 'applied', seq: 2 }]);
    const replayed = first.results.map((result) => ({ ...result, replayed: true }));
    const twice = await temp.service.submitCommands(display, [intent, intent]);
    expect(twice.results).toEqual([...replayed, ...replayed]);
    const service = await temp.restart();
    expect((await service.submitCommands(display, [intent])).results).toEqual(replayed);
    const history = await service.orders.history(ADMIN, order.id);
    expect(history.map(({ type, cause }) => [type, cause])).toEqual([
      ['order_created', undefined],
      ['order_status_changed', { deviceId: display.id, commandId: intent.commandId }],
    ]);
    expect(history[1]).toMatchObject({ previousStatus: 'pending', by: { role: 'display', name: 'Kitchen' } });
  });

  it('[C2] returns the first answer for a repeated commandId with different contents', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const order = await place();
    const seen = command(order, 'acknowledge', {}, clock.now);
    await service.submitCommands(display, [seen]);
    const { results } = await service.submitCommands(display, [{ ...seen, type: 'set_priority', after: randomUUID() }]);
    expect(results).toEqual([{ commandId: seen.commandId, outcome: 'applied', seq: 2, replayed: true }]);
  });

  it('[C2] keeps a ledger for each device', async () => {
    const { service, clock } = await start();
    const { display, display2, place } = await makeShop(service);
    const seen = command(await place(), 'acknowledge', {}, clock.now);
    await service.submitCommands(display, [seen]);
    const next = command(await place(), 'acknowledge', {}, clock.now, seen.commandId);
    expect(await service.submitCommands(display2, [next])).toMatchObject({ results: [], expected: seen.commandId });
    const [result] = (await service.submitCommands(display2, [seen])).results;
    expect(result).toEqual({ commandId: seen.commandId, outcome: 'already', seq: 3 });
    expect(await service.knownCommands(display2.id, [seen.commandId])).toEqual([seen.commandId]);
  });

  it('[C2] copies of one disk share what was on it, and go on separately', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const order = await place();
    const shared = command(order, 'set_priority', { priority: true }, clock.now);
    const due = (minute: number) => ({ dueAt: new Date(clock.now + minute * 60_000).toISOString() });
    const [one, other] = [1, 2].map((minute) =>
      command(order, 'set_due', due(minute), clock.now, shared.commandId),
    ) as [object, object];
    const first = await service.submitCommands(display, [shared, one]);
    const second = await service.submitCommands(display, [shared, other]);
    expect(first.results).toMatchObject([{ seq: 2 }, { outcome: 'applied', seq: 3 }]);
    expect(second.results).toMatchObject([
      { seq: 2, replayed: true },
      { outcome: 'applied', seq: 4 },
    ]);
  });

  it('[C3] stops at a command with an unknown predecessor, and consumes nothing from there on', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const [first, second, third] = chain(['first', 'second', 'third'], await place(), clock.now);
    expect(await service.submitCommands(display, [third])).toMatchObject({
      results: [],
      expected: second.commandId,
    });
    expect(await service.submitCommands(display, [first, third, second])).toMatchObject({
      results: [{ commandId: first.commandId, outcome: 'applied' }],
      expected: second.commandId,
    });
    const ids = [first, second, third].map(({ commandId }) => commandId);
    expect(await service.knownCommands(display.id, ids)).toEqual([first.commandId]);
    const rest = await service.submitCommands(display, [second, third]);
    expect(rest.results).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }]);
    expect(rest).not.toHaveProperty('expected');
  });

  it('[C3] answers two concurrent batches one after the other', async () => {
    const { service, clock } = await start();
    const { display, display2, place } = await makeShop(service);
    const order = await place();
    const mine = chain([1, 2, 3], order, clock.now);
    const theirs = command(order, 'acknowledge', {}, clock.now);
    const answers = await Promise.all([
      service.submitCommands(display, mine),
      service.submitCommands(display, mine),
      service.submitCommands(display2, [theirs]),
    ]);
    const summaries = answers.map(({ results }) => results.map(({ seq, replayed = false }) => `${seq} ${replayed}`));
    expect(summaries).toEqual([['2 false', '3 false', '4 false'], ['2 true', '3 true', '4 true'], ['5 false']]);
  });

  it('[C4] rejects a command with a valid identity but other invalid fields as invalid, and consumes it', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const order = await place();
    const good = command(order, 'acknowledge', {}, clock.now);
    const wrong = [
      { type: 'dance' },
      { type: undefined },
      { payload: { surprise: 1 } },
      { orderId: 17 },
      { orderId: null },
      { baseVersion: 'x' },
      { issuedAt: 'yesterday' },
      { surprise: 1 },
    ];
    const batch = wrong.map((field) => ({ ...good, ...field, commandId: randomUUID() }));
    const { results } = await service.submitCommands(display, [
      ...batch,
      { ...good, n: 'any', after: batch.at(-1)?.commandId },
    ]);
    expect(results.slice(0, -1).map(({ outcome, code }) => [outcome, code])).toEqual(
      batch.map(() => ['rejected', 'invalid']),
    );
    expect(results[0]?.order).toEqual(order);
    expect(results[3]).not.toHaveProperty('order');
    expect(results.at(-1)).toMatchObject({ outcome: 'applied' });
  });

  it('[section 6] refuses a message with a command that has no valid commandId and after', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const good = command(await place(), 'acknowledge', {}, clock.now);
    for (const bad of [
      null,
      7,
      'x',
      [],
      {},
      { ...good, after: 7 },
      { ...good, after: 'x' },
      { ...good, commandId: 'x' },
    ]) {
      const refusal = await refusalOf(service.submitCommands(display, [good, bad]));
      expect(refusal.code).toBe('invalid_request');
      expect(refusal.details?.[0]?.path).toMatch(/^commands\.1/);
    }
    expect(await service.knownCommands(display.id, [good.commandId])).toEqual([]);
  });

  it("[section 3] neither finds nor shows another store's order", async () => {
    const { service, clock } = await start();
    const { place } = await makeShop(service);
    const { display: stranger } = await makeShop(service, 'other');
    const order = await place();
    const thief = command(order, 'acknowledge', {}, clock.now);
    const invalid = { ...command(order, 'acknowledge', {}, clock.now), payload: 7 };
    const { results } = await service.submitCommands(stranger, [thief, invalid]);
    expect(results).toMatchObject([{ outcome: 'rejected', code: 'not_found', seq: 0 }, { code: 'invalid' }]);
    for (const result of results) expect(result).not.toHaveProperty('order');
    expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
  });

  it('[C4] returns the current order with a rejection, and with no other outcome', async () => {
    const { service, clock } = await start();
    const { display, integration, place } = await makeShop(service);
    const order = await place();
    const gone = await service.orders.setStatus(integration, order.id, 'cancelled', { reason: 'Changed his mind' });
    const { results } = await service.submitCommands(display, [command(order, 'set_status', bump, clock.now)]);
    expect(results).toMatchObject([{ outcome: 'rejected', code: 'order_cancelled', order: gone, seq: 2 }]);
    const ready = await place({ status: 'ready' });
    const late = command(ready, 'set_status', bump, clock.now);
    const there = command(ready, 'set_status', { from: 'preparing', to: 'ready', reason: undefined }, clock.now);
    const answer = await service.submitCommands(display, [late, there]);
    expect(answer.results.map(({ outcome, order }) => [outcome, order])).toEqual([
      ['superseded', undefined],
      ['already', undefined],
    ]);
  });

  it('[C2] keeps little of a rejection, and repeats it with the order as it is now', async () => {
    const temp = await start();
    const { service, clock } = temp;
    const { display, integration, place } = await makeShop(service);
    const items = Array.from({ length: 20 }, () => ({ name: 'x', quantity: 1, note: 'y'.repeat(2_000) }));
    const order = await place({ status: 'rejected', items });
    const late = command(order, 'set_status', bump, clock.now);
    const [first] = (await service.submitCommands(display, [late])).results;
    expect(first).toMatchObject({ outcome: 'rejected', order });
    const [again] = (await service.submitCommands(display, [late])).results;
    expect(again).toEqual({ ...first, replayed: true });
    const patched = await service.orders.patch(integration, order.id, { note: 'gone' }, {});
    expect((await service.submitCommands(display, [late])).results).toEqual([
      { ...first, order: patched, replayed: true },
    ]);
    await service.orders.remove(integration, order.id, {});
    const [gone] = (await service.submitCommands(display, [late])).results;
    expect(gone).toMatchObject({ outcome: 'rejected', code: first?.code, replayed: true });
    expect(gone).not.toHaveProperty('order');
    expect(await temp.bytesOf('commands')).toBeLessThan(1_000);
  });

  it('[section 6] omits results past 192 KiB and returns them when asked again', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const items = Array.from({ length: 20 }, () => ({ name: 'x', quantity: 1, note: '王'.repeat(2_000) }));
    const big = await place({ status: 'rejected', items });
    const batch = chain([1, 2, 3], big, clock.now);
    const unknown = command(big, 'acknowledge', {}, clock.now, randomUUID());
    const first = await service.submitCommands(display, [...batch, unknown]);
    expect(first.results.map(({ commandId }) => commandId)).toEqual([batch[0].commandId]);
    expect(first).not.toHaveProperty('expected');
    const [, second, third] = batch;
    expect((await service.knownCommands(display.id, [second.commandId, third.commandId])).length).toBe(2);
    const rest = await service.submitCommands(display, [second, third]);
    expect(rest.results).toMatchObject([{ commandId: second.commandId, code: 'order_cancelled', replayed: true }]);
  });

  it('refuses a revoked display as unauthorized and consumes nothing', async () => {
    const { service, clock } = await start();
    const { display, place } = await makeShop(service);
    const order = await place();
    await service.access.revokeDevice(display.id);
    const seen = command(order, 'acknowledge', {}, clock.now);
    expect((await refusalOf(service.submitCommands(display, [seen]))).code).toBe('unauthorized');
    expect(await service.knownCommands(display.id, [seen.commandId])).toEqual([]);
    expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
  });
});
