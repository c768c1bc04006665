import type { Order } from '#contract/order.ts';
import { moveOf, type Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { FigureRow, FigureStore } from '../stores.ts';

type Steps = Pick<FigureRow, 'startedAt' | 'readyAt' | 'recalls'>;
const NONE: Steps = { startedAt: null, readyAt: null, recalls: 0 };

/**
 * What an order's coming to be in `status` at `since` (ISO) adds. As the server counts: preparation begins with the first
 * `preparing`, and ends with the first `ready` that no `preparing` follows.
 */
function stepped(steps: Steps, status: Status, since: string): Steps {
  if (status === 'preparing') return { ...steps, startedAt: steps.startedAt ?? since, readyAt: null };
  return status === 'ready' ? { ...steps, readyAt: steps.readyAt ?? since } : steps;
}

/** What the figures need of the orders of a batch that is about to be applied to `cache`. */
export function rowsOfBatch(changes: readonly Change[], cache: Pick<FigureStore, 'figureRow'>): FigureRow[] {
  return [...Map.groupBy(changes, ({ orderId }) => orderId)].flatMap(([orderId, own]) => {
    const order = own.findLast((change) => change.order !== undefined)?.order;
    return order ? [rowOf(order, stepsAfter(order, own, cache.figureRow(orderId)))] : [];
  });
}

/** Within a batch only the last change has its order: where each left it is told by those that came after. */
function stepsAfter(order: Order, changes: readonly Change[], before: FigureRow | undefined): Steps {
  const statuses: Status[] = [];
  let status = order.status;
  for (const change of changes.toReversed()) {
    statuses.unshift(status);
    if (change.type === 'order_status_changed' && change.previousStatus) status = change.previousStatus;
  }
  // None changed its status: it is since then what it is now.
  let since = before?.statusSince ?? order.statusSince;
  let steps: Steps = before ?? NONE;
  for (const [i, { type, at, previousStatus }] of changes.entries()) {
    const is = statuses[i] ?? order.status;
    if (type === 'order_created' || type === 'order_status_changed') since = at;
    if (previousStatus && moveOf(previousStatus, is, order.fulfilment) === 'recall')
      steps = { ...steps, recalls: steps.recalls + 1 };
    // One that was ready from the start was never prepared here.
    if (type !== 'order_created' || is === 'preparing') steps = stepped(steps, is, since);
  }
  return steps;
}

/**
 * The same of a snapshot that is about to replace `cache`. Steps that were missed stay unknown, and an order whose steps
 * are unknown counts for no preparation time: a wrong one would be worse.
 */
export function rowsOfSnapshot(orders: readonly Order[], cache: Pick<FigureStore, 'figureRow'>): FigureRow[] {
  return orders.map((order) => {
    const { status, statusSince, fulfilment } = order;
    const before = cache.figureRow(order.id);
    if (!before || before.statusSince === statusSince)
      return rowOf(order, before ?? stepped(NONE, status, statusSince));
    const recalled = moveOf(before.status, status, fulfilment) === 'recall' || before.status === status;
    const known = before.status === 'ready' && recalled ? { ...before, readyAt: null } : before;
    return rowOf(order, stepped({ ...known, recalls: before.recalls + (recalled ? 1 : 0) }, status, statusSince));
  });
}

function rowOf(order: Order, { startedAt, readyAt, recalls }: Steps): FigureRow {
  const { id: orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt } = order;
  const facts = { orderId, status, statusSince, fulfilment, totalMinor, createdAt, placedAt, dueAt };
  return { ...facts, startedAt, readyAt, recalls };
}
