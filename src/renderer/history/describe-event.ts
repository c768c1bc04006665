import type { HistoryEntry } from '#contract/history.ts';
import type { TextKey } from '../i18n/text.ts';
import type { Words } from '../i18n/words.ts';
import { intentLabel } from '../shared/intent-label.ts';

export interface EventDescription {
  /** An order's number, or null. */
  subject: string | null;
  what: string;
  /** Who, why. */
  more: string;
  tone: 'order' | 'tap' | 'link' | 'screen' | 'grave';
}

/** Describes a history entry; total over all kinds. */
export function describeEvent(entry: HistoryEntry, text: Words): EventDescription {
  const { t, time } = text;
  const subject = 'orderNumber' in entry ? (entry.orderNumber ?? t('failedCommand.unnumbered')) : null;
  switch (entry.kind) {
    case 'change': {
      const status = entry.status && t(`status.${entry.status}`);
      const moved = entry.type === 'order_status_changed' && status;
      const what = moved ? t('event.order_status_changed', { status: moved }) : t(nameOf(entry.type));
      const by = entry.by && t('history.by', { name: entry.by.name });
      return { subject, what, more: sentence(by, entry.reason), tone: 'order' };
    }
    case 'snapshot':
      return {
        subject,
        what: t('event.snapshot', { count: entry.orders }),
        more: t(`event.snapshot.${entry.reason}`),
        tone: 'screen',
      };
    case 'link': {
      const tone = entry.state === 'offline' || entry.state === 'stopped' ? 'grave' : 'link';
      const what = t('event.link', { state: t(`link.${entry.state}`) });
      return { subject, what, more: entry.cause ? t(`cause.${entry.cause}`) : '', tone };
    }
    case 'tap':
      return {
        subject,
        what: t('event.tap', { intent: intentLabel(entry.intent, entry.payload, text) }),
        more: '',
        tone: 'tap',
      };
    case 'answer': {
      const what = t(`event.answer.${entry.outcome}`, { intent: intentLabel(entry.intent, entry.payload, text) });
      const grave = entry.outcome === 'rejected';
      return { subject, what, more: entry.code ? t(`rejection.${entry.code}`) : '', tone: grave ? 'grave' : 'tap' };
    }
    case 'prepared_after_cancel': {
      const at = { ended: time(entry.cancelledAt), marked: time(entry.tappedAt) };
      const what = t('event.prepared', { intent: intentLabel(entry.intent, entry.payload, text), ...at });
      return { subject, what, more: t('event.prepared.do'), tone: 'grave' };
    }
    case 'display':
      if (entry.what === 'started') return { subject, what: t('event.started'), more: '', tone: 'screen' };
      if (entry.what === 'sent_again')
        return { subject, what: t('event.sent_again', { count: entry.count ?? 0 }), more: '', tone: 'screen' };
      return { subject, what: t(`trouble.${entry.what}`), more: t(`trouble.${entry.what}.do`), tone: 'grave' };
  }
}

/** An unknown status reads as an update. */
const nameOf = (type: Extract<HistoryEntry, { kind: 'change' }>['type']): TextKey =>
  type === 'order_status_changed' ? 'event.order_updated' : `event.${type}`;

const sentence = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');
