import type { ReactNode } from 'react';
import type { Item, Order } from '#contract/order.ts';
import { useText } from '../shared/screen.tsx';
import { ItemNote } from '../ticket/item-note.tsx';
import { coursesOf } from '../ticket/items.ts';
import { Modifiers } from '../ticket/modifiers.tsx';
import css from './order-sheet.module.css';

/** The items, on the sheet and on the printed slip; `beside` each, a button. */
export function OrderItems({ order, beside }: { order: Order; beside?: (item: Item) => ReactNode }) {
  const { t } = useText();
  return coursesOf(order).map(({ course, held, items }) => (
    <section key={course} className={css.orderCourse}>
      {course !== null && (
        <h3>
          {t('ticket.course', { course })}
          {held && ` · ${t('ticket.held')}`}
        </h3>
      )}
      <ul>
        {items.map((item) => (
          <li key={item.id} className={css.orderItem} data-done={item.done}>
            <b className="figures">{item.quantity}</b>
            <span>
              <bdi className={css.orderItemName}>{item.name}</bdi>
              {item.done && <em> · {t('item.done')}</em>}
              {item.modifiers.length > 0 && (
                <span className={css.orderItemMore}>
                  <Modifiers modifiers={item.modifiers} />
                </span>
              )}
              {item.note && (
                <span className={css.orderItemMore}>
                  <bdi>
                    <ItemNote note={item.note} />
                  </bdi>
                </span>
              )}
              {item.allergens.length > 0 && (
                <strong className={`${css.orderItemMore} ${css.orderAllergy}`}>
                  {t('ticket.allergy')} <bdi>{item.allergens.join(', ')}</bdi>
                </strong>
              )}
            </span>
            {beside?.(item)}
          </li>
        ))}
      </ul>
    </section>
  ));
}
