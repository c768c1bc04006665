import { type CSSProperties, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Order } from '#contract/order.ts';
import { useScreen, useText } from '../shared/screen.tsx';
import { fitNumbers } from './fit-numbers.ts';
import css from './pickup-board.module.css';
import { CALLED_MS } from './pickup-orders.ts';

/** The smallest size of a number, rem. */
const LEAST_REM = 1.75;

/** One column of numbers, as large as there is room. */
export function NumberColumn({ status, orders }: { status: 'preparing' | 'ready'; orders: readonly Order[] }) {
  const { t } = useText();
  const [list, box] = useBox();
  const longest = Math.max(3, ...orders.map(({ number }) => [...number].length));
  const { columns, size, room } = fitNumbers(orders.length, longest, box, box.rem * LEAST_REM);
  const hidden = orders.length - room;
  return (
    <section className={css.column} data-status={status} aria-labelledby={`pickup-${status}`}>
      <h2 id={`pickup-${status}`}>{t(`view.${status}`)}</h2>
      <ol
        className={`${css.numbers} figures`}
        ref={list}
        aria-live={status === 'ready' ? 'polite' : undefined}
        style={{ '--columns': columns, fontSize: size } as CSSProperties}
      >
        {orders.slice(0, room).map((order) => (
          <PickupNumber key={order.id} order={order} />
        ))}
      </ol>
      {hidden > 0 && <p className={css.hidden}>{t('count.more', { count: hidden })}</p>}
    </section>
  );
}

/** A number; one that has just become ready stands out for a while. */
function PickupNumber({ order: { id, number, status, statusSince } }: { order: Order }) {
  const { ticker, now } = useScreen();
  const isCalled = useSyncExternalStore(
    ticker.on,
    () => status === 'ready' && now() - Date.parse(statusSince) < CALLED_MS,
  );
  return (
    <li
      className={css.number}
      data-testid="pickup-number"
      data-order-id={id}
      data-status={status}
      data-called={isCalled}
    >
      <bdi>{number}</bdi>
    </li>
  );
}

/** The size of the list, and of one rem, px. */
function useBox() {
  const list = useRef<HTMLOListElement>(null);
  const [box, setBox] = useState({ width: 0, height: 0, rem: 16 });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setBox({ width: element.clientWidth, height: element.clientHeight, rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [list, box] as const;
}
