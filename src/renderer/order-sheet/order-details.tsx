import type { Item, Order } from '#contract/order.ts';
import { SoldOutButton } from '../availability/sold-out-button.tsx';
import { FactList } from '../shared/fact-list.tsx';
import { useText } from '../shared/screen.tsx';
import { OrderItems } from './order-items.tsx';
import css from './order-sheet.module.css';
import { PrintButtons } from './print-buttons.tsx';
import { PrintSlip } from './print-slip.tsx';
import { SendItemButton } from './send-to-station.tsx';
import { StoryList } from './story-list.tsx';
import type { FoundStory, StoryState } from './use-order-story.ts';

interface Props {
  order: Order;
  found: FoundStory | null;
  state: StoryState;
  /** Sends items to another station; without it the sheet is read-only. */
  onSend?(items: Item[]): void;
}

/** Everything about an order: facts, items and history, and a print button. */
export function OrderDetails({ order, found, state, onSend }: Props) {
  return (
    <div className={css.orderPaper}>
      <div className={css.orderSide}>
        <OrderFacts order={order} />
        <OrderItems
          order={order}
          beside={(item) => (
            <span className={css.beside}>
              {onSend && <SendItemButton order={order} item={item} onSend={onSend} />}
              <SoldOutButton name={item.name} />
            </span>
          )}
        />
        {order.note && (
          <p className={css.orderNote}>
            <bdi>{order.note}</bdi>
          </p>
        )}
        <PrintButtons orderId={order.id} />
      </div>
      <StoryList found={found} state={state} />
      <PrintSlip order={order} />
    </div>
  );
}

/** The facts that do not fit the ticket. */
export function OrderFacts({ order }: { order: Order }) {
  const { t, time, money } = useText();
  const payment = [money(order.totalMinor, order.currency), t(`payment.${order.payment.status}`), order.payment.method];
  const facts = [
    [t('find.by.status'), [t(`status.${order.status}`), time(order.statusSince)].join(' · ')],
    [t('find.by.fulfilment'), t(`fulfilment.${order.fulfilment}`)],
    [t('fact.table'), order.table],
    [t('fact.covers'), order.covers],
    [t('sheet.customer'), order.customer?.name],
    [t('sheet.phone'), order.customer?.phone],
    [t('sheet.source'), [order.source, order.externalId].filter(Boolean).join(' · ')],
    [t('sheet.placed'), time(order.placedAt)],
    [t('sheet.due'), order.dueAt && time(order.dueAt)],
    [t('sheet.total'), payment.filter(Boolean).join(' · ')],
    [
      t('fact.seen'),
      order.acknowledgedAt && [time(order.acknowledgedAt), order.acknowledgedBy].filter(Boolean).join(' · '),
    ],
    [t('sheet.reason'), order.reason],
  ] as const;
  return <FactList className={css.orderFacts} facts={facts} />;
}
