import { useEffect, useState } from 'react';
import type { Order } from '#contract/order.ts';
import type { Store } from '#contract/store.ts';
import type { Change } from '#contract/sync.ts';
import { FactList } from '#renderer/shared/fact-list.tsx';
import type { Failure } from '../managing/api.ts';
import { Dialog } from '../managing/dialog.tsx';
import { FailureLine } from '../managing/failure-line.tsx';
import { IsolatedList } from '../managing/isolated-list.tsx';
import { useFormats, useLive, usePage, useText } from '../managing/page.tsx';
import { OrderActions } from './order-actions.tsx';
import { PrintOrder } from './print-order.tsx';

/** Everything about one order, also an old one: what is in it, what happened to it, and what can be done. */
export function OrderDialog({ id, store, onClose }: { id: string; store: Store; onClose: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const known = useLive((live) => live.orders.get(id));
  const [changes, setChanges] = useState<Change[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const version = known?.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the order has changed
  useEffect(() => {
    let isCurrent = true;
    void api<{ changes: Change[] }>('GET', `/orders/${id}/history`).then((answer) => {
      if (!isCurrent) return;
      setFailure(answer.ok ? null : answer.error);
      if (answer.ok) setChanges(answer.value.changes);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, id, version]);

  const last = changes?.findLast(({ order }) => order)?.order ?? undefined;
  const order = known && (!last || known.version >= last.version) ? known : last;
  const title = order ? (
    <>
      {t('ticket.number', { number: order.number })}{' '}
      <span className="status" data-testid="detail-status" data-status={order.status}>
        {t(`status.${order.status}`)}
      </span>
    </>
  ) : (
    t('loading')
  );
  return (
    <Dialog title={title} mark="order-detail" onClose={onClose}>
      <FailureLine failure={failure} />
      {order && (
        <>
          <Items order={order} />
          <OrderActions order={order} />
          <PrintOrder order={order} />
          <Facts order={order} store={store} />
        </>
      )}
      {changes && <History changes={changes} store={store} />}
    </Dialog>
  );
}

/** What is to be made, and how. */
function Items({ order }: { order: Order }) {
  const { t } = useText();
  return (
    <>
      <ul className="stack">
        {order.items.map((item) => (
          <li key={item.id}>
            <b>
              {item.quantity} × <bdi>{item.name}</bdi>
            </b>
            {item.done && <small className="done"> {t('item.done')}</small>}
            {item.modifiers.map(({ name, quantity }) => (
              <div key={name}>
                {quantity > 1 && `${quantity} × `}
                <bdi>{name}</bdi>
              </div>
            ))}
            {item.allergens.length > 0 && (
              <div className="late">
                {t('ticket.allergy')}: <IsolatedList of={item.allergens} />
              </div>
            )}
            {item.note && (
              <div className="soft">
                <bdi>{item.note}</bdi>
              </div>
            )}
          </li>
        ))}
      </ul>
      {order.note && (
        <p className="note">
          <span className="soft">{t('csv.note')}</span> <bdi>{order.note}</bdi>
        </p>
      )}
    </>
  );
}

function Facts({ order, store }: { order: Order; store: Store }) {
  const { t } = useText();
  const { when, money } = useFormats(store);
  const { customer } = order;
  const facts = [
    [t('find.by.fulfilment'), t(`fulfilment.${order.fulfilment}`)],
    [t('fact.table'), order.table],
    [t('fact.covers'), order.covers],
    [t('sheet.customer'), customer?.name],
    [t('sheet.phone'), customer?.phone],
    [t('customer.ref'), customer?.ref],
    [t('sheet.placed'), when(order.placedAt)],
    [t('sheet.due'), order.dueAt && when(order.dueAt)],
    [t('fact.seen'), order.acknowledgedAt && when(order.acknowledgedAt)],
    [t('sheet.source'), [order.source, order.externalId].filter(Boolean).join(' · ')],
    [
      t('find.by.payment'),
      [t(`payment.${order.payment.status}`), order.payment.method].filter(Boolean).join(t('list.comma')),
    ],
    [t('sheet.total'), money(order.totalMinor, order.currency)],
    [t('sheet.reason'), order.reason],
  ] as const;
  return <FactList className="facts" facts={facts} />;
}

function History({ changes, store }: { changes: readonly Change[]; store: Store }) {
  const { t } = useText();
  const { moment } = useFormats(store);
  return (
    <section className="stack">
      <h3>{t('story.title')}</h3>
      <ol className="stack">
        {changes.map(({ seq, at, type, by, order, previousStatus, reason }) => (
          <li key={seq} data-testid="change" data-type={type}>
            <time className="soft figures" dateTime={at}>
              {moment(at)}
            </time>{' '}
            {type === 'order_status_changed' && order
              ? previousStatus
                ? t('story.status', { from: t(`status.${previousStatus}`), to: t(`status.${order.status}`) })
                : t('event.order_status_changed', { status: t(`status.${order.status}`) })
              : t(`event.${type}`)}
            {type === 'payment_updated' && order && `: ${t(`payment.${order.payment.status}`)}`}{' '}
            <small>
              {'· '}
              <bdi>{by.role === 'system' ? t('story.role.system') : `${by.name} (${t(`story.role.${by.role}`)})`}</bdi>
              {reason && (
                <>
                  {' '}
                  <bdi>{reason}</bdi>
                </>
              )}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
