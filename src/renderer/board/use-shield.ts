import { type RefObject, useCallback, useRef } from 'react';

/** Tickets that have just moved ignore taps that were meant for those before, ms. */
const IGNORES_TAPS_MS = 400;

/**
 * An empty element over tickets that have just moved, which takes the taps. If the tickets themselves took none, every part of
 * them would inherit that, and get its style again each time.
 *
 * @returns `raise`: the tickets have moved
 */
export function useShield(): { shield: RefObject<HTMLDivElement | null>; raise: () => void } {
  const shield = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const raise = useCallback(() => {
    const element = shield.current;
    if (!element) return;
    element.dataset.raised = 'true';
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      element.dataset.raised = 'false';
    }, IGNORES_TAPS_MS);
  }, []);
  return { shield, raise };
}
