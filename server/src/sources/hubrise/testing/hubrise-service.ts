import { createServiceClock, type FakeService } from '../../testing/fake-service.ts';
import { createFakeHubRise } from './fake-hubrise.ts';
import { hubrisePayload } from './hubrise-payload.ts';

/** The fake location of HubRise for the suite of all adapters. */
export async function createHubRiseService(): Promise<FakeService> {
  const clock = createServiceClock();
  let at = clock.next();
  const fake = await createFakeHubRise(() => at);
  const idOf = (order: number) => `h${order}`;
  const events = new Map<number, ReturnType<typeof fake.place>>();
  function tick(): string {
    at = clock.next();
    return new Date(at).toISOString();
  }
  function change(order: number, changes: Record<string, unknown>): void {
    tick();
    events.set(order, fake.change(idOf(order), changes));
  }
  return {
    kind: 'hubrise',
    settings: { locationId: '3r4s3-1', baseUrl: fake.url },
    secret: { accessToken: 'tok', clientSecret: 'hush' },
    // 500 calls in a minute.
    mostOrders: 100,
    pass: clock.pass,
    place(order) {
      const placed = { id: idOf(order), created_at: tick(), expected_time: null, service_type: 'collection' };
      events.set(order, fake.place(hubrisePayload(placed)));
    },
    change: (order, note) => change(order, { customer_notes: note }),
    cancel: (order) => change(order, { status: 'cancelled' }),
    draft: null,
    idOf,
    delivery(order) {
      const event = events.get(order);
      if (!event) throw new Error(`no order ${order}`);
      return fake.delivery(event);
    },
    repeatsWebhooks: true,
    // The receipt is said of every order; and an end that ours came after by a moment is written once more.
    said: (order) =>
      fake.statuses.flatMap(({ id, status, before }) =>
        id === idOf(order) && status !== 'received' && !(before === 'received' && status === 'cancelled')
          ? [status]
          : [],
      ),
    completed: 'completed',
    statusOf: (order) => String(fake.get(idOf(order))?.status),
    calls: () => fake.calls,
    answerNext: (status, headers = {}) => fake.failNext([status, { message: 'Not now' }, headers]),
    afterAnswer: fake.afterAnswer,
    revokeKey: fake.revokeToken,
    close: fake.close,
  };
}
