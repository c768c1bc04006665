import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useText, useUi } from '../shared/screen.tsx';
import { setNumbered, type Ui } from '../shared/ui-store.ts';
import { createChunker } from './create-chunker.ts';
import type { FlowLayout } from './flow-layout.ts';
import css from './flow-pages.module.css';
import { TicketList } from './ticket-list.tsx';
import { TicketSlot } from './ticket-slot.tsx';
import { useFlowLayout } from './use-flow-layout.ts';
import { useHeldPlaces } from './use-held-places.ts';
import { useShield } from './use-shield.ts';

const selectedId = (ui: Ui) => ui.selected;
const wantedPage = (ui: Ui) => ui.page;

/** The share of a page by which a scroll turns it. */
const SWIPED = 0.1;
/** How long another page stays after the last touch, besides the time in which tickets keep their places, ms. */
const BACK_MS = 8_000;

/** Tickets that flow at first, and how many more while they fill less than two pages and a part of the next. */
const FLOWING = 24;
const MORE_FLOWING = 12;

/**
 * Tickets oldest first, down the columns and across the pages. Each is as high as it needs and goes on in the next column where
 * one ends. Pages lie side by side, for a finger to swipe. A change lays out all that flows, so only the first pages do; the
 * rest is a list on the last page, which the browser skips while it is out of sight. Memoised: a push for what is ready does not
 * render it.
 */
export const FlowPages = memo(function FlowPages({ tickets }: { tickets: readonly Ticket[] }) {
  const { t, dir } = useText();
  const selected = useUi(selectedId);
  const { places, isTouched } = useHeldPlaces(tickets);
  const [flowing, setFlowing] = useState(FLOWING);
  const [chunked] = useState(createChunker);
  const { inFlow, rest, chunks, flowOrder, order } = useMemo(() => {
    const inFlow = places.slice(0, flowing);
    const rest = places.slice(flowing).flatMap(({ ticket, isGone }) => (isGone ? [] : [ticket]));
    const flowOrder = inFlow.map(({ key, isGone }) => `${key} ${isGone}`).join();
    return {
      inFlow,
      rest,
      chunks: chunked(rest),
      flowOrder,
      order: places.map(({ ticket }) => ticket.order.id).join(),
    };
  }, [places, flowing, chunked]);
  const scroller = useRef<HTMLDivElement>(null);
  const flow = useRef<HTMLOListElement>(null);
  const { shield, raise } = useShield();
  const layout = useFlowLayout(flow, `${dir} ${flowOrder}`);
  const isShort = rest.length > 0 && layout.pages < 3;
  useLayoutEffect(() => {
    if (isShort && layout.pageOf.size >= flowing) setFlowing(flowing + MORE_FLOWING);
  }, [isShort, layout, flowing]);
  const pageOf = useMemo(
    () => new Map([...layout.pageOf, ...rest.map(({ order }) => [order.id, layout.pages] as const)]),
    [layout, rest],
  );
  const pages = layout.pages + (rest.length > 0 ? 1 : 0);
  const current = Math.min(useUi(wantedPage), pages - 1);
  const visible = [...pageOf].flatMap(([id, page]) => (page === current ? [id] : []));
  useScrolledTo(scroller, current);
  useIgnoredTaps(raise, order);
  useHeldHeight(scroller, isTouched, raise);
  usePublished(tickets, { pages, pageOf }, current);
  useNumbered(visible);
  useTurnToSelected(pageOf, current);
  useReturnToFirst(current, isTouched);

  return (
    <div className={css.pages} dir={dir} data-testid="pages">
      <div className={css.scroller} ref={scroller} data-testid="page" data-page={current + 1}>
        <ol ref={flow} className={css.flow} data-flow>
          {inFlow.map(({ key, ticket, isGone }) => (
            <TicketSlot key={key} ticket={ticket} isGone={isGone} selected={!isGone && selected === ticket.order.id} />
          ))}
        </ol>
        {/* Beside the flow, not in it: they would lay it out again. */}
        {layout.parts.map(({ id, number, left, top, width }) => (
          <div key={`${id} ${left}`} className={css.continued} style={{ left, top, width }} aria-hidden="true">
            <bdi className="figures">{number}</bdi> · {t('page.continued')}
          </div>
        ))}
        {rest.length > 0 && (
          <div className={css.rest} style={{ insetInlineStart: `${layout.pages * 100}%` }} data-scroller>
            {chunks.map((chunk) => (
              <TicketList key={chunk.key} tickets={chunk.tickets} />
            ))}
          </div>
        )}
        <span className={css.end} style={{ insetInlineStart: `calc(${pages} * 100% - 1px)` }} />
      </div>
      <div className={css.shield} ref={shield} aria-hidden="true" />
    </div>
  );
});

