import { useEffect, useMemo, useRef } from 'react';
import { isRinging } from '#contract/status.ts';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen, useSetting, useUi } from '../shared/screen.tsx';
import { setNumbered, type Ui } from '../shared/ui-store.ts';
import { gridShape } from './grid-shape.ts';
import css from './paged-grid.module.css';
import { type Placed, paginate } from './paginate.ts';
import { TicketSlot } from './ticket-slot.tsx';
import { type GridArea, useGridArea } from './use-grid-area.ts';
import { useSpans } from './use-spans.ts';

const selectedId = (ui: Ui) => ui.selected;
const wantedPage = (ui: Ui) => ui.page;

const TAP_PX = 48;
const TAP_REM = 2.5;

/**
 * Tickets by time, in pages of equal cells. A ticket that needs more than one cell covers several, and its items flow from one
 * into the next; nothing is cut off.
 */
export function PagedGrid({ tickets }: { tickets: readonly Ticket[] }) {
  const [ref, area] = useGridArea();
  return (
    <div className={css.pages} data-testid="pages" ref={ref}>
      {area && <Page tickets={tickets} area={area} />}
    </div>
  );
}

function Page({ tickets, area }: { tickets: readonly Ticket[]; area: GridArea }) {
  const selected = useUi(selectedId);
  const textSize = useSetting('textSize', 1);
  const density = useSetting('density', 'comfortable');
  const most = useSetting('ticketsPerPage', 12);
  const shape = useMemo(() => gridShape(area, { most, density, textSize }), [area, most, density, textSize]);
  const list = useRef<HTMLOListElement>(null);
  const tap = Math.max(TAP_REM, TAP_PX / area.rem);
  const pages = paginate(tickets, useSpans(list, shape, { textSize, tap, density }), shape);
  const current = Math.min(useUi(wantedPage), Math.max(0, pages.length - 1));
  usePublishedPages(pages, current);
  useTurnToSelected(pages, current);
  useNumberedPage(pages[current]);

  return (
    <ol
      ref={list}
      className={css.page}
      data-testid="page"
      data-page={current + 1}
      style={{ gridTemplate: `repeat(${shape.rows}, minmax(0, 1fr)) / repeat(${shape.columns}, minmax(0, 1fr))` }}
    >
      {pages[current]?.map((placed, i) => {
        const { ticket } = placed;
        const { id } = ticket.order;
        const digit = i < 9 ? i + 1 : null;
        return <TicketSlot key={id} ticket={ticket} selected={selected === id} digit={digit} place={placed} />;
      })}
    </ol>
  );
}

const unseenOn = (pages: readonly Placed<Ticket>[][]): number =>
  pages.flat().filter(({ ticket }) => isRinging(ticket.order)).length;

/** Publishes the number of pages and of new orders on the others, for the pager in the footer and the keys. */
function usePublishedPages(pages: Placed<Ticket>[][], current: number): void {
  const { ui } = useScreen();
  const before = unseenOn(pages.slice(0, current));
  const after = unseenOn(pages.slice(current + 1));
  useEffect(() => {
    ui.setState({ pages: Math.max(1, pages.length), elsewhere: { before, after } });
  }, [ui, pages.length, before, after]);
  useEffect(() => () => ui.setState({ page: 0, pages: 1, elsewhere: { before: 0, after: 0 } }), [ui]);
}

function useNumberedPage(page: Placed<Ticket>[] | undefined): void {
  const { ui } = useScreen();
  useEffect(() => setNumbered(ui, page?.map(({ ticket }) => ticket.order.id) ?? []));
  useEffect(() => () => setNumbered(ui, []), [ui]);
}

/** Turns to the page of a ticket when it is selected, but does not follow it to another page later. */
function useTurnToSelected(pages: Placed<Ticket>[][], current: number): void {
  const { ui } = useScreen();
  const selected = useUi(selectedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is selected
  useEffect(() => {
    if (selected === null) return;
    const on = pages.findIndex((page) => page.some(({ ticket }) => ticket.order.id === selected));
    if (on >= 0 && on !== current) ui.setState({ page: on });
  }, [selected]);
}
