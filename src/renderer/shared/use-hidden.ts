import { type RefObject, useEffect, useRef, useState } from 'react';

/** How many children of a one-line list do not fit: they wrap out of sight, so that none is cut. */
export function useHidden<E extends HTMLElement>(content: unknown): [list: RefObject<E | null>, hidden: number] {
  const list = useRef<E>(null);
  const [hidden, setHidden] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content wraps differently
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // The observer runs after the browser's layout, so measuring forces no layout.
    const observer = new ResizeObserver(() => {
      const { bottom } = element.getBoundingClientRect();
      setHidden([...element.children].filter((child) => child.getBoundingClientRect().top > bottom - 1).length);
    });
    // Children too: when their font has come, they have other widths.
    for (const one of [element, ...element.children]) observer.observe(one);
    return () => observer.disconnect();
  }, [content]);
  return [list, hidden];
}
