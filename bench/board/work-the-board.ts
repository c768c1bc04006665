import { atRate } from '../clients/at-rate.ts';
import type { Ticketrail } from '../subjects/ticketrail.ts';
import { someOrder } from '../support.ts';

/** How many changes the server accepted, in how many seconds. */
export interface Work {
  changes: number;
  seconds: number;
}

/**
 * A busy kitchen with so many open orders: some are placed, as many are completed, others are made ready or paid. The number
 * of open orders stays the same.
 */
export async function workTheBoard(
  { call }: Ticketrail,
  shop: string,
  open: number,
): Promise<{ work(changesPerSecond: number, seconds: number): Promise<Work> }> {
  let placed = 0;
  const preparing: string[] = [];
  const ready: string[] = [];

  async function place(): Promise<void> {
    // Placed over the last hour, so that all ages are on the board.
    const placedAt = new Date(Date.now() - (placed % 60) * 60_000).toISOString();
    const order = { ...someOrder(++placed), fulfilment: 'pickup', status: 'preparing', placedAt };
    preparing.push(String((await call('POST', '/orders', shop, order)).id));
  }
  const move = (id: string, status: string) => call('POST', `/orders/${id}/status`, shop, { status });
  const pay = (id: string, status: string) => call('POST', `/orders/${id}/payment`, shop, { status });

  async function change(turn: number): Promise<void> {
    if (turn % 5 === 0) return place();
    if (turn % 5 === 1) {
      const id = preparing.shift();
      if (!id) return;
      await move(id, 'ready');
      ready.push(id);
      return;
    }
    if (turn % 5 === 2) {
      const id = ready.shift();
      if (id) await move(id, 'completed');
      return;
    }
    const id = preparing[(turn * 7) % preparing.length];
    if (id) await pay(id, turn % 2 ? 'paid' : 'unpaid');
  }

  for (let i = 0; i < open; i++) await place();
  for (const id of preparing.splice(0, Math.floor(open / 4))) {
    await move(id, 'ready');
    ready.push(id);
  }

  return {
    async work(changesPerSecond, seconds) {
      const begin = performance.now();
      const { length: changes } = await atRate(changesPerSecond, changesPerSecond * seconds, change);
      return { changes, seconds: (performance.now() - begin) / 1_000 };
    },
  };
}
