import { expect, it } from 'vitest';
import { type PublicOrder, publicView } from '#contract/public-order.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { CustomerApi } from '../customer/customer-api.ts';
import { createMyOrders } from './create-my-orders.ts';

const STORE = { name: 'Main kitchen', currency: 'GEL', timeZone: 'Asia/Tbilisi' };
/** Number 1 is the oldest. */
const order = (n: number, change: Partial<PublicOrder> = {}): PublicOrder => ({
  ...publicView(
    anOrder({ id: `o${n}`, number: String(n), placedAt: `2026-11-21T10:${String(n).padStart(2, '0')}:00.000Z` }),
  ),
  ...change,
});

/** Over a server that has these orders, newest first, and answers in pages. */
function open(server: PublicOrder[]) {
  const asked: unknown[] = [];
  const changed: string[] = [];
  let isAway = false;
  const api: CustomerApi = {
    async orders({ limit = 50, before } = {}) {
      asked.push({ limit, before });
      if (isAway) return { kind: 'failed' };
      const from = before ? server.findIndex(({ id }) => id === before) + 1 : 0;
      const orders = server.slice(from, from + limit);
      const nextBefore = from + limit < server.length ? (orders.at(-1)?.id ?? null) : null;
      return { kind: 'ok', value: { store: STORE, orders, nextBefore } };
    },
    cancel: async () => ({ kind: 'failed' }),
  };
  const orders = createMyOrders(
    api,
    (before, { number, status }) => changed.push(`${number} ${before?.status ?? 'new'} ${status}`),
    () => {},
  );
  return {
    ...{ orders, asked, changed },
    setAway: (away: boolean) => {
      isAway = away;
    },
    async sync() {
      const answer = await orders.read();
      if (answer.kind === 'ok') orders.set(answer.value);
    },
    numbers: () => orders.known()?.orders.map(({ number }) => Number(number)),
  };
}
const newestFirst = (count: number) => Array.from({ length: count }, (_, i) => order(count - i));

it('[section 9] a new order is at its place, and one that changed keeps it', async () => {
  const { orders, sync, numbers, changed } = open([order(5), order(3)]);
  await sync();
  orders.put(order(6));
  orders.put(order(4));
  orders.put(order(1));
  orders.put(order(3, { status: 'ready' }));
  expect(numbers()).toEqual([6, 5, 4, 3, 1]);
  expect(changed.at(-1)).toBe('3 pending ready');
  orders.remove('o5');
  expect(numbers()).toEqual([6, 4, 3, 1]);
});

it('earlier orders are added page by page, and only once', async () => {
  const { orders, sync, numbers } = open(newestFirst(45));
  await sync();
  expect([numbers()?.length, orders.known()?.more]).toEqual([20, 'some']);
  // It changes while it is not shown yet.
  orders.put(order(2, { status: 'ready' }));
  expect(numbers()?.length).toBe(20);
  await orders.more();
  await orders.more();
  expect([numbers(), orders.known()?.more]).toEqual([newestFirst(45).map(({ number }) => Number(number)), 'none']);
});

it('what is shown is read again as a whole after a connection', async () => {
  const server = newestFirst(45);
  const { orders, sync, numbers, asked } = open(server);
  await sync();
  await orders.more();
  server[30] = order(15, { status: 'completed' });
  await sync();
  expect(asked.at(-1)).toEqual({ limit: 40, before: undefined });
  expect(orders.known()?.orders.find(({ id }) => id === 'o15')?.status).toBe('completed');
  expect(numbers()?.length).toBe(40);
});

it('a page that does not come can be asked for again', async () => {
  const { orders, sync, setAway, numbers } = open(newestFirst(25));
  await sync();
  setAway(true);
  await orders.more();
  expect([numbers()?.length, orders.known()?.more]).toEqual([20, 'failed']);
  setAway(false);
  await orders.more();
  expect([numbers()?.length, orders.known()?.more]).toEqual([25, 'none']);
});
