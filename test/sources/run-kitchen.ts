import type { Order } from '#contract/order.ts';
import type { Api } from '#test/support/api.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';

const STEPS = ['preparing', 'ready', 'completed'] as const;

/** Takes an order through the kitchen, over restarts of the server. */
export async function cook(api: Api, { id }: Order, random: Random): Promise<void> {
  for (const status of STEPS) {
    await sleep(random.int(0, 500));
    for (;;) {
      const answer = await api<{ status?: string }>('POST', `/orders/${id}/status`, { body: { status } }).catch(
        () => null,
      );
      if (answer?.status === 200) break;
      // It was done, and the answer was lost.
      const now = await api<Order>('GET', `/orders/${id}`).catch(() => null);
      if (now?.status === 200 && now.body.status === status) break;
      await sleep(200);
    }
  }
}
