import { type FormEvent, useState } from 'react';
import type { Order } from '#contract/order.ts';
import { moveOf, nextStatus, previousStatus, recallIsOpen, type Status } from '#contract/status.ts';
import type { Method } from '../managing/api.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { serverNow } from '../managing/live-store.ts';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';

/** What an owner may do to an order. */
export function OrderActions({ order }: { order: Order }) {
  const { t } = useText();
  const { api, follower, live } = usePage();
  const { busy, failure, send } = useSend();
  const [ending, setEnding] = useState<'rejected' | 'cancelled' | null>(null);
  const { status, fulfilment, payment } = order;
  const next = nextStatus(status, fulfilment);
  const back = previousStatus(status, fulfilment);
  const canGoBack = back !== null && recallIsOpen(status, order.statusSince, serverNow(live.getState()));
  const canEnd = (to: Status) => moveOf(status, to, fulfilment) === 'end';

  async function change(method: Method, rest: string, body: unknown): Promise<void> {
    const changed = await send(() => api<Order>(method, `/orders/${order.id}${rest}`, body));
    if (!changed) return;
    follower.put(order.id, changed);
    setEnding(null);
  }
  const move = (to: Status, reason?: string) => change('POST', '/status', { status: to, ...(reason && { reason }) });
  const pay = (to: string) => change('POST', '/payment', { status: to });
  const button = (mark: string, words: string, run: () => unknown, look = 'plain') => (
    <button type="button" className={look} data-testid={mark} disabled={busy} onClick={() => void run()}>
      {words}
    </button>
  );

  return (
    <div className="stack">
      <div className="row">
        {next && button('move', `${t('order.move')}: ${t(`status.${next}`)}`, () => move(next), 'main')}
        {canGoBack && button('move-back', `${t('order.back')}: ${t(`status.${back}`)}`, () => move(back))}
        {(payment.status === 'unpaid' || payment.status === 'failed') &&
          button('pay', t('sheet.paid'), () => pay('paid'))}
        {payment.status === 'paid' && button('refund', t('order.refund'), () => pay('refunded'))}
        {next &&
          button('priority', t(order.priority ? 'sheet.unprioritise' : 'sheet.prioritise'), () =>
            change('PATCH', '', { priority: !order.priority }),
          )}
        {!ending && canEnd('rejected') && button('reject', t('sheet.reject'), () => setEnding('rejected'), 'risk')}
        {!ending && canEnd('cancelled') && button('cancel', t('sheet.cancel'), () => setEnding('cancelled'), 'risk')}
      </div>
      {ending && (
        <ReasonForm
          key={ending}
          title={t(`reason.title.${ending}`, { number: order.number })}
          words={t(ending === 'rejected' ? 'sheet.reject' : 'sheet.cancel')}
          busy={busy}
          onReason={(reason) => void move(ending, reason)}
          onLeave={() => setEnding(null)}
        />
      )}
      <FailureLine failure={failure} />
    </div>
  );
}

function ReasonForm({
  title,
  words,
  busy,
  onReason,
  onLeave,
}: {
  title: string;
  /** Of the button that does it. */
  words: string;
  busy: boolean;
  onReason: (reason: string) => void;
  onLeave: () => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReason(reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={title}
        hint={t('reason.told')}
        value={reason}
        onChange={setReason}
        required
        maxLength={500}
        pattern=".*\S.*"
        data-testid="reason"
        autoFocus
      />
      <div className="row">
        <button type="submit" className="danger" data-testid="confirm" disabled={busy}>
          {words}
        </button>
        <button type="button" className="plain" onClick={onLeave}>
          {t('order.keep')}
        </button>
      </div>
    </form>
  );
}
