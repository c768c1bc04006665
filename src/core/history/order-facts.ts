import type { HistoryEntry } from '#contract/history.ts';
import type { Item, Order } from '#contract/order.ts';
import type { OrderEvent, OrderFact } from '#contract/order-story.ts';
import type { Change } from '#contract/sync.ts';

/** Turns an order's changes, oldest first and each with its order, into events by comparing each with the one before. */
export function eventsOfChanges(changes: readonly Change[]): OrderEvent[] {
  return changes.map((change, i) => ({
    at: Date.parse(change.at),
    by: { role: change.by.role, name: change.by.name },
    reason: change.reason ?? null,
    facts: factsOf(changes[i - 1]?.order ?? null, change),
  }));
}

function factsOf(before: Order | null, { order, type }: Change): OrderFact[] {
  if (!order) return [{ what: 'deleted' }];
  if (!before) return [{ what: 'placed', source: order.source, status: order.status }];
  const facts: OrderFact[] = [];
  if (before.status !== order.status) facts.push({ what: 'status', from: before.status, to: order.status });
  // A step forward also acknowledges; only a plain acknowledgement counts as `seen`.
  if (type === 'order_acknowledged') facts.push({ what: 'seen' });
  if (!same(before.payment, order.payment))
    facts.push({
      what: 'payment',
      from: before.payment.status,
      to: order.payment.status,
      method: order.payment.method,
    });
  if (before.priority !== order.priority) facts.push({ what: 'priority', on: order.priority });
  if (before.dueAt !== order.dueAt) facts.push({ what: 'due', from: before.dueAt, to: order.dueAt });
  if (before.firedCourse !== order.firedCourse) facts.push({ what: 'course', course: order.firedCourse });
  facts.push(...itemFacts(before.items, order.items));
  if (before.note !== order.note) facts.push({ what: 'note', note: order.note });
  if (before.number !== order.number) facts.push({ what: 'detail', field: 'number' });
  if (!same(before.customer, order.customer)) facts.push({ what: 'detail', field: 'customer' });
  if (before.table !== order.table) facts.push({ what: 'detail', field: 'table' });
  if (before.covers !== order.covers) facts.push({ what: 'detail', field: 'covers' });
  if (before.totalMinor !== order.totalMinor) facts.push({ what: 'detail', field: 'total' });
  return facts.length > 0 ? facts : [{ what: 'changed' }];
}

function itemFacts(before: readonly Item[], after: readonly Item[]): OrderFact[] {
  const was = new Map(before.map((item) => [item.id, item]));
  const is = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((item): OrderFact[] => {
      const { name, quantity, done, station } = item;
      const old = was.get(item.id);
      if (!old) return [{ what: 'item_added', name, quantity }];
      if (!same({ ...old, done, station }, item)) return [{ what: 'item_changed', name, quantity }];
      return [
        ...(old.station === station ? [] : [{ what: 'item_moved' as const, name, quantity, station }]),
        ...(old.done === done ? [] : [{ what: 'item_done' as const, name, quantity, done }]),
      ];
    }),
    ...before
      .filter(({ id }) => !is.has(id))
      .map(({ name, quantity }): OrderFact => ({ what: 'item_removed', name, quantity })),
  ];
}

/** Comparing JSON works because the same serialiser wrote both, with keys in the same order. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

type Noted = Extract<HistoryEntry, { kind: 'change' }>;

/** The same from this display's own entries, oldest first, which have only types and statuses. */
export const eventsOfNotes = (notes: readonly Noted[]): OrderEvent[] =>
  notes.map((note) => ({ at: note.at - note.delayMs, by: note.by, reason: note.reason, facts: [factOf(note)] }));

function factOf({ type, status, previousStatus }: Noted): OrderFact {
  switch (type) {
    case 'order_created':
      return { what: 'placed', source: null, status };
    case 'order_status_changed':
      return status ? { what: 'status', from: previousStatus, to: status } : { what: 'changed' };
    case 'order_acknowledged':
      return { what: 'seen' };
    case 'payment_updated':
      return { what: 'payment', from: null, to: null, method: null };
    case 'order_deleted':
      return { what: 'deleted' };
    case 'order_updated':
      return { what: 'changed' };
  }
}
