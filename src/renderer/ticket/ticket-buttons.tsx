import type { ComponentProps, MouseEvent } from 'react';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { recallHere, type StepLabel, stepHere } from '../stations/bump-here.ts';
import { useScope } from '../stations/scope-context.tsx';
import { SideButtons } from './side-buttons.tsx';
import css from './ticket-buttons.module.css';
import { useStepTap } from './use-step-tap.ts';

/** What a tap on the head does: the next step, or recall or clear where there is none. */
export function TicketStep({ ticket }: { ticket: Ticket }) {
  const { actions } = useScreen();
  const { t } = useText();
  const { step, recallable } = useSteps(ticket);
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
    </>
  );
}

/** Above the button that covers the head: recall, and the sheet with everything else. */
export function TicketSides({ ticket }: { ticket: Ticket }) {
  const { step, recallable } = useSteps(ticket);
  return (
    <span className={css.sides}>
      <SideButtons ticket={ticket} canRecall={recallable && step !== null} />
    </span>
  );
}

function useSteps({ order }: Ticket) {
  const { now } = useScreen();
  const scope = useScope();
  const recallable =
    recallHere(order, scope) !== null ||
    (previousStatus(order.status, order.fulfilment) !== null && recallIsOpen(order.status, order.statusSince, now()));
  return { step: stepHere(order, scope), recallable };
}

/** Of a double tap, the first counts. */
const once = (event: MouseEvent): boolean => event.detail <= 1;

function StepButton({ ticket, step }: { ticket: Ticket; step: StepLabel }) {
  const { actions } = useScreen();
  const { t } = useText();
  const { armed, tap } = useStepTap(() => actions.bump(ticket));
  const label = armed ? t('step.again') : t(step.key, step.params);
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

/** A button as large as the head, with its label at the end of the last line. */
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
