import type { Order } from '#contract/order.ts';
import type { Api } from './api.ts';

/** Every order of the caller's store, newest first, page by page. */
export async function allOrders(api: Api): Promise<Order[]> {
  const orders: Order[] = [];
  for (let before: string | null = ''; before !== null; ) {
    const from: string = before === '' ? '' : `&before=${encodeURIComponent(before)}`;
    const { status, body } = await api<{ orders: Order[]; nextBefore: string | null }>(
      'GET',
      `/orders?limit=200${from}`,
    );
    if (status !== 200) throw new Error(`GET /orders: ${status} ${JSON.stringify(body)}`);
    orders.push(...body.orders);
    before = body.nextBefore;
  }
  return orders;
}
