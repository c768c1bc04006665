import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { heldPlace } from './held-place.ts';
import { stacksOf } from './stacks-of.ts';

/** Less than this is rounding, px. */
const ROUNDING = 0.75;

/** A ticket's place and how far below the upper edge of its list it is to stay, px. */
type Places = Map<Element, number>;

/**
 * Keeps the tickets in sight where they are while others of their column come, go, grow and change: the picked one, else
 * those that moved least. The browser's own anchoring holds one ticket of a scroll, and so lets the stack beside it jump.
 * At the very top nothing is held, so that what is put in front is seen.
 *
 * @param list the scroll around the stacks; what holds it is to be drawn again with each change of its tickets
 * @param stacks how many there are
 */
export function useHeldPlace(list: RefObject<HTMLElement | null>, stacks: number): void {
  const holder = useRef<ReturnType<typeof holderOf> | null>(null);
  useLayoutEffect(() => {
    if (!list.current) return;
    holder.current ??= holderOf(list.current);
    holder.current.hold();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other stacks are to be observed
  useEffect(() => {
    const root = list.current;
    const held = holder.current;
    if (!root || !held) return;
    // A ticket whose height was only reckoned until it came to sight, a strip that comes or goes: before it is painted.
    const observer = new ResizeObserver(held.hold);
    for (const element of [root, ...stacksOf(root)]) observer.observe(element);
    root.addEventListener('scroll', held.scrolled, { passive: true });
    return () => {
      observer.disconnect();
      root.removeEventListener('scroll', held.scrolled);
    };
  }, [list, stacks]);
}

function holderOf(list: HTMLElement) {
  let places: Places = new Map();
  let scroll = 0;
  const spacers = new WeakMap<Element, number>();
  /** The list is at least so high, so that what leaves at its end does not pull down what is left. */
  let least = 0;

  function setSpacer(stack: HTMLElement, px: number): void {
    if ((spacers.get(stack) ?? 0) === px) return;
    spacers.set(stack, px);
    stack.style.marginBlockStart = px === 0 ? '' : `${px}px`;
  }
  function setLeast(px: number): void {
    if (least === px) return;
    least = px;
    const inner = stacksOf(list)[0]?.parentElement;
    if (inner) inner.style.minHeight = px === 0 ? '' : `${px}px`;
  }

  /** A scroll of which the browser has not told yet is wanted; that the end of the list came up is not. */
  function followScroll(): void {
    const by = list.scrollTop - scroll;
    const pulledDown = by < 0 && list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
    if (by === 0 || pulledDown) return;
    places = new Map([...places].map(([peg, at]) => [peg, at - by]));
  }

  function note(): void {
    const top = list.getBoundingClientRect().top;
    const seen: Places = new Map();
    for (const stack of stacksOf(list))
      for (const [peg, at] of inSight(stack, top, list.clientHeight)) {
        const before = places.get(peg);
        seen.set(peg, before !== undefined && Math.abs(before - at) < ROUNDING ? before : at);
      }
    places = seen;
  }

  return {
    hold(): void {
      if (scroll === 0 || places.size === 0) {
        scroll = list.scrollTop;
        note();
        return;
      }
      followScroll();
      const top = list.getBoundingClientRect().top;
      const stacks = stacksOf(list);
      const held = stacks.map((stack) => ({ spacer: spacers.get(stack) ?? 0, moved: movedIn(stack, places, top) }));
      if (held.some(({ moved }) => Math.abs(moved) >= ROUNDING)) {
        const to = heldPlace(list.scrollTop, held);
        for (const [i, stack] of stacks.entries()) setSpacer(stack, to.spacers[i] ?? 0);
        if (list.scrollHeight - list.clientHeight < to.scroll) setLeast(to.scroll + list.clientHeight);
        list.scrollTop = to.scroll;
      }
      scroll = list.scrollTop;
      note();
    },
    /** By a person: what was left free goes as soon as it would be seen. */
    scrolled(): void {
      if (list.scrollTop === scroll) return;
      scroll = list.scrollTop;
      for (const stack of stacksOf(list)) setSpacer(stack, Math.min(spacers.get(stack) ?? 0, scroll));
      setLeast(scroll === 0 ? 0 : Math.min(least, scroll + list.clientHeight));
      places = new Map();
      note();
    },
  };
}

/** Of the places that are still in a stack, how far the picked one has moved, else the one that moved least. */
function movedIn(stack: Element, places: Places, top: number): number {
  let least: number | null = null;
  for (const [peg, at] of places) {
    if (peg.parentElement !== stack) continue;
    const moved = peg.getBoundingClientRect().top - top - at;
    const ticket = peg.firstElementChild;
    if (ticket instanceof HTMLElement && ticket.dataset.selected === 'true') return moved;
    if (least === null || Math.abs(moved) < Math.abs(least)) least = moved;
  }
  return least ?? 0;
}

/** The tickets of a stack that can be seen, from the first on. They hang one below the other, so that few need be asked. */
function* inSight(stack: Element, top: number, height: number): Generator<[peg: Element, at: number]> {
  const pegs = stack.children;
  let [from, to] = [0, pegs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((pegs[middle]?.getBoundingClientRect().bottom ?? 0) > top) to = middle;
    else from = middle + 1;
  }
  for (let i = from; i < pegs.length; i++) {
    const peg = pegs[i] as Element;
    const at = peg.getBoundingClientRect().top - top;
    if (at >= height) return;
    yield [peg, at];
  }
}
