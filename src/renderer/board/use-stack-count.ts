import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The least width of a ticket, in rem; board.css says the same to the grid. */
const TICKET_REM = 13.5;

/**
 * How many tickets fit side by side; 0 before it was measured, so that nothing is drawn twice at the start. The probe is as wide as the place and one rem high, so it tells of both a wider
 * place and a larger type.
 */
export function useStackCount(): [probe: RefObject<HTMLDivElement | null>, count: number] {
  const probe = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  useLayoutEffect(() => {
    const element = probe.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      setCount(Math.max(1, Math.floor(width / (TICKET_REM * height))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [probe, count];
}
