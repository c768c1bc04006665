import { Flame } from 'lucide-react';
import type { Ticket } from '#contract/ticket.ts';
import { Button } from '../shared/button.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { nextStep } from '../stations/bump-here.ts';
import buttons from '../styles/buttons.module.css';
import { coursesOf } from '../ticket/items.ts';
import { ItemNames } from './item-names.tsx';
import css from './order-sheet.module.css';

interface Props {
  ticket: Ticket;
  /** The course that has not been fired. */
  course: number;
  /** Called after the answer, to close the sheet. */
  onDone(): void;
}

/** Asks before an order with a held course moves on: what would not be made, to fire it, or to go on without it. */
export function HeldCourseForm({ ticket, course, onDone }: Props) {
  const { actions } = useScreen();
  const { t } = useText();
  const step = nextStep(ticket.order);
  const left = coursesOf(ticket.order).flatMap(({ held, items }) => (held ? items.filter(({ done }) => !done) : []));
  const then = (run: () => void) => () => {
    run();
    onDone();
  };
  return (
    <>
      <div className={css.sheetLead}>
        <p>{t('held.left')}</p>
        <ItemNames items={left} />
      </div>
      <div className={css.sheetActions}>
        <Button icon={Flame} mark="fire-course" onClick={then(() => actions.fireCourse(ticket, course))}>
          {t('step.fire_course', { course })}
        </Button>
        {step && (
          <Button
            className={`${buttons.choice} ${css.grave}`}
            mark="finish"
            onClick={then(() => actions.finish(ticket))}
          >
            {t(step)}
          </Button>
        )}
      </div>
    </>
  );
}
