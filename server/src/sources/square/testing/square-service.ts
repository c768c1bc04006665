import type { FakeService } from '../../testing/fake-service.ts';
import { createFakeSquare } from './fake-square.ts';
import { pickup } from './square-payload.ts';

/** The fake location in Square for the suite of all adapters. */
export async function createSquareService(): Promise<FakeService> {
  const fake = await createFakeSquare();
  const idOf = (order: number) => `O${order}`;
  const change = (order: number, changes: Record<string, unknown>) => fake.change(idOf(order), changes);
  const notes = new Map<number, string>();
  return {
    kind: 'square',
    settings: { locationId: 'L1', environment: 'sandbox', baseUrl: fake.url },
    secret: { accessToken: 'token', signatureKey: 'hush' },
    pass: fake.pass,
    place: (order) => (fake.get(idOf(order)) ? change(order, { state: 'OPEN' }) : fake.place(idOf(order))),
    change(order, note) {
      notes.set(order, note);
      change(order, { fulfillments: [pickup({ state: fake.statesOf(idOf(order))[0] }, { note })] });
    },
    cancel(order) {
      const note = notes.get(order);
      change(order, { fulfillments: [pickup({ state: 'CANCELED' }, note === undefined ? {} : { note })] });
    },
    draft: (order) => fake.place(idOf(order), { state: 'DRAFT' }),
    idOf,
    delivery: (order, { eventsUrl }) => fake.event(idOf(order), eventsUrl),
    repeatsWebhooks: true,
    said: (order) => fake.updatesOf(idOf(order)).map(({ fulfillments }) => wordOf(fulfillments)),
    completed: 'COMPLETED',
    statusOf: (order) => fake.statesOf(idOf(order)).join(', '),
    calls: () => fake.requests.map(({ at }) => at),
    answerNext: fake.failNext,
    afterAnswer: fake.afterAnswer,
    revokeKey: fake.revokeToken,
    close: fake.close,
  };
}

const wordOf = (fulfillments: unknown): string => (fulfillments as { state: string }[]).map((one) => one.state).join();
