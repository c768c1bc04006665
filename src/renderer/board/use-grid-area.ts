import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Height of one banner, rem (banner.module.css). */
const BANNER = 3.75;

/** Sizes in rem, and the px per rem. */
export interface GridArea {
  width: number;
  height: number;
  rem: number;
}

/**
 * The area inside an element; null until it is measured. In rem, so that larger type counts like a smaller screen. The height
 * always leaves room for one banner below the board, so that no ticket moves when an order comes in.
 */
export function useGridArea(): [ref: RefObject<HTMLDivElement | null>, area: GridArea | null] {
  const ref = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState<GridArea | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const banners = document.getElementById('banners');
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const height = (element.clientHeight + (banners?.clientHeight ?? 0)) / rem - BANNER;
      const next = { width: element.clientWidth / rem, height, rem };
      setArea((before) => (before && isSame(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, area];
}

/** Ignores rounding: the browser reports whole pixels. */
const isSame = (a: GridArea, b: GridArea): boolean =>
  a.rem === b.rem && Math.abs(a.width - b.width) < 0.1 && Math.abs(a.height - b.height) < 0.1;
