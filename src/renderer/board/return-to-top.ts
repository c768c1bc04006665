import type { Undo } from '#contract/bridge.ts';

/** How long a list may stay scrolled with nobody touching it, ms. */
const UNTOUCHED_MS = 10_000;
/** A list that has just moved ignores taps meant for the tickets that were there, ms. */
const IGNORES_TAPS_MS = 400;

export interface ReturnToTop {
  /** To be called after each scroll. A scroll by the program does not prolong the time. */
  scrolled(byPerson: boolean): void;
  stop: Undo;
}

/**
 * Scrolls a list back to its top, where the oldest orders are, when nobody has touched it for a while. It stays while keys
 * have a ticket in it selected.
 */
export function createReturnToTop(list: HTMLElement): ReturnToTop {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function touched(): void {
    clearTimeout(timer);
    timer = list.scrollTop > 0 ? setTimeout(returnToTop, UNTOUCHED_MS) : undefined;
  }
  function returnToTop(): void {
    timer = undefined;
    if (list.querySelector('[data-selected=true]')) touched();
    if (timer !== undefined || list.scrollTop === 0) return;
    list.scrollTop = 0;
    list.animate({ pointerEvents: ['none', 'none'] }, IGNORES_TAPS_MS);
  }

  const events = ['pointerdown', 'pointermove'] as const;
  for (const event of events) list.addEventListener(event, touched, { passive: true });
  touched();
  return {
    scrolled: (byPerson) => {
      if (byPerson || timer === undefined) touched();
    },
    stop: () => {
      clearTimeout(timer);
      for (const event of events) list.removeEventListener(event, touched);
    },
  };
}