/** Scrolls to the page that is wanted, and wants the page to which a person has scrolled. */
function useScrolledTo(scroller: RefObject<HTMLElement | null>, current: number): void {
  const { ui } = useScreen();
  useLayoutEffect(() => scrollToPage(scroller.current, current), [scroller, current]);
  useEffect(() => {
    const list = scroller.current;
    if (!list) return;
    const scrolled = () => {
      const from = ui.getState().page;
      // Negative where text runs from right to left. A short way is enough: a swipe, or a ticket that was scrolled into view.
      const by = Math.abs(list.scrollLeft) / Math.max(1, list.clientWidth) - from;
      const page = from + (by > SWIPED ? Math.ceil(by) : by < -SWIPED ? Math.floor(by) : 0);
      ui.setState({ page });
      scrollToPage(list, page);
    };
    list.addEventListener('scrollend', scrolled);
    return () => list.removeEventListener('scrollend', scrolled);
  }, [ui, scroller]);
}

function scrollToPage(list: HTMLElement | null, page: number): void {
  if (!list) return;
  const forward = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
  const left = forward * page * list.clientWidth;
  if (Math.abs(list.scrollLeft - left) > 1) list.scrollTo({ left, behavior: 'instant' });
}

/** A tap just after tickets have changed places was meant for others. `order`: of the tickets. */
function useIgnoredTaps(raiseShield: () => void, order: string): void {
  const before = useRef(order);
  useEffect(() => {
    // One that was added at the end moved no other.
    if (!order.startsWith(before.current)) raiseShield();
    before.current = order;
  }, [raiseShield, order]);
}

/**
 * A banner that comes or goes changes the height, and so the places of tickets: not while somebody touches the screen. Another
 * size of the screen counts at once.
 */
function useHeldHeight(scroller: RefObject<HTMLElement | null>, isTouched: boolean, raiseShield: () => void): void {
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!list || !isTouched) return;
    const held = list.offsetHeight;
    list.style.height = `${held}px`;
    const release = (): void => {
      list.style.height = '';
      if (list.offsetHeight !== held) raiseShield();
    };
    window.addEventListener('resize', release);
    return () => {
      window.removeEventListener('resize', release);
      release();
    };
  }, [scroller, isTouched, raiseShield]);
}

/** Publishes the number of pages and of new orders on the others, for the pager in the footer and the keys. */
function usePublished(
  tickets: readonly Ticket[],
  { pages, pageOf }: Pick<FlowLayout, 'pages' | 'pageOf'>,
  current: number,
): void {
  const { ui } = useScreen();
  const on = tickets.flatMap(({ order }) => (isRinging(order) ? [pageOf.get(order.id) ?? current] : []));
  const before = on.filter((page) => page < current).length;
  const after = on.filter((page) => page > current).length;
  useEffect(() => ui.setState({ pages, elsewhere: { before, after } }), [ui, pages, before, after]);
  useEffect(() => () => ui.setState({ page: 0, pages: 1, elsewhere: { before: 0, after: 0 } }), [ui]);
}

function useNumbered(visible: readonly string[]): void {
  const { ui } = useScreen();
  useEffect(() => setNumbered(ui, visible));
  useEffect(() => () => setNumbered(ui, []), [ui]);
}

/** Turns to the page of a ticket when it is selected, but does not follow it to another page later. */
function useTurnToSelected(pageOf: FlowLayout['pageOf'], current: number): void {
  const { ui } = useScreen();
  const selected = useUi(selectedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is selected
  useEffect(() => {
    const page = selected === null ? undefined : pageOf.get(selected);
    if (page !== undefined && page !== current) ui.setState({ page });
  }, [selected]);
}

/** The first page, with the oldest orders, comes back when nobody touches the screen. */
function useReturnToFirst(current: number, isTouched: boolean): void {
  const { ui } = useScreen();
  useEffect(() => {
    if (current === 0 || isTouched) return;
    const timer = setTimeout(() => ui.setState({ page: 0, selected: null }), BACK_MS);
    return () => clearTimeout(timer);
  }, [ui, current, isTouched]);
}
