import { ArrowRightLeft, Ban, Banknote, CircleX, Clock, SkipForward, Star } from 'lucide-react';
import type { Item } from '#contract/order.ts';
import { isOpen, moveOf } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { nextCourse } from '../ticket/items.ts';
import css from './order-sheet.module.css';
import type { End } from './reason-form.tsx';
import { useSendable } from './send-to-station.tsx';

const DELAYS = [5, 10, 15];

interface Props {
  ticket: Ticket;
  /** Called after an action, to close the sheet. */
  onDone(): void;
  /** Called when the action needs a reason first. */
  onEnd(to: End): void;
  /** Called when the order is to move on without this held course, which must be confirmed first. */
  onWithout(course: number): void;
  /** Called when the items are to go to another station, which must be chosen first. */
  onSend(items: readonly Item[]): void;
}

/** The actions on an order other than the next step. */
export function SheetActions({ ticket, onDone, onEnd, onWithout, onSend }: Props) {
  const { actions } = useScreen();
  const { t } = useText();
  const { order } = ticket;
  const open = isOpen(order.status);
  const held = open && order.status !== 'pending' ? nextCourse(order) : null;
  const sendable = useSendable(order);
  const paid = order.payment.status === 'paid';
  const canEnd = (to: End) => moveOf(order.status, to, order.fulfilment) === 'end';
  const then = (run: () => void) => () => {
    run();
    onDone();
  };
  return (
    <>
      {open && (
        <fieldset className={css.delays}>
          <legend>
            <Clock />
            {t('delay.label')}
          </legend>
          {DELAYS.map((minutes) => (
            <Button
              key={minutes}
              mark="delay"
              data-minutes={minutes}
              onClick={then(() => actions.delay(ticket, minutes))}
            >
              {t('delay.minutes', { minutes })}
            </Button>
          ))}
        </fieldset>
      )}
      <div className={css.sheetActions}>
        {open && (
          <Button icon={Star} mark="set-priority" onClick={then(() => actions.setPriority(ticket, !order.priority))}>
            {t(order.priority ? 'sheet.unprioritise' : 'sheet.prioritise')}
          </Button>
        )}
        {(paid || order.payment.status !== 'refunded') && (
          <Button icon={Banknote} mark="set-paid" onClick={then(() => actions.setPaid(ticket, !paid))}>
            {t(paid ? 'sheet.unpaid' : 'sheet.paid')}
          </Button>
        )}
        {sendable && (
          <Button icon={ArrowRightLeft} mark="send" onClick={() => onSend(sendable.items)}>
            {t('send.do')}
          </Button>
        )}
        {held !== null && (
          <Button icon={SkipForward} mark="without-course" onClick={() => onWithout(held)}>
            {t('held.go', { course: held })}
          </Button>
        )}
        {canEnd('rejected') && (
          <Button
            icon={CircleX}
            className={`${buttons.choice} ${css.grave}`}
            mark="reject"
            onClick={() => onEnd('rejected')}
          >
            {t('sheet.reject')}
          </Button>
        )}
        {canEnd('cancelled') && (
          <Button
            icon={Ban}
            className={`${buttons.choice} ${css.grave}`}
            mark="cancel"
            onClick={() => onEnd('cancelled')}
          >
            {t('sheet.cancel')}
          </Button>
        )}
      </div>
    </>
  );
}
