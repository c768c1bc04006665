import type { Order, OrderDraft, OrderPatch } from '#contract/order.ts';
import { nextStatus, type PaymentStatus, type Status } from '#contract/status.ts';
import { CANCEL_REASONS, REJECT_REASONS } from './guests.ts';
import { makeExtraItem, totalOf } from './make-order.ts';
import { createRandom, type Random, seedOf } from './random.ts';

/** The shop system's actions, one HTTP request each. */
export type Action =
  | { type: 'create'; draft: OrderDraft }
  | { type: 'move'; orderId: string; to: Status; reason?: string }
  | { type: 'pay'; orderId: string; status: PaymentStatus; method?: string }
  | { type: 'change'; orderId: string; patch: Pick<OrderPatch, 'items' | 'totalMinor'> };

/** How long an order stays in each status when nobody taps: minimum and maximum, seconds. */
const STAYS: Partial<Record<Status, [number, number]>> = {
  pending: [40, 100],
  preparing: [120, 330],
  ready: [80, 240],
  delivering: [200, 420],
};
/** In percent of the orders, while the kitchen has them. */
const CANCELLED = 3;
const REJECTED = 1;
const ADDED_TO = 10;
/** Guests add to an order only until it is this old, seconds. */
const ADD_WITHIN = 300;
/** The id of the item that a guest added. */
const EXTRA_ID = 'extra';

/**
 * What happens to one order now, if anything. Derived from the order's id, so it is stateless and survives a restart. Most
 * orders move on as if another screen worked on them; a few are cancelled, rejected, paid or extended.
 */
export function simulateOrder(order: Order, now: number): Action[] {
  const stays = STAYS[order.status];
  if (!stays) return [];
  const random = createRandom(seedOf(order.id));
  const ageSeconds = (now - Date.parse(order.createdAt)) / 1_000;
  const inKitchen = order.status === 'pending' || order.status === 'preparing';
  const turn = random.int(1, 100);
  if (inKitchen && ageSeconds > random.int(15, 90)) {
    const sudden = suddenly(order, turn, ageSeconds, random);
    if (sudden) return sudden;
  }
  const step = nextStatus(order.status, order.fulfilment);
  const staysSeconds = createRandom(seedOf(order.id + order.status)).int(...stays);
  if (!step || now < earliest(order, staysSeconds)) return [];
  if (step === 'completed' && order.payment.status === 'unpaid')
    return [{ type: 'pay', orderId: order.id, status: 'paid', method: random.chance(0.3) ? 'cash' : 'card' }];
  return [{ type: 'move', orderId: order.id, to: step }];
}

function suddenly(order: Order, turn: number, ageSeconds: number, random: Random): Action[] | null {
  const orderId = order.id;
  if (turn <= CANCELLED) {
    const cancel: Action = { type: 'move', orderId, to: 'cancelled', reason: random.pick(CANCEL_REASONS) };
    return order.payment.status === 'paid' ? [cancel, { type: 'pay', orderId, status: 'refunded' }] : [cancel];
  }
  if (turn <= CANCELLED + REJECTED && order.status === 'pending')
    return [{ type: 'move', orderId, to: 'rejected', reason: random.pick(REJECT_REASONS) }];
  const addsNow = turn > 100 - ADDED_TO && ageSeconds < ADD_WITHIN && !order.items.some(({ id }) => id === EXTRA_ID);
  return addsNow ? [addTo(order, random)] : null;
}

/** Sends the current items with their ids, so that done items stay done. */
function addTo(order: Order, random: Random): Action {
  const had = order.items.map((item) => ({
    ...item,
    note: item.note ?? undefined,
    station: item.station ?? undefined,
    course: item.course ?? undefined,
    unitPriceMinor: item.unitPriceMinor ?? undefined,
  }));
  const items = [...had, { ...makeExtraItem(random), id: EXTRA_ID }];
  return { type: 'change', orderId: order.id, patch: { items, totalMinor: totalOf(items) } };
}

/** The earliest time of its next step, ms. A booking does not become ready before its guests arrive. */
function earliest(order: Order, staysSeconds: number): number {
  const after = Date.parse(order.statusSince) + staysSeconds * 1_000;
  const comes = order.fulfilment === 'booking' && order.status === 'preparing' ? order.dueAt : null;
  return comes === null ? after : Math.max(after, Date.parse(comes));
}
