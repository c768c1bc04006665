import type { Order } from '#contract/order.ts';
import type { Api } from '#test/support/api.ts';
import type { Random } from '#test/support/random.ts';
import { sleep } from '#test/support/sleep.ts';

const STEPS = ['preparing', 'ready', 'completed'] as const;
/** Longer than a server takes to start on a busy machine, ms. */
const GIVE_UP_AFTER_MS = 120_000;
/** For one call, which has a time limit itself, ms. */
const ANSWER_WITHIN_MS = 20_000;

/**
 * Takes an order through the kitchen, over restarts of the server.
 *
 * @returns why it could not; null: it is completed
 */
export async function cook(api: Api, { id, number }: Order, random: Random): Promise<string | null> {
  async function ask(method: string, path: string, payload?: object): Promise<{ status: number; words: string }> {
    const call = api<unknown>(method, path, { body: payload }).catch((error: unknown) => ({
      status: 0,
      body: String(error),
    }));
    const late = sleep(ANSWER_WITHIN_MS).then(() => ({ status: 0, body: 'no answer' }));
    const { status, body } = await Promise.race([call, late]);
    return { status, words: JSON.stringify(body) };
  }

  for (const status of STEPS) {
    await sleep(random.int(0, 500));
    const end = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const answer = await ask('POST', `/orders/${id}/status`, { status });
      if (answer.status === 200) break;
      // It was done, and the answer was lost.
      const now = await ask('GET', `/orders/${id}`);
      if (now.status === 200 && now.words.includes(`"status":"${status}"`)) break;
      if (performance.now() > end) return `${number}: ${status} was answered ${answer.status} ${answer.words}`;
      await sleep(200);
    }
  }
  return null;
}
