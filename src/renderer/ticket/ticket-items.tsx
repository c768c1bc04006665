import { Check, Flame } from 'lucide-react';
import type { Item } from '#contract/order.ts';
import { isOpen } from '#contract/status.ts';
import type { Marks, Ticket } from '#contract/ticket.ts';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText } from '../shared/screen.tsx';
import { coursesOf, modifierText } from './items.ts';
import css from './ticket-items.module.css';

/** The items, course by course. */
export function TicketItems({ ticket }: { ticket: Ticket }) {
  const { actions } = useScreen();
  const { t } = useText();
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
        {items.map((item) => (
          <li key={item.id}>
            <ItemRow
              item={item}
              marks={ticket.marks}
              disabled={!open}
              onToggle={() => actions.toggleItem(ticket, item)}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

interface ItemRowProps {
  item: Item;
  marks: Marks | null;
  disabled: boolean;
  onToggle: () => void;
}

function ItemRow({ item, marks, disabled, onToggle }: ItemRowProps) {
  const { t } = useText();
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
      {marks && <ItemMark item={item} marks={marks} />}
      {item.modifiers.length > 0 && (
        <span className={css.modifiers}>
          <Joined parts={item.modifiers.map(modifierText)} />
        </span>
      )}
      {item.note && <bdi className={css.note}>{item.note}</bdi>}
      {item.allergens.length > 0 && (
        <span className={css.allergy}>
          {t('ticket.allergy')} <bdi>{item.allergens.join(', ')}</bdi>
        </span>
      )}
    </button>
  );
}

/** ADD-ON: the item, or more of it, was added after the kitchen had seen the order. */
function ItemMark({ item: { id, quantity }, marks }: { item: Item; marks: Marks }) {
  const { t } = useText();
  const added = marks.added.find(({ itemId }) => itemId === id);
  if (!added && !marks.changed.includes(id)) return null;
  return (
    <span className={css.mark} data-testid="item-mark">
      {t(added ? 'item.addOn' : 'item.changed')}
      {added && added.quantity < quantity && <bdi dir="ltr"> +{added.quantity}</bdi>}
    </span>
  );
}
