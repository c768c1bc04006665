import { expect, it } from 'vitest';
import type { OrderDraft } from '#contract/order.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { HttpAnswer, HttpRequest } from '../ports.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createTicketSender } from './ticket-sender.ts';
import type { CaughtTicket } from './till-host.ts';

const SERVER = 'https://orders.example';
const STORE = {
  ...{ id: 'main', name: 'Main', currency: 'GEL', timeZone: 'Asia/Tbilisi', createdAt: '2026-11-21T10:00:00.000Z' },
  settings: { displayWindowDays: 3, acknowledgeWithinSeconds: 60 },
};
const silent = { info() {}, warn() {}, error() {} };

/** Tickets in memory, and a server that fails at those whose number is in `broken`. */
function setUp() {
  const clock = createFakeClock();
  const waiting: CaughtTicket[] = [];
  const placed: string[] = [];
  const broken = new Set<string>();
  let isAway = false;
  function answer({ method, body }: HttpRequest): HttpAnswer {
    if (method === 'GET') return { status: 200, body: { stores: [STORE] }, retryAfterMs: null };
    const { externalId = '' } = body as OrderDraft;
    placed.push(externalId);
    if (broken.has(externalId)) return { status: 500, body: null, retryAfterMs: null };
    return { status: 201, body: anOrder({ externalId }), retryAfterMs: null };
  }
  const sender = createTicketSender({
    host: {
      draftOf: async () => ({
        ...{ fulfilment: 'pickup', currency: 'GEL', totalMinor: 0 },
        items: [{ name: 'Tea', quantity: 1 }],
      }),
    },
    ports: {
      clock,
      log: silent,
      random: () => 1,
      http: {
        request: (request) => ({
          answer: isAway ? Promise.reject(new Error('away')) : Promise.resolve(answer(request)),
          cancel() {},
        }),
      },
    },
    isUsed: () => true,
    tickets: {
      waitingAfter: (n) => waiting.find((one) => one.n > n) ?? null,
      settle(id) {
        waiting.splice(
          waiting.findIndex((one) => one.id === id),
          1,
        );
      },
    },
    settings: () => ({ on: true, port: 9100, name: 'Till', layout: 'generic' }),
    server: () => SERVER,
    store: () => null,
    onChange() {},
  });
  sender.use({ serverUrl: SERVER, token: 'token' });
  let n = 0;
  return {
    clock,
    placed,
    broken,
    goAway: () => (isAway = true),
    async print(id: string) {
      waiting.push({ n: ++n, id, at: 0, printed: { lines: [], hash: id } });
      sender.wake();
      await clock.settle();
    },
  };
}

it('[ADR 56] a new ticket does not wait for one at which the server fails again and again', async () => {
  const { clock, placed, broken, print } = setUp();
  broken.add('print:bad');
  await print('bad');
  await clock.advance(60_000);
  const tries = placed.length;
  expect(tries).toBeGreaterThan(3);
  await print('good');
  expect(placed.slice(tries)).toEqual(['print:good']);
  await clock.advance(60_000);
  expect(placed.slice(tries + 1)).toContain('print:bad');
  expect(placed.filter((id) => id === 'print:good')).toHaveLength(1);
});

it('[ADR 56] while the server is away, a new ticket waits with the others', async () => {
  const { clock, placed, goAway, print } = setUp();
  goAway();
  await print('one');
  await print('two');
  await clock.advance(60_000);
  expect(placed).toEqual([]);
});
