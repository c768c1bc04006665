import type { QueueView, Waiting, WaitingReason } from '#contract/waiting.ts';
import type { DisplayCore } from '../display-core.ts';
import type { CommandRow } from '../stores.ts';
import { intentOf } from './failed-command-of.ts';

/** How many answers are listed beside the waiting commands. */
const ANSWERED = 50;

type Parts = Pick<DisplayCore, 'queue' | 'history' | 'link' | 'orderNumber'>;

/** The waiting commands, why they wait, and recent answers. */
export function queueView({ queue, history, link, orderNumber }: Parts): QueueView {
  const why = whyItWaits(link());
  const waiting = queue.waiting().map((row) => waitingOf(row, orderNumber(row.orderId), why));
  const answered = history.page({ kinds: ['answer', 'prepared_after_cancel'], limit: ANSWERED }).entries;
  return { waiting, answered };
}

/** One reason applies to all, since they go up in order. */
function whyItWaits(link: ReturnType<DisplayCore['link']>): WaitingReason {
  if (!link) return 'not_paired';
  const { state, cause } = link.current();
  switch (state) {
    case 'live':
    case 'catching_up':
    case 'polling':
      return link.whyUnsent() ?? 'sending';
    case 'stopped':
    case 'offline':
    case 'connecting':
    case 'unknown':
      return cause === null || cause === 'host' ? 'connecting' : cause;
  }
}

function waitingOf(row: CommandRow, orderNumber: string | null, why: WaitingReason): Waiting {
  const { commandId, orderId, issuedAt } = row;
  const { type: intent, payload } = intentOf(row);
  return { commandId, orderId, orderNumber, intent, payload, tappedAt: Date.parse(issuedAt), why };
}
