import { type RefObject, useEffect, useReducer, useRef } from 'react';
import type { Ticket } from '#contract/bridge.ts';
import { stacksOf } from './stacks-of.ts';

/** Of a ticket so much must show that its number can be read, px at zoom 1. */
const HEAD_PX = 40;

/** How many tickets of a list hang below what can be seen, and how many of those nobody has seen. */
export interface Below {
  more: number;
  unseen: number;
}

/**
 * Told by the browser after it has laid out the page, so that asking costs no layout of its own.
 *
 * @param list the scroll around the stacks, in which `tickets` hang
 */
export function useBelow(list: RefObject<HTMLElement | null>, tickets: readonly Ticket[]): Below {
  const hidden = useRef(new Set<string>());
  const watch = useRef<{ observer: IntersectionObserver; pegs: Set<Element> } | null>(null);
  const [, countAgain] = useReducer((n: number) => n + 1, 0);

  useEffect(() => {
    const root = list.current;
    if (!root) return;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
          if (!isIntersecting && rootBounds && boundingClientRect.top >= rootBounds.bottom - 1)
            hidden.current.add(idOf(target));
          else hidden.current.delete(idOf(target));
        }
        countAgain();
      },
      { root, rootMargin: `0px 0px -${HEAD_PX}px 0px` },
    );
    watch.current = { observer, pegs: new Set() };
    return () => observer.disconnect();
  }, [list]);

  useEffect(() => {
    const root = list.current;
    if (!root || !watch.current) return;
    const { observer, pegs } = watch.current;
    const now = new Set(stacksOf(root).flatMap(({ children }) => [...children]));
    for (const peg of pegs) {
      if (now.has(peg)) continue;
      observer.unobserve(peg);
      hidden.current.delete(idOf(peg));
    }
    for (const peg of now) if (!pegs.has(peg)) observer.observe(peg);
    watch.current.pegs = now;
  });

  const below = tickets.filter(({ order }) => hidden.current.has(order.id));
  return {
    more: below.length,
    unseen: below.filter(({ order }) => order.status === 'pending' && order.acknowledgedAt === null).length,
  };
}

const idOf = ({ firstElementChild: ticket }: Element): string =>
  (ticket instanceof HTMLElement && ticket.dataset.orderId) || '';
