import { signedHeaders } from '../../../webhooks/sign.ts';
import type { FakeService } from '../../testing/fake-service.ts';

/** How far its clock is behind ours, ms: signatures that are off by five minutes are refused. */
const BEHIND_MS = 3 * 60_000;

/** A system that sends its orders as signed webhooks, for the suite of all adapters: what nobody heard, it sends again. */
export async function createStandardService(): Promise<FakeService> {
  const orders = new Map<number, { at: number; body: Record<string, unknown> }>();
  const put = (order: number, changes: Record<string, unknown> = {}) => {
    const known = orders.get(order);
    const before = known?.body ?? {
      externalId: `web-${order}`,
      number: String(order),
      fulfilment: 'pickup',
      items: [{ name: 'Khachapuri', quantity: 2 }],
      currency: 'EUR',
      totalMinor: 2_900,
    };
    // Signatures have the time in seconds.
    orders.set(order, {
      at: Math.max(Date.now() - BEHIND_MS, (known?.at ?? 0) + 1_000),
      body: { ...before, ...changes },
    });
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
