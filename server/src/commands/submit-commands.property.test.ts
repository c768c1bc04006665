import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import { ADMIN, command, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

/** A display that sends pieces of its queue again and again, in any order, several at once, across restarts. */
const sends = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(
        fc.record({
          display: fc.nat(1),
          from: fc.nat(12),
          length: fc.integer({ min: 1, max: 5 }),
          twice: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
  ),
  { maxLength: 15 },
);

it('[C2] batches repeated, doubled and interleaved have each effect once and each number one answer', async () => {
  await fc.assert(
    fc.asyncProperty(sends, async (all) => {
      const temp = await sqliteService();
      try {
        const { display, display2, place } = await makeShop(temp.service);
        const displays = [display, display2];
        const order = await place();
        // Not idempotent by itself: each command sets another time, so a second effect would be a second change.
        const queues = displays.map((_, d) =>
          Array.from({ length: 15 }, (_, i) => {
            const dueAt = new Date(temp.clock.now + (d * 100 + i + 1) * 60_000).toISOString();
            return command(i + 1, order, 'set_due', { dueAt }, temp.clock.now);
          }),
        );
        const answered = displays.map(() => new Map<number, CommandResult>());

        async function send(d: number, from: number, length: number) {
          const device = displays[d];
          const batch = queues[d]?.slice(from, from + length) ?? [];
          if (!device || batch.length === 0) return;
          const { results, expected } = await temp.service.submitCommands(device, batch);
          expect(results.length < batch.length).toBe(expected !== undefined);
          for (const { replayed, ...result } of results) {
            const first = answered[d]?.get(result.n);
            if (first) expect({ ...result, replayed }).toEqual({ ...first, replayed: true });
            else expect(replayed).toBeUndefined();
            answered[d]?.set(result.n, result);
          }
        }

        for (const step of all) {
          if (step === 'restart') await temp.restart();
          else
            await Promise.all(
              step.flatMap(({ display: d, from, length, twice }) =>
                Array.from({ length: twice ? 2 : 1 }, () => send(d, from, length)),
              ),
            );
        }
        const lastN = await Promise.all(displays.map(({ id }) => temp.service.log.lastN(id)));
        expect(lastN).toEqual(answered.map(({ size }) => size));
        const history = await temp.service.orders.history(ADMIN, order.id);
        const causes = history.flatMap(({ cause }) => (cause ? [`${cause.deviceId} ${cause.n}`] : []));
        expect(new Set(causes).size).toBe(causes.length);
        expect(causes.length).toBe(answered.reduce((sum, { size }) => sum + size, 0));
        for (const [d, results] of answered.entries())
          for (const { n, seq } of results.values())
            expect(history.find((change) => change.seq === seq)?.cause).toEqual({ deviceId: displays[d]?.id, n });
      } finally {
        await temp.dispose();
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
