import { z } from 'zod';
import { Order } from '#contract/order.ts';
import { callApi } from '../start/api.ts';
import type { Action } from './action.ts';
import { createFeed } from './create-feed.ts';

/** How often the shop system looks, ms. */
const TICK_MS = 500;
const OPEN = '/orders?status=pending,preparing,ready,delivering&limit=200';
const Orders = z.object({ orders: z.array(Order) });

/**
 * Plays a dinner service against a server until it is stopped, as an integration with a token of its own. What fails is
 * left out: the next tick looks at what is true by then.
 *
 * @returns stops it, and waits for the request that is under way
 */
export function runFeed(serverUrl: string, token: string, seed: number): () => Promise<void> {
  const feed = createFeed(seed, Date.now());
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function tick(): Promise<void> {
    try {
      const { orders } = Orders.parse((await callApi(serverUrl, token, 'GET', OPEN)).body);
      for (const action of feed.next(Date.now(), orders))
        if (!stopped) await callApi(serverUrl, token, ...requestFor(action));
    } catch {
      // The server is away for the moment; whoever started it says so.
    }
  }
  const loop = async (): Promise<void> => {
    await tick();
    if (!stopped) timer = setTimeout(() => (running = loop()), TICK_MS);
  };
  let running = loop();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

function requestFor(action: Action): [method: string, path: string, body: unknown] {
  switch (action.type) {
    case 'create':
      return ['POST', '/orders', action.draft];
    case 'move':
      return ['POST', `/orders/${action.orderId}/status`, { status: action.to, reason: action.reason }];
    case 'pay':
      return ['POST', `/orders/${action.orderId}/payment`, { status: action.status, method: action.method }];
    case 'change':
      return ['PATCH', `/orders/${action.orderId}`, action.patch];
  }
}
