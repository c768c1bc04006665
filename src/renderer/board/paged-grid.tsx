import { useEffect, useMemo, useRef } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { useScreen, useUi, useView } from '../shared/screen.tsx';
import type { Ui } from '../shared/ui-store.ts';
import type { View } from '../view-store/view-store.ts';
import { gridShape } from './grid-shape.ts';
import { type Placed, paginate } from './paginate.ts';
import { Peg } from './peg.tsx';
import { type Room, useRoom } from './use-room.ts';
import { useSpans } from './use-spans.ts';
import './paged-grid.css';

const selected = (ui: Ui) => ui.selected;
const wanted = (ui: Ui) => ui.page;
const most = (view: View) => view.status?.settings.ticketsPerPage ?? 12;
const density = (view: View) => view.status?.settings.density ?? 'comfortable';
const textSize = (view: View) => view.status?.settings.textSize ?? 1;

const TAP_PX = 48;
const TAP_REM = 2.5;

/**
 * Tickets by time in cells of one size, page after page. A ticket that needs more than a cell covers the next ones as
 * well, its items flowing from one into the other; nothing of it is ever cut off.
 */
export function PagedGrid({ tickets }: { tickets: readonly Ticket[] }) {
  const [place, room] = useRoom();
  return (
    <div className="pages" ref={place}>
      {room && <Page tickets={tickets} room={room} />}
    </div>
  );
}

function Page({ tickets, room }: { tickets: readonly Ticket[]; room: Room }) {
  const chosen = useUi(selected);
  const size = useView(textSize);
  const dense = useView(density);
  const atMost = useView(most);
  const shape = useMemo(
    () => gridShape(room, { most: atMost, density: dense, textSize: size }),
    [room, atMost, dense, size],
  );
  const list = useRef<HTMLOListElement>(null);
  const tap = Math.max(TAP_REM, TAP_PX / room.rem);
  const pages = paginate(tickets, useSpans(list, shape, { textSize: size, tap, density: dense }), shape);
  const at = Math.min(useUi(wanted), Math.max(0, pages.length - 1));
  useTold(pages, at);
  useTurnToSelected(pages, at);

  return (
    <ol
      ref={list}
      className="page"
      data-page={at + 1}
      style={{ gridTemplate: `repeat(${shape.rows}, minmax(0, 1fr)) / repeat(${shape.columns}, minmax(0, 1fr))` }}
    >
      {pages[at]?.map((placed, i) => {
        const { ticket } = placed;
        const { id } = ticket.order;
        return <Peg key={id} ticket={ticket} selected={chosen === id} digit={i < 9 ? i + 1 : null} place={placed} />;
      })}
    </ol>
  );
}

const unseenOn = (pages: readonly Placed<Ticket>[][]): number =>
  pages.flat().filter(({ ticket: { order } }) => order.status === 'pending' && order.acknowledgedAt === null).length;

/** The pager in the footer, and the keys, know how many pages there are and what is new on those that are not shown. */
function useTold(pages: Placed<Ticket>[][], at: number): void {
  const { ui } = useScreen();
  const before = unseenOn(pages.slice(0, at));
  const after = unseenOn(pages.slice(at + 1));
  useEffect(() => {
    ui.setState({ pages: Math.max(1, pages.length), elsewhere: { before, after } });
  }, [ui, pages.length, before, after]);
  useEffect(() => () => ui.setState({ page: 0, pages: 1, elsewhere: { before: 0, after: 0 } }), [ui]);
}

/** A ticket that is picked from elsewhere is brought to sight; one that moves to another page later takes nobody with it. */
function useTurnToSelected(pages: Placed<Ticket>[][], at: number): void {
  const { ui } = useScreen();
  const chosen = useUi(selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is picked
  useEffect(() => {
    if (chosen === null) return;
    const on = pages.findIndex((page) => page.some(({ ticket }) => ticket.order.id === chosen));
    if (on >= 0 && on !== at) ui.setState({ page: on });
  }, [chosen]);
}
