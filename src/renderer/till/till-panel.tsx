import { Check } from 'lucide-react';
import type { TillTicket } from '#contract/till.ts';
import { Button } from '../shared/button.tsx';
import { Modal } from '../shared/modal.tsx';
import { useScreen, useText, useView } from '../shared/screen.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import css from './till.module.css';

/** The tickets of tills that are not on the board, as they were printed: the kitchen cooks from them. */
export function TillPanel({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const till = useAnswer(
    'getTill',
    useView((view) => view.status?.till),
  );
  if (!till) return null;
  const { tickets } = till;
  return (
    <Modal title={t('till.title')} mark="till-panel" wide onClose={onClose}>
      {tickets.length === 0 && <p>{t('till.none')}</p>}
      <ol className={css.tickets}>
        {tickets.map((ticket) => (
          <Printed key={ticket.id} ticket={ticket} />
        ))}
      </ol>
    </Modal>
  );
}

function Printed({ ticket: { id, at, state, lines, why } }: { ticket: TillTicket }) {
  const { actions } = useScreen();
  const { t, time } = useText();
  return (
    <li className={css.ticket} data-testid="till-ticket" data-state={state}>
      <p>
        <strong className="figures">{time(at)}</strong>{' '}
        {state === 'waiting' ? t('till.waits') : t('till.taken.not', { why: why ?? '' })}
      </p>
      <pre dir="auto">{lines.join('\n')}</pre>
      {state === 'refused' && (
        <Button icon={Check} mark="till-done" onClick={() => void actions.ask('dismissTillTicket', { id })}>
          {t('till.done')}
        </Button>
      )}
    </li>
  );
}
