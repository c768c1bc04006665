import type { LinkState } from '#contract/link.ts';
import type { Notice } from '#contract/notice.ts';
import type { Order } from '#contract/order.ts';
import { isRinging } from '#contract/status.ts';
import { AUTO_ACCEPT, type Change } from '#contract/sync.ts';
import type { Answered } from '../queue/queue.ts';

/** A notice without its id. */
export type NoticeDraft = Omit<Notice, 'id'>;

/** A batch with more notices is a catch-up, which board and alarm show; it must not fill the screen with toasts. */
const MOST_AT_ONCE = 3;

export const notice = (kind: Notice['kind'], code: Notice['code'], params: Notice['params'] = {}): NoticeDraft => ({
  kind,
  code,
  params,
});

/**
 * Notices for a batch of changes: those not made by a display. A new order that rings is news enough without one (A1). One
 * that arrives accepted is announced once (A3): each change comes once, and a snapshot brings none.
 */
export function noticesOfChanges(changes: readonly Change[]): NoticeDraft[] {
  const accepted = acceptedIn(changes);
  const news = accepted.map(({ number }) => notice('info', 'order_new', { number }));
  const rest = changes.flatMap(({ type, by, order }) => {
    if (!order || by.role === 'display' || accepted.includes(order)) return [];
    const { number, status } = order;
    if (type === 'order_updated') return [notice('warning', 'order_changed', { number })];
    if (type === 'order_status_changed' && status === 'cancelled')
      return [notice('warning', 'order_cancelled', { number })];
    return [];
  });
  if (news.length + rest.length <= MOST_AT_ONCE) return [...news, ...rest];
  return news.length > 0 ? [notice('info', 'orders_new', { count: news.length })] : [];
}

/** The orders of a batch that arrived accepted, as they are after it; one that has moved on meanwhile is no news. */
function acceptedIn(changes: readonly Change[]): Order[] {
  const after = new Map(changes.flatMap(({ orderId, order }) => (order ? [[orderId, order] as const] : [])));
  const arrived = changes.filter(({ type, by, order }) =>
    type === 'order_created' ? order && !isRinging(order) : by.role === AUTO_ACCEPT.role && by.id === AUTO_ACCEPT.id,
  );
  return [...new Set(arrived.flatMap(({ orderId }) => after.get(orderId) ?? []))].filter(
    ({ status }) => status === 'preparing',
  );
}

/** Notices for the server's answers. Refused commands also stay on the *needs attention* list (C4). */
export function noticesOfAnswers(answered: Answered, numberOf: (orderId: string) => string | null): NoticeDraft[] {
  const refused = answered.rejected.map(({ orderNumber, code }) =>
    notice('error', 'command_rejected', { number: orderNumber ?? '', code }),
  );
  const elsewhere = answered.elsewhere.flatMap(({ orderId, intent }) => {
    const number = numberOf(orderId);
    return intent?.type === 'set_status' && number !== null ? [notice('info', 'bumped_elsewhere', { number })] : [];
  });
  return [...refused, ...(elsewhere.length > MOST_AT_ONCE ? [] : elsewhere)];
}

/** Notices for the link: lost and back, once each. */
export function createLinkNotices() {
  let wasLive = false;
  let saidOffline = false;
  return (state: LinkState): NoticeDraft | null => {
    if (state === 'live') {
      const back = saidOffline;
      wasLive = true;
      saidOffline = false;
      return back ? notice('success', 'back_live') : null;
    }
    if (state !== 'offline' || !wasLive || saidOffline) return null;
    saidOffline = true;
    return notice('error', 'went_offline');
  };
}
