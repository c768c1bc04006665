import type { HistoryEntry, Path } from '#contract/history.ts';
import type { Order } from '#contract/order.ts';
import { isOpen, type Status } from '#contract/status.ts';
import type { Change, Snapshot } from '#contract/sync.ts';
import type { HistoryDraft, OrderStore } from '../stores.ts';

type ChangeDraft = Omit<Extract<HistoryEntry, { kind: 'change' }>, 'id'>;

/** Never negative, although the estimate of the server's clock may be some milliseconds behind (L3). */
const delay = (now: number, at: string): number => Math.max(0, now - Date.parse(at));

/** Entries of a batch, before it is applied to `cache`. `now`: ms, server time. */
export function changesOfBatch(
  changes: readonly Change[],
  path: Path,
  cache: Pick<OrderStore, 'get'>,
  now: number,
): ChangeDraft[] {
  /** Number and status of each order, from the last change back to the first. */
  const known = new Map<string, { number: string | null; status: Status | null }>();
  return changes
    .toReversed()
    .map((change): ChangeDraft => {
      const { type, orderId, at, by, seq, order, previousStatus = null, reason = null } = change;
      const later = known.get(orderId);
      const number = order?.number ?? later?.number ?? cache.get(orderId)?.number ?? null;
      const status = order?.status ?? later?.status ?? null;
      known.set(orderId, { number, status: previousStatus ?? status });
      return {
        at: now,
        kind: 'change',
        orderId,
        orderNumber: number,
        type,
        path,
        delayMs: delay(now, at),
        seq,
        status: type === 'order_deleted' ? null : status,
        previousStatus,
        by: { role: by.role, name: by.name },
        reason,
      };
    })
    .reverse();
}

/** Entries of a snapshot, before it replaces `cache`: the differences, oldest change first. */
export function changesOfSnapshot({ orders, serverTime }: Snapshot, cache: OrderStore, now: number): HistoryDraft[] {
  const versions = new Map(cache.versions().map(({ id, version }) => [id, version]));
  const changed = orders
    .filter(({ id, version }) => versions.get(id) !== version)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
    .map((order) => within(order, cache.get(order.id), now));
  const there = new Set(orders.map(({ id }) => id));
  const gone = cache.openVersions().flatMap(({ id }) => (there.has(id) ? [] : (cache.get(id) ?? [])));
  return [...changed, ...gone.map((order) => within({ ...order, updatedAt: serverTime }, 'gone', now))];
}

function within(order: Order, before: Order | 'gone' | undefined, now: number): ChangeDraft {
  const was = before === 'gone' ? order : before;
  const moved = before !== 'gone' && was !== undefined && was.status !== order.status;
  const known = moved ? 'order_status_changed' : 'order_updated';
  return {
    at: now,
    kind: 'change',
    orderId: order.id,
    orderNumber: order.number,
    type: before === 'gone' ? 'order_deleted' : was ? known : 'order_created',
    path: 'snapshot',
    delayMs: delay(now, order.updatedAt),
    seq: null,
    status: before === 'gone' ? null : order.status,
    previousStatus: moved ? (was?.status ?? null) : null,
    by: null,
    reason: isOpen(order.status) ? null : order.reason,
  };
}
