import { Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useArranged } from '../board/use-arranged.ts';
import { Button } from '../shared/button.tsx';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import head from '../ticket/ticket-head.module.css';
import banner from './banner.module.css';
import css from './called-off-banner.module.css';

/**
 * Orders that somebody else cancelled or rejected while there was work on them here: one line each, below the live work, until
 * a person clears them. Food may be on the stove, so they are always in sight. The view of closed orders has them as tickets.
 */
export function CalledOffBanner() {
  const { actions } = useScreen();
  const { t } = useText();
  const { calledOff } = useArranged();
  const selected = useUi((ui) => ui.selected);
  const numbered = useUi((ui) => ui.numbered.size);
  const listed = useUi((ui) => ui.view === 'done');
  if (calledOff.length === 0 || listed) return null;
  return (
    <section className={css.strip} data-testid="strip-called-off" aria-label={t('calledOff.label')}>
      <ol className={css.slips}>
        {calledOff.map((ticket, i) => {
          const { id } = ticket.order;
          const digit = numbered + i + 1;
          return <Slip key={id} ticket={ticket} selected={selected === id} digit={digit < 10 ? digit : null} />;
        })}
      </ol>
      {calledOff.length > 1 && (
        <Button
          icon={Trash2}
          className={`${banner.button} ${css.all}`}
          mark="clear-called-off"
          onClick={() => calledOff.forEach(actions.seenMarks)}
        >
          {t('calledOff.clear', { count: calledOff.length })}
        </Button>
      )}
    </section>
  );
}

function Slip({ ticket, selected, digit }: { ticket: Ticket; selected: boolean; digit: number | null }) {
  const { actions, ui } = useScreen();
  const { t, time } = useText();
  const article = useRef<HTMLElement>(null);
  const { order } = ticket;
  useEffect(() => {
    if (selected) article.current?.focus();
  }, [selected]);
  return (
    <li>
      <article
        ref={article}
        className={css.slip}
        data-testid="ticket"
        data-order-id={order.id}
        data-status={order.status}
        data-pending={ticket.pending}
        data-age="normal"
        data-selected={selected}
        tabIndex={-1}
        aria-label={t('ticket.label', { number: order.number, status: t(`status.${order.status}`) })}
      >
        <button
          type="button"
          className={css.what}
          data-testid="ticket-more"
          aria-haspopup="dialog"
          onClick={() => ui.setState({ sheet: order.id })}
        >
          {digit !== null && (
            <span className={head.digit} aria-hidden="true">
              {digit}
            </span>
          )}
          <X />
          <s className="figures">
            <bdi>{order.number}</bdi>
          </s>
          <span className="ellipsis">
            <Joined
              parts={[
                t(`status.${order.status}`),
                t('ticket.at', { time: time(order.statusSince) }),
                order.reason ?? '',
              ]}
            />
          </span>
        </button>
        <button
          type="button"
          className={css.clear}
          data-testid="ticket-clear"
          onClick={() => actions.seenMarks(ticket)}
        >
          {t('ticket.clear')}
          <span className="sr-only">, {t('ticket.number', { number: order.number })}</span>
        </button>
      </article>
    </li>
  );
}
