import { type RefObject, useLayoutEffect, useReducer, useRef } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { blockHeights } from './block-heights.ts';
import type { GridShape } from './grid-shape.ts';
import { type Span, spanOf } from './paginate.ts';

/** Head, foot and edge of a ticket, without the height of its buttons; rem at text size 1. */
const HEAD_AND_FOOT = { comfortable: 8.2, compact: 5.6 };
/** The factor by which a ticket that does not fit is stretched at a time. */
const STRETCH = 1.15;
const MOST_STRETCH = 12;

/**
 * How many cells each ticket covers, estimated from its text. If a ticket on the page does not fit, corrects the estimate
 * before the paint.
 *
 * @param page the list of the page's tickets, checked after each render
 */
export function useSpans(
  page: RefObject<HTMLElement | null>,
  shape: GridShape,
  { textSize, tap, density }: { textSize: number; tap: number; density: keyof typeof HEAD_AND_FOOT },
): (ticket: Ticket) => Span {
  const stretched = useRef(new Map<string, { estimate: number; by: number }>());
  const estimates = useRef(new Map<string, number>());
  const [, renderAgain] = useReducer((n: number) => n + 1, 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a correction is valid for one shape only
  useLayoutEffect(() => stretched.current.clear(), [shape, textSize, tap, density]);

  useLayoutEffect(() => {
    let found = false;
    for (const body of page.current?.querySelectorAll<HTMLElement>('[data-scrolls=false] [data-body]') ?? []) {
      if (body.scrollWidth <= body.clientWidth + 1 && body.scrollHeight <= body.clientHeight + 1) continue;
      const id = body.closest<HTMLElement>('[data-order-id]')?.dataset.orderId ?? '';
      const estimate = estimates.current.get(id);
      const by = (stretched.current.get(id)?.by ?? 1) * STRETCH;
      if (estimate === undefined || by > MOST_STRETCH) continue;
      stretched.current.set(id, { estimate, by });
      found = true;
    }
    if (found) renderAgain();
  });

  return (ticket) => {
    const { id } = ticket.order;
    const blocks = blockHeights(ticket, shape.cellWidth, textSize, tap);
    const estimate = blocks.reduce((sum, block) => sum + block, 0);
    estimates.current.set(id, estimate);
    const known = stretched.current.get(id);
    const by = known?.estimate === estimate ? known.by : 1;
    const around = HEAD_AND_FOOT[density] * textSize + tap;
    return spanOf(by === 1 ? blocks : blocks.map((block) => block * by), around, shape);
  };
}
