import type { OrderEvent, OrderFact } from '#contract/order-story.ts';
import type { Text } from '../i18n/text.ts';
import type { Words } from '../i18n/words.ts';

/** Describes one fact of a change; total over all facts. */
export function describeFact(fact: OrderFact, { t, time }: Words): string {
  switch (fact.what) {
    case 'placed':
      return fact.source ? t('story.placedFrom', { source: fact.source }) : t('event.order_created');
    case 'status': {
      const status = t(`status.${fact.to}`);
      return fact.from
        ? t('story.status', { from: t(`status.${fact.from}`), to: status })
        : t('event.order_status_changed', { status });
    }
    case 'seen':
      return t('event.order_acknowledged');
    case 'payment': {
      if (!fact.to || !fact.from) return t('event.payment_updated');
      const paid = t('story.payment', { from: t(`payment.${fact.from}`), to: t(`payment.${fact.to}`) });
      return fact.method ? `${paid} (${fact.method})` : paid;
    }
    case 'priority':
      return t(fact.on ? 'story.priority.on' : 'story.priority.off');
    case 'due':
      if (!fact.to) return t('story.due.none');
      return fact.from
        ? t('story.due.moved', { from: time(fact.from), to: time(fact.to) })
        : t('story.due.set', { to: time(fact.to) });
    case 'course':
      return t('story.course', { course: fact.course });
    case 'item_done':
      return t(fact.done ? 'story.item_done' : 'story.item_undone', { name: fact.name, quantity: fact.quantity });
    case 'item_added':
    case 'item_removed':
    case 'item_changed':
      return t(`story.${fact.what}`, { name: fact.name, quantity: fact.quantity });
    case 'item_moved': {
      const { name, quantity, station } = fact;
      return station ? t('story.item_moved', { name, quantity, station }) : t('story.item_unmoved', { name, quantity });
    }
    case 'note':
      return fact.note ? t('story.note', { note: fact.note }) : t('story.noteGone');
    case 'detail':
      return t(`story.detail.${fact.field}`);
    case 'deleted':
      return t('event.order_deleted');
    case 'changed':
      return t('event.order_updated');
  }
}

/** Who made the change: name and role. The server itself has no name. */
export function describeActor({ by }: OrderEvent, { t }: Text): string[] {
  if (!by) return [];
  return by.role === 'system' ? [t('story.role.system')] : [by.name, t(`story.role.${by.role}`)];
}
