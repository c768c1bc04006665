import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** A strip that needs a person is so high, rem (strips.css). */
const STRIP = 3.75;

/** Of the place of an element, and of a line of type. */
export interface Room {
  width: number;
  height: number;
  /** px */
  rem: number;
}

/**
 * The room inside an element, rem: a larger type counts like a smaller screen. One strip below the board is counted as if
 * it were always there, so that no ticket changes its place because an order comes in. Null before it was measured.
 */
export function useRoom(): [place: RefObject<HTMLDivElement | null>, room: Room | null] {
  const place = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const strips = element.closest('.app')?.querySelector('.strips');
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const height = (element.clientHeight + (strips?.clientHeight ?? 0)) / rem - STRIP;
      const next = { width: element.clientWidth / rem, height, rem };
      setRoom((before) => (before && same(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, room];
}

/** To the pixel: heights come rounded. */
const same = (a: Room, b: Room): boolean =>
  a.rem === b.rem && Math.abs(a.width - b.width) < 0.1 && Math.abs(a.height - b.height) < 0.1;
