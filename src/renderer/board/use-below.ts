import { type RefObject, useEffect, useRef, useState } from 'react';

/** Of a ticket so much must show that its number can be read, px at zoom 1. */
const HEAD_PX = 40;

/** How many tickets of a list hang below what can be seen, and how many of those nobody has seen. */
export interface Below {
  more: number;
  unseen: number;
}
const NONE: Below = { more: 0, unseen: 0 };

/** Told by the browser after it has laid out the page, so that asking costs no layout of its own. */
export function useBelow(list: RefObject<HTMLElement | null>): Below {
  const [below, setBelow] = useState(NONE);
  const watch = useRef<{ observer: IntersectionObserver; pegs: Set<Element>; hidden: Set<Element> } | null>(null);

  useEffect(() => {
    const root = list.current;
    if (!root) return;
    const hidden = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect, rootBounds } of entries) {
          if (!isIntersecting && rootBounds && boundingClientRect.top >= rootBounds.bottom - 1) hidden.add(target);
          else hidden.delete(target);
        }
        setBelow(counted(hidden));
      },
      { root, rootMargin: `0px 0px -${HEAD_PX}px 0px` },
    );
    watch.current = { observer, pegs: new Set(), hidden };
    return () => observer.disconnect();
  }, [list]);

  useEffect(() => {
    const root = list.current;
    if (!root || !watch.current) return;
    const { observer, pegs, hidden } = watch.current;
    const now = new Set(root.getElementsByClassName('peg'));
    for (const peg of pegs) {
      if (now.has(peg)) continue;
      observer.unobserve(peg);
      hidden.delete(peg);
    }
    for (const peg of now) if (!pegs.has(peg)) observer.observe(peg);
    watch.current.pegs = now;
    setBelow(counted(hidden));
  });

  return below;
}

const counted =
  (hidden: ReadonlySet<Element>) =>
  (before: Below): Below => {
    let unseen = 0;
    for (const { firstElementChild: ticket } of hidden)
      if (ticket instanceof HTMLElement && ticket.dataset.unseen === 'true') unseen += 1;
    return before.more === hidden.size && before.unseen === unseen ? before : { more: hidden.size, unseen };
  };
