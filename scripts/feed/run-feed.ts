import { z } from 'zod';
import { Order } from '#contract/order.ts';
import { callApi } from '../start/api.ts';
import { createFeed } from './create-feed.ts';
import type { Action } from './simulate-order.ts';

/** Interval between two reads of the open orders, ms. */
const TICK_MS = 500;
export const OPEN_ORDERS = '/orders?status=pending,preparing,ready,delivering&limit=200';
const Orders = z.object({ orders: z.array(Order) });

/**
 * Runs a dinner service against a server until it is stopped, as an integration with its own token. A failed request is not
 * repeated: the next tick decides from the state it finds.
 *
 * @returns a function that stops it and waits for the pending request
 */
export function runFeed(serverUrl: string, token: string, seed: number): () => Promise<void> {
  const feed = createFeed(seed, Date.now());
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function tick(): Promise<void> {
    try {
      const { orders } = Orders.parse((await callApi(serverUrl, token, 'GET', OPEN_ORDERS)).body);
      for (const action of feed.next(Date.now(), orders))
        if (!stopped) await callApi(serverUrl, token, ...requestFor(action));
    } catch {
      // The server is down; its supervisor reports that.
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

/** The HTTP request of an action. */
export function requestFor(action: Action): [method: string, path: string, body: unknown] {
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
