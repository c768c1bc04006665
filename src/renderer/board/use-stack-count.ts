import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Minimum width of a ticket, rem; the same as in columns.module.css. */
const TICKET_REM = 13.5;

/**
 * How many tickets fit side by side; 0 until measured, so that nothing renders twice at the start. The probe is as wide as the
 * list and one rem high, so it reacts to a wider list and to larger type.
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
