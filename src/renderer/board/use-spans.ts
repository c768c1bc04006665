import { type RefObject, useLayoutEffect, useReducer, useRef } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { blockHeights } from './block-heights.ts';
import type { GridShape } from './grid-shape.ts';
import { type Span, spanOf } from './paginate.ts';

/** Head and foot of a ticket with the edge around it, rem at text size 1, without the height of its buttons. */
const HEAD_AND_FOOT = { comfortable: 8.2, compact: 5.6 };
/** A ticket that does not fit was underrated by at least so much. */
const STRETCH = 1.15;
const MOST_STRETCH = 12;

/**
 * How many cells each ticket covers: reckoned from its words, and corrected, before it is painted, for one on the page
 * whose words turn out to take more room.
 *
 * @param page the list of the tickets that hang; looked at after each drawing
 * @param shape null before the room was measured
 */
export function useSpans(
  page: RefObject<HTMLElement | null>,
  shape: GridShape | null,
  { textSize, tap, density }: { textSize: number; tap: number; density: keyof typeof HEAD_AND_FOOT },
): (ticket: Ticket) => Span {
  const stretched = useRef(new Map<string, { reckoned: number; by: number }>());
  const reckonedNow = useRef(new Map<string, number>());
  const [, drawAgain] = useReducer((n: number) => n + 1, 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another shape makes every correction void
  useLayoutEffect(() => stretched.current.clear(), [shape, textSize, tap, density]);

  useLayoutEffect(() => {
    let found = false;
    for (const body of page.current?.querySelectorAll<HTMLElement>('.peg[data-scrolls=false] .ticket-body') ?? []) {
      if (body.scrollWidth <= body.clientWidth + 1 && body.scrollHeight <= body.clientHeight + 1) continue;
      const id = body.closest<HTMLElement>('[data-order-id]')?.dataset.orderId ?? '';
      const reckoned = reckonedNow.current.get(id);
      const by = (stretched.current.get(id)?.by ?? 1) * STRETCH;
      if (reckoned === undefined || by > MOST_STRETCH) continue;
      stretched.current.set(id, { reckoned, by });
      found = true;
    }
    if (found) drawAgain();
  });

  return (ticket) => {
    if (!shape) return { columns: 1, rows: 1, scrolls: false };
    const { id } = ticket.order;
    const blocks = blockHeights(ticket, shape.cellWidth, textSize, tap);
    const reckoned = blocks.reduce((sum, block) => sum + block, 0);
    reckonedNow.current.set(id, reckoned);
    const known = stretched.current.get(id);
    const by = known && known.reckoned === reckoned ? known.by : 1;
    const around = HEAD_AND_FOOT[density] * textSize + tap;
    return spanOf(by === 1 ? blocks : blocks.map((block) => block * by), around, shape);
  };
}
