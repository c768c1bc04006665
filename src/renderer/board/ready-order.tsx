import { memo, useEffect, useRef, useSyncExternalStore } from 'react';
import { previousStatus, recallIsOpen } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { formatAge } from '../i18n/format.ts';
import { isByKeys } from '../keys/is-by-keys.ts';
import { Joined } from '../shared/joined.tsx';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import { stepHere } from '../stations/bump-here.ts';
import { useScope } from '../stations/scope-context.tsx';
import { FULFILMENT_ICONS } from '../ticket/fulfilment-icons.ts';
import { SideButtons } from '../ticket/side-buttons.tsx';
import { useAgeBand, useTickingText } from '../ticket/use-age.ts';
import { useStepTap } from '../ticket/use-step-tap.ts';
import css from './ready-order.module.css';

/** How long food may wait at the pass until its time is marked, ms. */
const LONG_MS = 5 * 60_000;

interface ReadyOrderProps {
  ticket: Ticket;
  digit: number | null;
  /** At the pass: with its channel, and with the word for its status. */
  large?: boolean;
}

/**
 * An order that is ready or on its way: number, name and for how long. All of it, but the buttons at its end, takes the next
 * step. Memoised: a push renders only the orders that it replaced.
 */
export const ReadyOrder = memo(function ReadyOrder({ ticket, digit, large = false }: ReadyOrderProps) {
  const { actions, ticker, ui, now } = useScreen();
  const article = useRef<HTMLElement>(null);
  const text = useText();
  const { order } = ticket;
  const selected = useUi((ui) => ui.selected === order.id);
  const since = useTickingText<HTMLSpanElement>((at) => formatAge(at - Date.parse(order.statusSince)));
  const isLong = useSyncExternalStore(
    ticker.on,
    () => order.status === 'ready' && now() - Date.parse(order.statusSince) > LONG_MS,
  );
  const scope = useScope();
  const band = useAgeBand(ticket);
  useEffect(() => {
    if (selected && !article.current?.contains(document.activeElement)) article.current?.focus();
  }, [selected]);
  const step = stepHere(order, scope);
  const Icon = FULFILMENT_ICONS[order.fulfilment];
  const { armed, tap } = useStepTap(() => actions.bump(ticket));
  const words = step ? text.t(step.key, step.params) : text.t(`status.${order.status}`);
  const label = armed ? text.t('step.again') : words;
  const facts = [
    order.table ? text.t('ticket.table', { table: order.table }) : (order.customer?.name ?? ''),
    order.payment.status === 'paid' ? '' : text.t(`payment.${order.payment.status}`),
    ...(large ? [order.source ?? '', order.externalId ?? ''] : []),
  ];
  const canRecall =
    previousStatus(order.status, order.fulfilment) !== null && recallIsOpen(order.status, order.statusSince, now());
  return (
    <article
      ref={article}
      className={css.order}
      data-large={large}
      data-testid="ticket"
      data-order-id={order.id}
      data-status={order.status}
      data-pending={ticket.pending}
      data-age={band}
      data-selected={selected}
      tabIndex={-1}
      aria-label={text.t('ticket.label', { number: order.number, status: text.t(`status.${order.status}`) })}
      onFocus={() => isByKeys() && ui.setState({ selected: order.id })}
    >
      {digit !== null && (
        <span className={css.digit} aria-hidden="true">
          {digit}
        </span>
      )}
      <Icon />
      <span className={`${css.number} figures`}>
        <bdi>{order.number}</bdi>
        <span className={css.since} data-testid="ready-since" data-long={large && isLong}>
          {large && `${text.t(`status.${order.status}`)} `}
          <span ref={since} />
        </span>
      </span>
      <span className={css.facts}>
        <span>
          <Joined parts={facts} />
        </span>
        <span className={css.label} aria-hidden="true">
          {label}
        </span>
      </span>
      <button
        type="button"
        className={css.step}
        data-testid="ticket-action"
        data-step={step?.key}
        aria-label={`${label}, ${text.t('ticket.number', { number: order.number })}`}
        disabled={step === null}
        data-armed={armed}
        onClick={tap}
      >
        <span className="sr-only">{label}</span>
      </button>
      <span className={css.sides}>
        <SideButtons ticket={ticket} canRecall={canRecall} />
      </span>
    </article>
  );
});
