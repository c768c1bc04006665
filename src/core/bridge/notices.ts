import type { LinkState } from '#contract/link.ts';
import type { Notice } from '#contract/notice.ts';
import { isRinging } from '#contract/status.ts';
import type { Change } from '#contract/sync.ts';
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

/** Notices for a batch of changes: those not made by a display. A new order that rings is news enough without one (A1). */
export function noticesOfChanges(changes: readonly Change[]): NoticeDraft[] {
  const drafts = changes.flatMap((change) => {
    if (!change.order || change.by.role === 'display') return [];
    const { number } = change.order;
    if (change.type === 'order_created')
      return isRinging(change.order) ? [] : [notice('info', 'order_new', { number })];
    if (change.type === 'order_updated') return [notice('warning', 'order_changed', { number })];
    if (change.type === 'order_status_changed' && change.order.status === 'cancelled')
      return [notice('warning', 'order_cancelled', { number })];
    return [];
  });
  return drafts.length > MOST_AT_ONCE ? [] : drafts;
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
