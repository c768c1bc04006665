import { type RefObject, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { Ticket } from '#contract/ticket.ts';
import { useScreen } from '../shared/screen.tsx';
import { type AgeBand, ageBand } from './age-band.ts';

/** The band of a ticket's age; renders when the band changes, not every second. */
export function useAgeBand(ticket: Ticket): AgeBand {
  const { ticker, now } = useScreen();
  return useSyncExternalStore(ticker.on, () => ageBand(ticket, now()));
}

/** Whether the age does not count yet: an order for later. */
export function useIsLater(ticket: Ticket): boolean {
  const { ticker, now } = useScreen();
  return useSyncExternalStore(ticker.on, () => now() < ticket.ageFrom);
}

/**
 * Writes a text that changes with time directly into its element, once a second and only if it differs, so that 200 tickets
 * count up without a render.
 */
export function useTickingText<E extends HTMLElement>(write: (now: number) => string): RefObject<E | null> {
  const { ticker, now } = useScreen();
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    const paint = () => {
      const text = write(now());
      const element = ref.current;
      if (!element || element.textContent === text) return;
      // A text node that comes or goes costs more style and layout than one that changes.
      if (element.firstChild instanceof Text) element.firstChild.data = text;
      else element.textContent = text;
    };
    paint();
    return ticker.on(paint);
  });
  return ref;
}
