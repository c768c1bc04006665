import { type CSSProperties, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import { ReadyOrder } from './ready-order.tsx';
import css from './ready-strip.module.css';
import { useArranged } from './use-arranged.ts';
import { useHasStrip } from './use-has-strip.ts';
import { useHeldPlaces } from './use-held-places.ts';

const numberedCount = (ui: Ui) => ui.numbered.size;

/** Least width of one order, rem. */
const ORDER_REM = 17;
/** Width of the button for those that do not fit, rem. */
const MORE_REM = 6;

/**
 * What is ready or on its way, in one row just above the footer, which no banner moves: number, name and for how long. One tap
 * takes the next step. Orders keep their places while somebody touches the screen, as on the board.
 */
export function ReadyStrip() {
  const isShown = useHasStrip();
  const { made } = useArranged();
  return isShown && <Strip tickets={made} />;
}

/** Memoised: a push for what is to be made does not render it. */
const Strip = memo(function Strip({ tickets }: { tickets: readonly Ticket[] }) {
  const { ui } = useScreen();
  const { t } = useText();
  const { places, isTouched } = useHeldPlaces(tickets);
  const { list, room } = useRoom(places.length);
  const before = useUi(numberedCount);
  const hidden = places.slice(room).filter(({ isGone }) => !isGone).length;
  const present = places.filter(({ isGone }) => !isGone).slice(0, Math.max(0, 9 - before));
  const digits = new Map(present.map(({ ticket }, i) => [ticket.order.id, before + i + 1]));
  const isOut = tickets.length > 0 && tickets.every(({ order }) => order.status === 'delivering');
  const open = (): void => ui.setState({ view: isOut ? 'delivering' : 'ready' });
  useEffect(() => {
    if (!isTouched) list.current?.scrollTo({ left: 0, behavior: 'instant' });
  }, [list, isTouched]);

  return (
    <section className={css.strip} data-testid="ready-strip" aria-label={t('ready.label')}>
      <h2 className={css.title}>
        <button type="button" data-testid="open-ready" onClick={open}>
          {t('view.ready')} <span className="figures">{tickets.length}</span>
        </button>
      </h2>
      <ol className={css.orders} ref={list} style={{ '--room': room } as CSSProperties}>
        {places.map(({ ticket, isGone }) => (
          <li key={ticket.order.id}>
            {!isGone && <ReadyOrder ticket={ticket} digit={digits.get(ticket.order.id) ?? null} />}
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className={css.more} data-testid="ready-more" onClick={open}>
          {t('count.more', { count: hidden })}
        </button>
      )}
    </section>
  );
});

/** How many orders fit beside each other. Measured when the strip has another size, since a measurement lays out the page. */
function useRoom(count: number) {
  const list = useRef<HTMLOListElement>(null);
  const [alone, setAlone] = useState(0);
  const [besideMore, setBesideMore] = useState(0);
  useLayoutEffect(() => {
    const strip = list.current?.parentElement;
    const title = strip?.firstElementChild;
    if (!strip || !title) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const fits = (width: number) => Math.max(1, Math.floor(width / (ORDER_REM * rem)));
      setAlone(fits(strip.clientWidth - title.clientWidth));
      setBesideMore(fits(strip.clientWidth - title.clientWidth - MORE_REM * rem));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of [strip, title]) observer.observe(part);
    return () => observer.disconnect();
  }, []);
  return { list, room: count <= alone ? alone : besideMore };
}
