import { type MouseEvent, useEffect, useState } from 'react';
import { useScreen } from '../shared/screen.tsx';

/** How long after the first tap a second one counts as a double tap, ms. */
const AGAIN_MS = 800;

/**
 * Taps on a button that moves an order on. The setting may require two, against sleeves and elbows; a key always works at
 * once. Otherwise a double tap counts once: the order moves after the first tap, and the second would hit its next step or the
 * order that took its place.
 *
 * @param run moves the order on
 * @returns `armed`: the first of two taps was just made
 */
export function useStepTap(run: () => void): { armed: boolean; tap: (event: MouseEvent) => void } {
  const { view } = useScreen();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [armed]);

  function tap({ detail }: MouseEvent): void {
    // Read on demand, so that 500 tickets need not subscribe to a setting.
    const twice = view.getState().status?.settings.bumpBy === 'double_tap';
    const byKey = detail === 0;
    setArmed(twice && !byKey && !armed);
    if (twice ? armed || byKey : detail <= 1) run();
  }
  return { armed, tap };
}
