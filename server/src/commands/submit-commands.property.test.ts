import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommandResult } from '#contract/command.ts';
import { readWholeHistory } from '../testing/read-whole-history.ts';
import { ADMIN, chain, makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';

/** Displays that send parts of their queues repeatedly, in any order, concurrently, across restarts. */
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

it('[C2] gives repeated, doubled and interleaved batches one effect and one answer per command, in order', async () => {
  await fc.assert(
    fc.asyncProperty(sends, async (all) => {
      const temp = await sqliteService();
      try {
        const { display, display2, place } = await makeShop(temp.service);
        const displays = await Promise.all(
          [display, display2].map(async (device) => {
            const order = await place();
            const queue = chain(Array(15).fill(null), order, temp.clock.now);
            return { device, order, queue, answers: new Map<string, CommandResult>() };
          }),
        );

        async function send({ device, queue, answers }: (typeof displays)[number], from: number, length: number) {
          const batch = queue.slice(from, from + length);
          const { results, expected } = await temp.service.submitCommands(device, batch);
          if (expected === undefined) expect(results).toHaveLength(batch.length);
          else expect(batch[results.length]?.after).toBe(expected);
          for (const { replayed, ...result } of results) {
            const first = answers.get(result.commandId);
            if (first) expect({ ...result, replayed }).toEqual({ ...first, replayed: true });
            else expect(replayed).toBeUndefined();
            answers.set(result.commandId, result);
          }
        }

        for (const step of all) {
          if (step === 'restart') await temp.restart();
          else
            await Promise.all(
              step.flatMap(({ display: d, from, length, twice }) => {
                const one = displays[d];
                return one ? Array.from({ length: twice ? 2 : 1 }, () => send(one, from, length)) : [];
              }),
            );
        }
        for (const { device, order, queue, answers } of displays) {
          const ids = queue.map(({ commandId }) => commandId);
          const known = await temp.service.knownCommands(device.id, ids);
          expect(new Set(known)).toEqual(new Set(ids.slice(0, answers.size)));
          const history = await readWholeHistory(temp.service.orders, ADMIN, order.id);
          const effects = history.flatMap(({ cause, seq }) => (cause ? [[cause.commandId, seq]] : []));
          expect(effects).toEqual(ids.slice(0, answers.size).map((id) => [id, answers.get(id)?.seq]));
        }
      } finally {
        await temp.dispose();
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
});
