import { Printer } from 'lucide-react';
import type { Order } from '#contract/order.ts';
import { useText } from '../shared/screen.tsx';
import buttons from '../styles/buttons.module.css';
import { OrderFacts } from './order-facts.tsx';
import { OrderItems } from './order-items.tsx';
import css from './order-sheet.module.css';
import { PrintSlip } from './print-slip.tsx';
import { StoryList } from './story-list.tsx';
import type { StoryState, Told } from './use-order-story.ts';

/** Everything there is to read of an order: its facts, its items, its whole history; and a way to have it on paper. */
export function OrderDetails({ order, told, state }: { order: Order; told: Told | null; state: StoryState }) {
  const { t } = useText();
  return (
    <div className={css.orderPaper}>
      <div className={css.orderSide}>
        <OrderFacts order={order} />
        <OrderItems order={order} />
        {order.note && (
          <p className={css.orderNote}>
            <bdi>{order.note}</bdi>
          </p>
        )}
        <button type="button" className={buttons.choice} data-testid="print" onClick={() => window.print()}>
          <Printer aria-hidden="true" />
          {t('print.button')}
        </button>
      </div>
      <StoryList told={told} state={state} />
      <PrintSlip order={order} />
    </div>
  );
}
