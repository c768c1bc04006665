import { type RefObject, useEffect, useRef, useState } from 'react';

/** How many children of a list of one line found no room in it: they have wrapped out of sight, none is cut through. */
export function useHidden<E extends HTMLElement>(content: unknown): [list: RefObject<E | null>, hidden: number] {
  const list = useRef<E>(null);
  const [hidden, setHidden] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content wraps otherwise
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // Asked for by the browser after it has laid out the page, so that asking costs no layout of its own.
    const observer = new ResizeObserver(() => {
      const [first, ...others] = element.children as unknown as HTMLElement[];
      setHidden(others.filter((child) => child.offsetTop > (first?.offsetTop ?? 0)).length);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [content]);
  return [list, hidden];
}
