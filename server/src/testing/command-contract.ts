import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CommandAnswer } from '#contract/command.ts';
import { ADMIN, command, makeShop, refusalOf } from './shop.ts';
import type { MakeService } from './temp-service.ts';
import { withService } from './with-service.ts';

export function commandContract(make: MakeService): void {
  describe('commands', () => {
    const start = withService(make);

    it('[C2] gives each number one effect and one answer; a repeat gets that answer, after a restart too', async () => {
      const temp = await start();
      const { display, place } = await makeShop(temp.service);
      const order = await place();
      const bump = command(
        1,
        order,
        'set_status',
        { from: 'pending', to: 'preparing', reason: undefined },
        temp.clock.now,
      );
      const first = await temp.service.submitCommands(display, [bump]);
      expect(CommandAnswer.parse(first)).toEqual(first);
      expect(first.results).toEqual([{ n: 1, commandId: bump.commandId, outcome: 'applied', seq: 2 }]);
      const repeated = { ...first, results: first.results.map((result) => ({ ...result, replayed: true })) };
      expect(await temp.service.submitCommands(display, [bump, bump])).toEqual({
        ...repeated,
        results: [repeated.results[0], repeated.results[0]],
      });
      const service = await temp.restart();
      expect(await service.submitCommands(display, [bump])).toEqual(repeated);
      expect(await service.log.lastN(display.id)).toBe(1);
      const history = await service.orders.history(ADMIN, order.id);
      expect(history.map(({ type, cause }) => [type, cause])).toEqual([
        ['order_created', undefined],
        ['order_status_changed', { deviceId: display.id, n: 1 }],
      ]);
      expect(history[1]).toMatchObject({ previousStatus: 'pending', by: { role: 'display', name: 'Kitchen' } });
    });

    it('[C2] the same number with another id is a fork: nothing is stored and the batch stops there', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const order = await place();
      const seen = command(1, order, 'acknowledge', {}, clock.now);
      await service.submitCommands(display, [seen]);
      const other = command(1, order, 'set_priority', { priority: true }, clock.now);
      const next = command(2, order, 'set_priority', { priority: true }, clock.now);
      const { results } = await service.submitCommands(display, [other, next]);
      expect(results).toMatchObject([{ n: 1, commandId: other.commandId, outcome: 'rejected', code: 'fork', seq: 2 }]);
      expect(await service.orders.get(ADMIN, order.id)).toMatchObject({ priority: false });
      expect((await service.submitCommands(display, [seen])).results).toMatchObject([
        { outcome: 'applied', replayed: true },
      ]);
      expect(await service.log.lastN(display.id)).toBe(1);
    });

    it('[C3] a number too far ahead is answered with the one that is expected, and stops the batch', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const order = await place();
      const at = (n: number) => command(n, order, 'acknowledge', {}, clock.now);
      expect(await service.submitCommands(display, [at(7)])).toMatchObject({ results: [], expected: 1 });
      const answer = await service.submitCommands(display, [at(1), at(3), at(2)]);
      expect(answer).toMatchObject({ results: [{ n: 1, outcome: 'applied' }], expected: 2 });
      expect(await service.log.lastN(display.id)).toBe(1);
    });

    it('[C3] two batches at once are answered one after the other', async () => {
      const { service, clock } = await start();
      const { display, display2, place } = await makeShop(service);
      const order = await place();
      const mine = [1, 2, 3].map((n) => command(n, order, 'set_due', { dueAt: new Date(n).toISOString() }, clock.now));
      const theirs = command(1, order, 'acknowledge', {}, clock.now);
      const answers = await Promise.all([
        service.submitCommands(display, mine),
        service.submitCommands(display, mine),
        service.submitCommands(display2, [theirs]),
      ]);
      expect(answers.map(({ results }) => results.map(({ seq, replayed }) => [seq, replayed]))).toEqual([
        [
          [2, undefined],
          [3, undefined],
          [4, undefined],
        ],
        [
          [2, true],
          [3, true],
          [4, true],
        ],
        [[5, undefined]],
      ]);
    });

    it('[C4] anything wrong but number and id is rejected as invalid and consumed, so that it blocks nobody', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const order = await place();
      const good = command(1, order, 'acknowledge', {}, clock.now);
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
      const batch = wrong.map((field, i) => ({ ...good, ...field, n: i + 1, commandId: randomUUID() }));
      const { results } = await service.submitCommands(display, [...batch, { ...good, n: batch.length + 1 }]);
      expect(results.slice(0, -1).map(({ outcome, code }) => [outcome, code])).toEqual(
        batch.map(() => ['rejected', 'invalid']),
      );
      expect(results[0]?.order).toEqual(order);
      expect(results[3]).not.toHaveProperty('order');
      expect(results.at(-1)).toMatchObject({ outcome: 'applied' });
    });

    it('[section 6] a command without a number or id makes the message wrong: nothing of it is consumed', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const good = command(1, await place(), 'acknowledge', {}, clock.now);
      for (const bad of [null, 7, 'x', [], {}, { ...good, n: 0 }, { ...good, n: '2' }, { ...good, commandId: 'x' }]) {
        const refusal = await refusalOf(service.submitCommands(display, [good, bad]));
        expect(refusal.code).toBe('invalid_request');
        expect(refusal.details?.[0]?.path).toMatch(/^commands\.1/);
      }
      expect(await service.log.lastN(display.id)).toBe(0);
    });

    it("[section 3] another store's order is not found, and not shown", async () => {
      const { service, clock } = await start();
      const { place } = await makeShop(service);
      const { display: stranger } = await makeShop(service, 'other');
      const order = await place();
      const thief = command(1, order, 'acknowledge', {}, clock.now);
      const invalid = { ...command(2, order, 'acknowledge', {}, clock.now), payload: 7 };
      const { results } = await service.submitCommands(stranger, [thief, invalid]);
      expect(results).toMatchObject([{ outcome: 'rejected', code: 'not_found', seq: 0 }, { code: 'invalid' }]);
      for (const result of results) expect(result).not.toHaveProperty('order');
      expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
    });

    it('[C4] rejections say what the order is now; already and superseded do not need to', async () => {
      const { service, clock } = await start();
      const { display, integration, place } = await makeShop(service);
      const order = await place();
      const gone = await service.orders.setStatus(integration, order.id, 'cancelled', { reason: 'Changed his mind' });
      const bump = command(1, order, 'set_status', { from: 'pending', to: 'preparing', reason: undefined }, clock.now);
      const { results } = await service.submitCommands(display, [bump]);
      expect(results).toMatchObject([{ outcome: 'rejected', code: 'order_cancelled', order: gone, seq: 2 }]);
      const ready = await place({ status: 'ready' });
      const late = command(2, ready, 'set_status', { from: 'pending', to: 'preparing', reason: undefined }, clock.now);
      const there = command(3, ready, 'set_status', { from: 'preparing', to: 'ready', reason: undefined }, clock.now);
      const answer = await service.submitCommands(display, [late, there]);
      expect(answer.results.map(({ outcome, order }) => [outcome, order])).toEqual([
        ['superseded', undefined],
        ['already', undefined],
      ]);
    });

    it('[C6] a void uses up its number, whatever else it says', async () => {
      const { service } = await start();
      const { display } = await makeShop(service);
      const empty = { n: 1, commandId: randomUUID(), type: 'void' };
      expect((await service.submitCommands(display, [empty])).results).toMatchObject([{ outcome: 'already', seq: 0 }]);
      expect(await service.log.lastN(display.id)).toBe(1);
    });

    it('[section 6] answers past 192 KiB are left out and given when asked for again', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const items = Array.from({ length: 20 }, () => ({ name: 'x', quantity: 1, note: '王'.repeat(2_000) }));
      const big = await place({ status: 'rejected', items });
      const batch = [1, 2, 3].map((n) => command(n, big, 'acknowledge', {}, clock.now));
      const first = await service.submitCommands(display, [...batch, command(9, big, 'acknowledge', {}, clock.now)]);
      expect(first.results.map(({ n }) => n)).toEqual([1]);
      expect(first).not.toHaveProperty('expected');
      expect(await service.log.lastN(display.id)).toBe(3);
      const rest = await service.submitCommands(display, batch.slice(1));
      expect(rest.results).toMatchObject([{ n: 2, code: 'order_cancelled', replayed: true }]);
    });

    it('a revoked display is unauthorized, and nothing of its batch is consumed', async () => {
      const { service, clock } = await start();
      const { display, place } = await makeShop(service);
      const order = await place();
      await service.access.revokeDevice(display.id);
      const batch = service.submitCommands(display, [command(1, order, 'acknowledge', {}, clock.now)]);
      expect((await refusalOf(batch)).code).toBe('unauthorized');
      expect(await service.log.lastN(display.id)).toBe(0);
      expect(await service.orders.get(ADMIN, order.id)).toEqual(order);
    });
  });
}
