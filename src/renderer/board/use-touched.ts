import { useEffect, useState } from 'react';

/** How long nobody touches the screen until its tickets may move, ms. */
const QUIET_MS = 2_000;
/** While many hands touch it all the time, tickets may move this often nevertheless, ms: else gaps would fill the screen. */
const AT_MOST_MS = 15_000;
const EVENTS = ['pointerdown', 'pointermove', 'pointerup', 'keydown'] as const;

/** Whether somebody has touched the screen, or used a mouse or keys, within the last two seconds. */
export function useTouched(): boolean {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let since: number | null = null;
    const rest = () => {
      since = null;
      setTouched(false);
    };
    const touched = () => {
      clearTimeout(timer);
      since ??= performance.now();
      if (performance.now() - since > AT_MOST_MS) return rest();
      timer = setTimeout(rest, QUIET_MS);
      setTouched(true);
    };
    // Before the tap does anything.
    const options = { capture: true, passive: true };
    for (const event of EVENTS) window.addEventListener(event, touched, options);
    return () => {
      clearTimeout(timer);
      for (const event of EVENTS) window.removeEventListener(event, touched, options);
    };
  }, []);
  return isTouched;
}
