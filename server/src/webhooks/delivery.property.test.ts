import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sqliteService } from '../testing/temp-service.ts';
import { type Call, startReceiver } from '../testing/webhook-receiver.ts';
import { HOUR, range, seqs, webhookShop } from '../testing/webhook-shop.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('orders' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 8 * HOUR }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answers' as const),
      status: fc.constantFrom(200, 204, 302, 404, 429, 500),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('closed' as const) }) },
);

it('[section 11] whatever receiver, time and restarts do, each change arrives in order and once by its id', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const temp = await sqliteService();
      const receiver = await startReceiver();
      try {
        const { add, place, pass, restart, until } = await webhookShop(temp);
        await add({ events: undefined }, receiver.url);
        const taken: Call[] = [];
        let status = 200;
        let isClosed = false;
        receiver.answer = (call) => {
          if (status < 300) taken.push(call);
          return status;
        };
        for (const one of steps) {
          if (one.kind === 'orders') for (let i = 0; i < one.count; i++) await place();
          if (one.kind === 'pass') await pass(one.ms);
          if (one.kind === 'answers') status = one.status;
          if (one.kind === 'restart') await restart();
          if (one.kind === 'closed') {
            await (isClosed ? receiver.revive() : receiver.kill());
            isClosed = !isClosed;
          }
        }
        status = 200;
        if (isClosed) await receiver.revive();
        await place();
        const { head } = await temp.service.log.head('main');
        await until('the last change', async () => {
          await pass(HOUR);
          return seqs(taken).includes(head);
        });
        const firsts = taken.filter(({ id }, i) => taken.findIndex((call) => call.id === id) === i);
        expect(seqs(firsts)).toEqual(range(1, head));
        expect(receiver.most()).toBe(1);
      } finally {
        await temp.dispose();
        await receiver.kill();
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
