import { describe, expect, test } from 'vitest';
import { type Order, OrderDraft, OrderPatch } from '#contract/order.ts';
import { isOpen, moveOf } from '#contract/status.ts';
import { createFeed } from './create-feed.ts';
import { makeOrder, totalOf } from './make-order.ts';
import { meanGap } from './pace.ts';
import { createRandom } from './random.ts';
import type { Action } from './simulate-order.ts';

const START = Date.parse('2026-11-21T17:00:00.000Z');
const MINUTE = 60_000;

describe('an order of the feed', () => {
  const random = createRandom(7);
  const drafts = Array.from({ length: 2_000 }, () => makeOrder(random, START));

  test('is accepted by POST /orders (contract, section 4)', () => {
    for (const draft of drafts) expect(OrderDraft.safeParse(structuredClone(draft)).error).toBeUndefined();
  });

  test('has a total that adds up', () => {
    for (const draft of drafts) {
      expect(draft.totalMinor).toBe(totalOf(draft.items));
      expect(draft.totalMinor).toBeGreaterThan(0);
    }
  });

  test('has a unique external id', () => {
    expect(new Set(drafts.map(({ externalId }) => externalId)).size).toBe(drafts.length);
  });

  test('covers everything that a board can show', () => {
    const seen = (what: (draft: OrderDraft) => unknown) => drafts.filter((draft) => what(draft)).length / drafts.length;
    for (const fulfilment of ['pickup', 'delivery', 'dine_in', 'booking'] as const)
      expect(seen((draft) => draft.fulfilment === fulfilment)).toBeGreaterThan(0.01);
    expect(seen((draft) => draft.items.some(({ allergens }) => allergens?.length))).toBeGreaterThan(0.03);
    expect(seen((draft) => draft.items.some(({ allergens }) => allergens?.length))).toBeLessThan(0.15);
    expect(seen((draft) => draft.items.some(({ modifiers }) => modifiers?.length))).toBeGreaterThan(0.2);
    expect(seen((draft) => new Set(draft.items.map(({ course }) => course)).size > 1)).toBeGreaterThan(0.03);
    expect(seen((draft) => draft.dueAt)).toBeGreaterThan(0.2);
    expect(seen((draft) => draft.note)).toBeGreaterThan(0.1);
    expect(seen((draft) => draft.priority)).toBeGreaterThan(0.01);
    for (const script of [
      /\p{Script=Georgian}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Thai}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Hebrew}/u,
      /\p{Script=Armenian}/u,
    ])
      expect(seen((draft) => script.test(draft.customer?.name ?? ''))).toBeGreaterThan(0.005);
  });
});

describe('the pace', () => {
  test('varies over time', () => {
    const gaps = Array.from({ length: 12 }, (_, minute) => meanGap(minute * MINUTE, 10));
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeGreaterThan(2);
  });

  test('slows down on a full board and speeds up on an empty one', () => {
    expect(meanGap(0, 40)).toBeGreaterThan(10 * MINUTE);
    expect(meanGap(0, 0)).toBeLessThan(MINUTE);
  });
});

