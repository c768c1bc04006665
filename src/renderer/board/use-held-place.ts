import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { heldPlace } from './held-place.ts';
import { stacksOf } from './stacks-of.ts';

/** Less than this is rounding, px. */
const ROUNDING = 0.75;
/** Of a ticket so much must show that its number can be read, px at zoom 1. */
const HEAD_PX = 40;

/**
 * How far down the stacks of a column can be seen: for each, how many of its tickets can be seen or hang above, which is the
 * place of the first that hangs below the edge.
 */
export type Sight = StoreApi<readonly number[]>;

/** A ticket's place and how far below the upper edge of its list it is to stay, px. */
type Places = Map<Element, number>;

/**
 * Keeps the tickets in sight where they are while others of their column come, go, grow and change: the picked one, else
 * those that moved least. The browser's own anchoring holds one ticket of a scroll, and so lets the stack beside it jump.
 * At the very top nothing is held, so that what is put in front is seen.
 *
 * @param list the scroll around the stacks; what holds it is to be drawn again with each change of its tickets
 * @param stacks how many there are
 * @returns how far down they can be seen, which is found on the way
 */
export function useHeldPlace(list: RefObject<HTMLElement | null>, stacks: number): Sight {
  const [sight] = useState<Sight>(() => createStore(() => []));
  const holder = useRef<ReturnType<typeof holderOf> | null>(null);
  useLayoutEffect(() => {
    if (!list.current) return;
    holder.current ??= holderOf(list.current, sight);
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
  return sight;
}

function holderOf(list: HTMLElement, sight: Sight) {
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
    const height = list.clientHeight;
    const seen: Places = new Map();
    const reaches = stacksOf(list).map((stack) => {
      const { seen: pegs, reach } = lookAt(stack, top, height);
      for (const [peg, at] of pegs) {
        const before = places.get(peg);
        seen.set(peg, before !== undefined && Math.abs(before - at) < ROUNDING ? before : at);
      }
      return reach;
    });
    places = seen;
    if (reaches.join() !== sight.getState().join()) sight.setState(reaches, true);
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
    if (peg.parentElement?.parentElement !== stack) continue;
    const moved = peg.getBoundingClientRect().top - top - at;
    const ticket = peg.firstElementChild;
    if (ticket instanceof HTMLElement && ticket.dataset.selected === 'true') return moved;
    if (least === null || Math.abs(moved) < Math.abs(least)) least = moved;
  }
  return least ?? 0;
}

/**
 * The tickets of a stack that can be seen, each with how far below the upper edge of the list it hangs, and how many hang
 * above the lower edge. A bunch that is out of sight is not looked into: it is not laid out.
 */
function lookAt(stack: Element, top: number, height: number): { seen: [peg: Element, at: number][]; reach: number } {
  const seen: [Element, number][] = [];
  let reach = 0;
  for (const bunch of stack.children) {
    const { top: from, bottom: to } = bunch.getBoundingClientRect();
    if (from - top >= height) break;
    if (to <= top) {
      reach += bunch.children.length;
      continue;
    }
    for (const peg of bunch.children) {
      const { top: begin, bottom: end } = peg.getBoundingClientRect();
      if (end > top && begin - top < height) seen.push([peg, begin - top]);
      if (begin - top < height - HEAD_PX) reach += 1;
    }
  }
  return { seen, reach };
}
