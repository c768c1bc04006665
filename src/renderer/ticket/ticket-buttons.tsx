import { Ellipsis, Undo2 } from 'lucide-react';
import { type ComponentProps, type MouseEvent, useEffect, useState } from 'react';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { recallHere, type StepLabel, stepHere } from '../stations/bump-here.ts';
import { useScope } from '../stations/scope-context.tsx';
import css from './ticket-buttons.module.css';

/** What a tap on the head does, and beside it recall and the sheet with everything else. */
export function TicketButtons({ ticket }: { ticket: Ticket }) {
  const { actions, ui, now } = useScreen();
  const { t } = useText();
  const { order } = ticket;
  const scope = useScope();
  const step = stepHere(order, scope);
  const recallable =
    recallHere(order, scope) !== null ||
    (previousStatus(order.status, order.fulfilment) !== null && recallIsOpen(order.status, order.statusSince, now()));
  const recall = (event: MouseEvent) => {
    if (once(event)) actions.recall(ticket);
  };

  return (
    <>
      {step && <StepButton ticket={ticket} step={step} />}
      {ticket.ended && (
        <HeadButton mark="ticket-clear" label={t('ticket.clear')} onClick={() => actions.seenMarks(ticket)} />
      )}
      {recallable && !step && <HeadButton mark="ticket-recall" label={t('ticket.recall')} onClick={recall} />}
      <span className={css.sides}>
        {recallable && step && (
          <button
            type="button"
            className={css.side}
            data-testid="ticket-recall"
            aria-label={t('ticket.recall')}
            title={t('ticket.recall')}
            onClick={recall}
          >
            <Undo2 />
          </button>
        )}
        <button
          type="button"
          className={css.side}
          data-testid="ticket-more"
          aria-haspopup="dialog"
          aria-label={t('ticket.more', { number: order.number })}
          onClick={() => ui.setState({ sheet: order.id })}
        >
          <Ellipsis />
        </button>
      </span>
    </>
  );
}

/**
 * A double tap counts once: the ticket moves after the first tap, and the second would hit its next step or the ticket
 * that took its place.
 */
const once = (event: MouseEvent): boolean => event.detail <= 1;

/** How long after the first tap a second one counts as a double tap, ms. */
const AGAIN_MS = 800;

/** The next step. The setting may require two taps, against sleeves and elbows; a key always works at once. */
function StepButton({ ticket, step }: { ticket: Ticket; step: StepLabel }) {
  const { actions, view } = useScreen();
  const { t } = useText();
  const [armed, setArmed] = useState(false);
  const label = armed ? t('step.again') : t(step.key, step.params);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [armed]);

  function tap({ detail }: MouseEvent): void {
    // Read on demand, so that 500 tickets need not subscribe to a setting.
    const twice = view.getState().status?.settings.bumpBy === 'double_tap';
    const byKey = detail === 0;
    setArmed(twice && !byKey && !armed);
    if (twice ? armed || byKey : detail <= 1) actions.bump(ticket);
  }

  return (
    <HeadButton
      mark="ticket-action"
      label={label}
      aria-label={`${label}, ${t('ticket.number', { number: ticket.order.number })}`}
      data-step={step.key}
      data-armed={armed}
      onClick={tap}
    />
  );
}

interface HeadButtonProps extends ComponentProps<'button'> {
  mark: string;
  label: string;
  'data-step'?: string;
  'data-armed'?: boolean;
}

/** A button as large as the head, with its label at the end of the second line. */
function HeadButton({ mark, label, ...rest }: HeadButtonProps) {
  return (
    <>
      <span className={css.room} data-label={label} aria-hidden="true" />
      <button type="button" className={css.head} data-testid={mark} {...rest}>
        <span className={css.label}>{label}</span>
      </button>
    </>
  );
}
