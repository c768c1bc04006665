import { Check, Flame } from 'lucide-react';
import { Suspense } from 'react';
import { isOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { lazyPart } from '../shared/lazy-part.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { belongsNowhere } from '../stations/scope.ts';
import { useScope } from '../stations/scope-context.tsx';
import { type ItemLine, itemLines } from './item-lines.ts';
import { coursesOf } from './items.ts';
import { Modifiers } from './modifiers.tsx';
import css from './ticket-items.module.css';
import { useTicketOptions } from './ticket-options.tsx';

/** Loaded after the board, which shows the notes without marks until then. */
const ItemNote = lazyPart(() => import('./item-note.tsx').then(({ ItemNote }) => ItemNote));

/** The items, course by course. */
export function TicketItems({ ticket }: { ticket: Ticket }) {
  const { actions } = useScreen();
  const { t } = useText();
  const { combineItems } = useTicketOptions();
  const scope = useScope();
  const open = isOpen(ticket.order.status);
  return coursesOf(ticket.order).map(({ course, held, items }) => (
    <section key={course} className={css.course} data-testid="course" data-held={held}>
      {course !== null && (
        <div className={css.courseName}>
          <span>
            {t('ticket.course', { course })}
            {held && ` · ${t('ticket.held')}`}
          </span>
          {held && open && (
            <button type="button" className={css.fire} onClick={() => actions.fireCourse(ticket, course)}>
              <Flame />
              {t('ticket.fire')}
            </button>
          )}
        </div>
      )}
      <ul className={css.items}>
        {itemLines(items, ticket.marks, combineItems).map((line) => (
          <li key={line.item.id}>
            <ItemRow
              line={line}
              nowhere={belongsNowhere(scope, line.item, ticket.order.source)}
              disabled={!open}
              onToggle={() => actions.tickItems(ticket, line.itemIds, !line.item.done)}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

interface ItemRowProps {
  line: ItemLine;
  /** It belongs to no station. */
  nowhere: boolean;
  disabled: boolean;
  onToggle: () => void;
}

function ItemRow({ line, nowhere, disabled, onToggle }: ItemRowProps) {
  const { t } = useText();
  const { item } = line;
  return (
    <button
      type="button"
      className={css.item}
      data-testid="ticket-item"
      data-item-id={item.id}
      data-done={item.done}
      aria-pressed={item.done}
      disabled={disabled}
      onClick={onToggle}
    >
      <span className={`${css.quantity} figures`}>{item.quantity}</span>
      <span className={css.name}>
        <bdi>{item.name}</bdi>
      </span>
      {item.done && <Check className={css.check} role="img" aria-label={t('item.done')} />}
      <ItemMark line={line} />
      {nowhere && (
        <span className={css.mark} data-testid="no-station">
          {t('expo.other')}
        </span>
      )}
      {item.modifiers.length > 0 && (
        <span className={css.modifiers}>
          <Modifiers modifiers={item.modifiers} />
        </span>
      )}
      {item.note && (
        <bdi className={css.note}>
          <Suspense fallback={item.note}>
            <ItemNote note={item.note} />
          </Suspense>
        </bdi>
      )}
      {item.allergens.length > 0 && (
        <span className={css.allergy}>
          {t('ticket.allergy')} <bdi>{item.allergens.join(', ')}</bdi>
        </span>
      )}
    </button>
  );
}

/** ADD-ON: the item, or more of it, was added after the kitchen had seen the order; or it was changed, or sent here. */
function ItemMark({ line: { item, added, since } }: { line: ItemLine }) {
  const { t } = useText();
  if (added === 0 && !since) return null;
  return (
    <span className={css.mark} data-testid="item-mark">
      {t(since && added === 0 ? `item.${since}` : 'item.addOn')}
      {added > 0 && added < item.quantity && <bdi dir="ltr"> +{added}</bdi>}
    </span>
  );
}
