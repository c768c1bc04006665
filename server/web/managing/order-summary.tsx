import type { Order } from '#contract/order.ts';
import type { Store } from '#contract/store.ts';
import { IsolatedList } from './isolated-list.tsx';
import { lateSince } from './late-since.ts';
import { useFormats, useText } from './page.tsx';

/** An order in a few lines: number, status, for whom, what, how much. */
export function OrderSummary({ order, store, now }: { order: Order; store: Store; now: number }) {
  const { t } = useText();
  const { when, money } = useFormats(store);
  const late = lateSince(order, now);
  const who = order.customer?.name ?? (order.table === null ? null : t('ticket.table', { table: order.table }));
  const facts = [
    t(`fulfilment.${order.fulfilment}`),
    who,
    order.source,
    money(order.totalMinor, order.currency),
    t(`payment.${order.payment.status}`),
  ];
  return (
    <>
      <div className="row">
        <bdi className="number">{order.number}</bdi>
        <span className="status" data-status={order.status}>
          {t(`status.${order.status}`)}
        </span>
        {late !== null && <span className="late">{t('order.lateBy', { time: when(late) })}</span>}
        <time className="soft end figures" dateTime={order.placedAt}>
          {when(order.placedAt)}
        </time>
      </div>
      <p>
        <IsolatedList of={order.items.map(({ name }) => name)} before={(i) => `${order.items[i]?.quantity} × `} />
      </p>
      <p className="soft">
        <IsolatedList of={facts.filter((fact) => fact !== null)} between=" · " />
      </p>
      {order.reason !== null && (
        <p className="soft">
          <bdi>{order.reason}</bdi>
        </p>
      )}
    </>
  );
}
