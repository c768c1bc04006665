import { useState } from 'react';
import type { Order } from '#contract/order.ts';
import type { Store } from '#contract/store.ts';
import { OrderSummary } from '../managing/order-summary.tsx';
import { useText } from '../managing/page.tsx';
import { OrderDialog } from './order-dialog.tsx';

/** Orders as rows; each opens to all that is known of it. */
export function OrderList({ orders, store, now }: { orders: readonly Order[]; store: Store; now: number }) {
  const { t } = useText();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <ul className="stack">
        {orders.map((order) => (
          <li key={order.id} className="order" data-testid="order" data-order-id={order.id} data-status={order.status}>
            <OrderSummary order={order} store={store} now={now} />
            <button type="button" className="plain cover" data-testid="open-order" onClick={() => setOpen(order.id)}>
              {t('ticket.more', { number: order.number })}
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <OrderDialog key={open} id={open} store={store} onClose={() => setOpen(null)} />}
    </>
  );
}
