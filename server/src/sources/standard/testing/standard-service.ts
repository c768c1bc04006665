import { signedHeaders } from '../../../webhooks/sign.ts';
import { createServiceClock, type FakeService } from '../../testing/fake-service.ts';

/** Signatures are refused after five minutes. */
const BEHIND_MS = 4 * 60_000;

/** A system that sends its orders as signed webhooks, for the suite of all adapters: what nobody heard, it sends again. */
export async function createStandardService(): Promise<FakeService> {
  const clock = createServiceClock(new Date(Date.now() - BEHIND_MS).toISOString());
  const orders = new Map<number, { at: number; body: Record<string, unknown> }>();
  const put = (order: number, changes: Record<string, unknown> = {}) => {
    const before = orders.get(order)?.body ?? {
      externalId: `web-${order}`,
      number: String(order),
      fulfilment: 'pickup',
      items: [{ name: 'Khachapuri', quantity: 2 }],
      currency: 'EUR',
      totalMinor: 2_900,
    };
    orders.set(order, { at: clock.next(), body: { ...before, ...changes } });
  };
  return {
    kind: 'standard',
    settings: {},
    secret: null,
    pass: () => {},
    place: (order) => put(order),
    change: (order, note) => put(order, { note }),
    cancel: (order) => put(order, { status: 'cancelled' }),
    draft: null,
    idOf: (order) => `web-${order}`,
    delivery(order, { secret = '' }) {
      const { at, body } = orders.get(order) ?? { at: 0, body: {} };
      const text = JSON.stringify(body);
      return { headers: signedHeaders(`${order}-${at}`, text, [secret], at), body: Buffer.from(text) };
    },
    repeatsWebhooks: true,
    said: () => [],
    completed: null,
    statusOf: () => '',
    calls: () => [],
    answerNext: () => {},
    afterAnswer: () => {},
    revokeKey: () => {},
    close: () => {},
  };
}
