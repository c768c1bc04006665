import type { Order } from '#contract/order.ts';
import { moveOf, type Status } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
import type { FigureRow, FigureStore } from '../stores.ts';

type Steps = Pick<FigureRow, 'startedAt' | 'readyAt' | 'recalls'>;
const NONE: Steps = { startedAt: null, readyAt: null, recalls: 0 };

/** Adds a step to `status` at `since` (ISO). Preparation runs from the first `preparing` to the first `ready` that no `preparing` follows. */
function stepped(steps: Steps, status: Status, since: string): Steps {
  if (status === 'preparing') return { ...steps, startedAt: steps.startedAt ?? since, readyAt: null };
  return status === 'ready' ? { ...steps, readyAt: steps.readyAt ?? since } : steps;
}

/** The figure rows of a batch, before it is applied to `cache`. */
export function rowsOfBatch(changes: readonly Change[], cache: Pick<FigureStore, 'figureRow'>): FigureRow[] {
  return [...Map.groupBy(changes, ({ orderId }) => orderId)].flatMap(([orderId, own]) => {
    const order = own.findLast((change) => change.order !== undefined)?.order;
    return order ? [rowOf(order, stepsAfter(order, own, cache.figureRow(orderId)))] : [];
  });
}

/** Within a batch only the last change has its order; later changes give the status after each earlier one. */
function stepsAfter(order: Order, changes: readonly Change[], before: FigureRow | undefined): Steps {
  const statuses: Status[] = [];
  let status = order.status;
  for (const change of changes.toReversed()) {
    statuses.unshift(status);
    if (change.type === 'order_status_changed' && change.previousStatus) status = change.previousStatus;
  }
  let since = before?.statusSince ?? order.statusSince;
  let steps: Steps = before ?? NONE;
  for (const [i, { type, at, previousStatus }] of changes.entries()) {
    const is = statuses[i] ?? order.status;
    if (type === 'order_created' || type === 'order_status_changed') since = at;
    if (previousStatus && moveOf(previousStatus, is, order.fulfilment) === 'recall')
      steps = { ...steps, recalls: steps.recalls + 1 };
    // An order that is ready from the start has no preparation.
    if (type !== 'order_created' || is === 'preparing') steps = stepped(steps, is, since);
  }
  return steps;
}

/** The same for a snapshot, before it replaces `cache`. An order with missed steps counts for no preparation time. */
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