describe('a service that nobody taps in', () => {
  test('places the first orders within seconds and has 8 to 20 open after a minute', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const seconds = play(seed, 90);
      expect(seconds.at(2)?.length).toBeGreaterThan(2);
      for (const open of seconds.slice(60)) {
        expect(open.length, `seed ${seed}`).toBeGreaterThanOrEqual(8);
        expect(open.length, `seed ${seed}`).toBeLessThanOrEqual(20);
      }
    }
  });

  test('neither runs empty nor overflows within two hours, for several seeds', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const counts = play(seed, 120 * 60)
        .slice(60)
        .map((open) => open.length);
      expect(Math.min(...counts), `seed ${seed}`).toBeGreaterThanOrEqual(5);
      expect(Math.max(...counts), `seed ${seed}`).toBeLessThanOrEqual(28);
    }
  });

  test('makes only moves that the status table allows, with reasons, and pays before completion', () => {
    const seen = new Set<string>();
    play(5, 90 * 60, (action, order) => {
      seen.add(action.type);
      if (action.type === 'change') expect(OrderPatch.safeParse(structuredClone(action.patch)).error).toBeUndefined();
      if (action.type !== 'move' || !order) return;
      expect(['forward', 'end']).toContain(moveOf(order.status, action.to, order.fulfilment));
      seen.add(action.to);
      if (action.to === 'cancelled' || action.to === 'rejected') expect(action.reason).toBeTruthy();
      if (action.to === 'completed') expect(order.payment.status).not.toBe('unpaid');
    });
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'create',
        'move',
        'pay',
        'change',
        'preparing',
        'ready',
        'delivering',
        'completed',
        'cancelled',
      ]),
    );
  });

  test('adds at most one item to an order and keeps its total correct', () => {
    const orders = new Map<string, Order>();
    play(5, 60 * 60, (action, order) => {
      if (action.type === 'change' && order) {
        expect(orders.has(order.id)).toBe(false);
        orders.set(order.id, order);
        expect(action.patch.items).toHaveLength(order.items.length + 1);
        expect(action.patch.totalMinor).toBe(totalOf(action.patch.items ?? []));
      }
    });
    expect(orders.size).toBeGreaterThan(3);
  });

  test('gives the same service for the same seed', () => {
    const evening = (seed: number) => play(seed, 300).map((open) => open.map(({ id, status }) => `${id}${status}`));
    expect(evening(9)).toEqual(evening(9));
    expect(evening(9)).not.toEqual(evening(10));
  });
});

/** Plays a service against the rules of the contract alone. @returns the open orders of each second */
function play(seed: number, seconds: number, look: (action: Action, order?: Order) => void = () => {}): Order[][] {
  const feed = createFeed(seed, START);
  const orders = new Map<string, Order>();
  const open = () => [...orders.values()].filter(({ status }) => isOpen(status));
  return Array.from({ length: seconds }, (_, second) => {
    const now = START + second * 1_000;
    for (const action of feed.next(now, open())) {
      const order = action.type === 'create' ? undefined : orders.get(action.orderId);
      look(action, order);
      const after = applied(action, order, orders.size, now);
      orders.set(after.id, after);
    }
    return open();
  });
}

function applied(action: Action, order: Order | undefined, count: number, now: number): Order {
  const at = new Date(now).toISOString();
  if (action.type === 'create') return created(action.draft, count + 1, at);
  if (!order) throw new Error('no such order');
  if (action.type === 'move') return { ...order, status: action.to, statusSince: at };
  if (action.type === 'pay') return { ...order, payment: { status: action.status, method: action.method ?? null } };
  return { ...order, items: itemsOf(action.patch.items ?? []), totalMinor: action.patch.totalMinor ?? 0 };
}

function itemsOf(items: OrderDraft['items']): Order['items'] {
  return items.map((item, i) => ({
    id: item.id ?? `i${i + 1}`,
    name: item.name,
    quantity: item.quantity,
    modifiers: (item.modifiers ?? []).map(({ name, quantity }) => ({ name, quantity: quantity ?? 1 })),
    note: item.note ?? null,
    allergens: item.allergens ?? [],
    station: item.station ?? null,
    course: item.course ?? null,
    unitPriceMinor: item.unitPriceMinor ?? null,
    done: item.done ?? false,
  }));
}

function created(draft: OrderDraft, n: number, at: string): Order {
  return {
    id: `o${n}`,
    storeId: 'main',
    number: String(n),
    externalId: draft.externalId ?? null,
    source: draft.source ?? null,
    fulfilment: draft.fulfilment ?? 'pickup',
    status: draft.status ?? 'pending',
    statusSince: at,
    priority: draft.priority ?? false,
    firedCourse: 1,
    customer: null,
    table: draft.table ?? null,
    covers: draft.covers ?? null,
    items: itemsOf(draft.items),
    note: draft.note ?? null,
    currency: draft.currency,
    totalMinor: draft.totalMinor,
    payment: { status: draft.payment?.status ?? 'unpaid', method: draft.payment?.method ?? null },
    placedAt: draft.placedAt ?? at,
    dueAt: draft.dueAt ?? null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    reason: null,
    createdAt: at,
    updatedAt: at,
    version: 1,
    seq: n,
  };
}
