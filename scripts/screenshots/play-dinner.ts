import type { Order } from '#contract/order.ts';
import type { Status } from '#contract/status.ts';
import { caller } from '#test/e2e/support/shop.ts';
import { createFeed } from '../feed/create-feed.ts';
import { OPEN_ORDERS, requestFor } from '../feed/run-feed.ts';
import type { Action } from '../feed/simulate-order.ts';

/** Chosen for its opening: every fulfilment, an allergy, long notes, names in several scripts. */
const SEED = 2408;
/** Short enough that the opening is complete before the feed moves an order. */
const STEP_MS = 500;
const STEPS = 12;

/**
 * Runs the opening of the feed's dinner service and then moves a few orders on, so that every status is on the board.
 *
 * @param shown waits until the board shows an order in a status; an order stays only if it was on the board when cancelled
 */
export async function playDinner(
  serverUrl: string,
  token: string,
  shown: (orderId: string, status: Status) => Promise<void>,
): Promise<void> {
  const api = caller(serverUrl, token);
  const act = (action: Action) => api(...requestFor(action));
  const open = async () => (await api<{ orders: Order[] }>('GET', OPEN_ORDERS)).orders;

  const start = Date.now();
  const feed = createFeed(SEED, start);
  for (let step = 0; step < STEPS; step++)
    for (const action of feed.next(start + step * STEP_MS, await open())) await act(action);

  const orders = await open();
  for (const { id, status } of orders) await shown(id, status);
  const move = async (to: Status, order: Order | undefined, reason?: string) => {
    if (order) await act({ type: 'move', orderId: order.id, to, ...(reason && { reason }) });
  };
  const ready = orders.filter(({ status }) => status === 'ready');
  const [first, second] = orders.filter(({ status }) => status === 'preparing');
  await move('cancelled', first, 'Customer asked for it');
  await move('ready', second);
  for (const order of ready) await move(order.fulfilment === 'delivery' ? 'delivering' : 'completed', order);
}
