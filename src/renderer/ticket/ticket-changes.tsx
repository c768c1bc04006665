import { BellRing, Check } from 'lucide-react';
import type { Marks, Ticket } from '#contract/ticket.ts';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import css from './ticket-changes.module.css';

/** What changed elsewhere in an order that the kitchen has already seen; stays until a person taps it. */
export function TicketChanges({ ticket, marks }: { ticket: Ticket; marks: Marks }) {
  const { actions } = useScreen();
  const { t } = useText();
  const changes = [
    ...(marks.added.length > 0
      ? [t('changes.added', { count: marks.added.reduce((sum, one) => sum + one.quantity, 0) })]
      : []),
    ...(marks.changed.length > 0 ? [t('changes.items', { count: marks.changed.length })] : []),
    ...marks.fields.map((field) => t(`changes.${field}`)),
  ];
  return (
    <button
      type="button"
      className={css.changes}
      data-testid="ticket-changes"
      onClick={() => actions.seenMarks(ticket)}
    >
      <span className="sr-only">{t('changes.label', { number: ticket.order.number })}</span>
      <span className={css.title}>
        <BellRing />
        {t('changes.title')}
      </span>
      <span className={css.seen}>
        <Check />
        {t('changes.seen')}
      </span>
      {changes.length > 0 && (
        <span className={css.what}>
          <Joined parts={changes} />
        </span>
      )}
      {marks.removed.map(({ name, quantity }) => (
        <span key={name} className={css.removed}>
          <bdi className="figures" dir="ltr">
            −{quantity}
          </bdi>{' '}
          <bdi>{name}</bdi>
        </span>
      ))}
    </button>
  );
}
