import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createReturnToTop } from './return-to-top.ts';
import { scrollAnchor } from './scroll-anchor.ts';
import { type Seen, seenInStack } from './seen-in-stack.ts';

/** Smaller differences are rounding, px. */
const ROUNDING = 0.75;

/** What each stack of a column shows. */
export type SeenStore = StoreApi<readonly Seen[]>;

/** Where each slot must stay: its distance from the upper edge of the scroller, px. */
type Offsets = Map<Element, number>;

/**
 * Keeps the visible tickets of a column in place while others come, go, grow and change. Anchors the selected ticket, else the
 * one that moved least. The browser's scroll anchoring anchors one ticket per scroller, so the stack beside it would jump. At
 * the very top nothing is anchored, so that a ticket added in front is visible. A column that nobody touches goes back there.
 *
 * @param scroller the scroller around the stacks; its component must render on each change of the tickets
 */
export function useScrollAnchor(scroller: RefObject<HTMLElement | null>, stackCount: number): SeenStore {
  const [seenStore] = useState<SeenStore>(() => createStore(() => []));
  const anchor = useRef<ReturnType<typeof createAnchor> | null>(null);
  useLayoutEffect(() => {
    if (!scroller.current) return;
    anchor.current ??= createAnchor(scroller.current, seenStore);
    anchor.current.restore();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of stacks means other elements to observe
  useEffect(() => {
    const list = scroller.current;
    const current = anchor.current;
    if (!list || !current) return;
    // Corrects before the paint when a real height replaces an estimated one, and when a banner comes or goes.
    const observer = new ResizeObserver(current.restore);
    for (const element of [list, ...stacksOf(list)]) observer.observe(element);
    const back = createReturnToTop(list);
    const onScroll = () => back.scrolled(current.followPerson());
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      back.stop();
      list.removeEventListener('scroll', onScroll);
    };
  }, [scroller, stackCount]);
  return seenStore;
}

/** Walks the children, because a query would visit every part of every ticket. */
function stacksOf(list: HTMLElement): HTMLElement[] {
  const stacks = [...list.children].find((child) => child instanceof HTMLElement && 'stacks' in child.dataset);
  return [...(stacks?.children ?? [])] as HTMLElement[];
}

function createAnchor(list: HTMLElement, seenStore: SeenStore) {
  let offsets: Offsets = new Map();
  let scroll = 0;
  const spacers = new WeakMap<Element, number>();
  /** Minimum height of the content, so that the others do not move down when a ticket leaves at the end. */
  let minHeight = 0;

  function setSpacer(stack: HTMLElement, px: number): void {
    if ((spacers.get(stack) ?? 0) === px) return;
    spacers.set(stack, px);
    stack.style.marginBlockStart = px === 0 ? '' : `${px}px`;
  }
  function setMinHeight(px: number): void {
    if (minHeight === px) return;
    minHeight = px;
    const content = stacksOf(list)[0]?.parentElement;
    if (content) content.style.minHeight = px === 0 ? '' : `${px}px`;
  }

  /** Accepts a scroll whose event has not fired yet, unless the browser clamped it because the content became shorter. */
  function followScroll(): void {
    const by = list.scrollTop - scroll;
    const clamped = by < 0 && list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
    if (by === 0 || clamped) return;
    offsets = new Map([...offsets].map(([slot, at]) => [slot, at - by]));
  }

  function remember(): void {
    const top = list.getBoundingClientRect().top;
    const height = list.clientHeight;
    const seen: Offsets = new Map();
    const shown = stacksOf(list).map((stack) => {
      const { slots, seen: inStack } = seenInStack(stack, top, height);
      for (const [slot, at] of slots) {
        const before = offsets.get(slot);
        seen.set(slot, before !== undefined && Math.abs(before - at) < ROUNDING ? before : at);
      }
      return inStack;
    });
    offsets = seen;
    if (!isSame(shown, seenStore.getState())) seenStore.setState(shown, true);
  }

  return {
    restore(): void {
      if (scroll === 0 || offsets.size === 0) {
        scroll = list.scrollTop;
        remember();
        return;
      }
      followScroll();
      const top = list.getBoundingClientRect().top;
      const stacks = stacksOf(list);
      const shifts = stacks.map((stack) => ({ spacer: spacers.get(stack) ?? 0, moved: shiftOf(stack, offsets, top) }));
      if (shifts.some(({ moved }) => Math.abs(moved) >= ROUNDING)) {
        const to = scrollAnchor(list.scrollTop, shifts);
        for (const [i, stack] of stacks.entries()) setSpacer(stack, to.spacers[i] ?? 0);
        if (list.scrollHeight - list.clientHeight < to.scroll) setMinHeight(to.scroll + list.clientHeight);
        list.scrollTop = to.scroll;
      }
      scroll = list.scrollTop;
      remember();
    },
    /** Follows a scroll by a person: shrinks the spacers before they would become visible. False: it was our own. */
    followPerson(): boolean {
      if (list.scrollTop === scroll) return false;
      scroll = list.scrollTop;
      for (const stack of stacksOf(list)) setSpacer(stack, Math.min(spacers.get(stack) ?? 0, scroll));
      setMinHeight(scroll === 0 ? 0 : Math.min(minHeight, scroll + list.clientHeight));
      offsets = new Map();
      remember();
      return true;
    },
  };
}

/** How far the selected ticket of a stack has moved, else the one that moved least. */
function shiftOf(stack: Element, offsets: Offsets, top: number): number {
  let least: number | null = null;
  for (const [slot, at] of offsets) {
    if (slot.parentElement?.parentElement !== stack) continue;
    const moved = slot.getBoundingClientRect().top - top - at;
    const ticket = slot.firstElementChild;
    if (ticket instanceof HTMLElement && ticket.dataset.selected === 'true') return moved;
    if (least === null || Math.abs(moved) < Math.abs(least)) least = moved;
  }
  return least ?? 0;
}

const isSame = (a: readonly Seen[], b: readonly Seen[]): boolean =>
  a.length === b.length && a.every(({ from, to, cut }, i) => from === b[i]?.from && to === b[i].to && cut === b[i].cut);
