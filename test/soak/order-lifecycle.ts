import type { HttpAnswer } from '#core/ports.ts';
import type { Random } from '../support/random.ts';

export interface World {
  random: Random;
  after(ms: number, run: () => void): unknown;
  shop(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<HttpAnswer | null>;
  /** Taps on a random display. Refused if the order has not arrived there. */
  tap(orderId: string, intent: unknown): Promise<void>;
}

const DISHES = ['Khachapuri', 'Kharcho', 'Khinkali', 'Pkhali', 'Lobio', 'Tarragon lemonade'];

/** Takes one order from the web shop to completion in about twenty minutes; one in twenty is cancelled on the way. */
export async function runOrder({ random, after, shop, tap }: World): Promise<void> {
  const items = Array.from({ length: random.int(1, 6) }, (_, i) => ({
    id: `i${i}`,
    name: random.pick(DISHES),
    quantity: random.int(1, 3),
    modifiers: random.chance(0.3) ? [{ name: 'extra cheese', quantity: 1 }] : [],
    ...(random.chance(0.2) && { note: 'no coriander' }),
  }));
  const answer = await shop('POST', '/orders', { items, currency: 'GEL', totalMinor: random.int(900, 9_000) });
  const { id } = (answer?.body ?? {}) as { id?: string };
  if (id === undefined) return;
  const later = (seconds: number, run: () => Promise<unknown>) => after(seconds * 1_000, () => void run());
  const move = (from: string, to: string) => () => tap(id, { type: 'set_status', payload: { from, to } });

  if (random.chance(0.05))
    later(random.int(5, 400), () => shop('POST', `/orders/${id}/status`, { status: 'cancelled', reason: 'asked' }));
  if (random.chance(0.2))
    later(random.int(5, 300), () =>
      shop('PATCH', `/orders/${id}`, { note: `table by the window ${random.int(1, 99)}` }),
    );
  later(random.int(2, 50), () => tap(id, { type: 'acknowledge', payload: {} }));
  // Three times, in case one is too early or on a display without the order.
  for (const again of [0, 700, 1_400]) {
    later(60 + again, move('pending', 'preparing'));
    later(200 + again, () => tap(id, { type: 'set_item_done', payload: { itemId: 'i0', done: true } }));
    later(random.int(300, 600) + again, move('preparing', 'ready'));
    later(random.int(620, 690) + again, move('ready', 'completed'));
  }
}
